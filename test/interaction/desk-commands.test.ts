// What a client sends twice, late or on what is no more, and what a crash, the end of a session or of a campaign does to
// an agent's desk.

import { describe, expect, test } from 'vitest';
import { aPlan, aRecord, anInteraction, DeskUnderTest } from './builders.ts';

const CAMPAIGN = 'renewals';
const ready = { voice: 'ready', preview: 'ready' } as const;
const over = { type: 'call-over', attempt: 'at1', result: 'connected', talked: true } as const;

describe('[A-23] commands that are sent twice, late, or by two tabs', () => {
  test('the same key again does nothing; with another command it is refused', () => {
    const desk = new DeskUnderTest().pulled('preview').act({ do: 'call' }, 'k-call');
    const { desk: before } = desk;
    desk.looked();
    desk.send({ type: 'command', command: { key: 'k-call', interaction: 'i1', act: { do: 'call' } } });
    expect([desk.last?.answer, desk.looked(), desk.desk]).toEqual(['repeated', [], before]);
    desk.act({ do: 'done' }, 'k-call');
    expect(desk.last?.answer).toMatchObject({ code: 'key-used' });
  });

  test('the same Done again, when the next record is open already, is not done to that one', () => {
    const desk = new DeskUnderTest().pulled('preview').act({ do: 'done' }, 'k-done');
    desk.send({
      type: 'record-reserved',
      request: 's1-2',
      interaction: 'i2',
      campaign: CAMPAIGN,
      plan: aPlan(),
      record: aRecord(),
    });
    desk.send({ type: 'command', command: { key: 'k-done', interaction: 'i1', act: { do: 'done' } } });
    expect(desk.last?.answer).toBe('repeated');
    desk.send({ type: 'command', command: { key: 'k-done-2', interaction: 'i1', act: { do: 'done' } } });
    expect(desk.last?.answer).toMatchObject({ code: 'other-interaction' });
    expect(desk.desk.open?.interaction).toBe('i2');
  });

  test('an act on a version that is no more is refused; ending a call is not', () => {
    const desk = new DeskUnderTest({ open: anInteraction('talking') });
    const command = (
      act: { do: 'dispose'; code: string } | { do: 'hang-up'; attempt: string },
      key: string,
    ): unknown => {
      desk.send({ type: 'command', command: { key, interaction: 'i1', expects: 2, act } });
      return desk.last?.answer;
    };
    expect(command({ do: 'dispose', code: 'sale' }, 'a')).toMatchObject({ code: 'stale-version' });
    expect(command({ do: 'hang-up', attempt: 'at1' }, 'b')).toBe('done');
    expect(command({ do: 'hang-up', attempt: 'at0' }, 'c')).toMatchObject({ code: 'not-now' });
  });
});

describe('[A-23] after a crash', () => {
  test.each([
    ['offered', ['timer 0']],
    ['preview', []],
    ['before-call', ['timer 0']],
    ['dialing', ['find at1']],
    ['talking', ['find at1']],
    ['wrap-up', ['timer 0']],
  ] as const)('%s: %j', (state, does) => {
    expect(new DeskUnderTest({ open: anInteraction(state) }).send({ type: 'restored' }).looked()).toEqual(does);
  });

  test('a record that was being fetched is asked for once more, with the same request', () => {
    const desk = new DeskUnderTest().wish({ do: 'get-record', campaign: CAMPAIGN, kind: 'preview' });
    desk.looked();
    expect(desk.send({ type: 'restored' }).looked()).toEqual(['reserve s1-1 of renewals']);
  });

  test('who was engaged is engaged again', () => {
    const {
      record: _record,
      order: _order,
      attempt: _attempt,
      ...blank
    } = anInteraction('dialing', { plan: aPlan({ kind: 'engaged' }) });
    expect(new DeskUnderTest({ open: blank }).send({ type: 'restored' }).looked()).toEqual(['engage']);
  });
});

describe('[A-03] the end of a session', () => {
  test('with a record that is only looked at: it is at the top again', () => {
    const desk = new DeskUnderTest().pulled('preview').wish({ do: 'end-session' });
    expect(desk.looked()).toEqual(expect.arrayContaining(['record 7 to top', 'end session: signed-out']));
  });

  test('in a conversation: after it and its wrap-up', () => {
    const desk = new DeskUnderTest({ open: anInteraction('talking') }).wish({ do: 'end-session' });
    expect(desk.looked()).toEqual([]);
    desk.happens(over).act({ do: 'done' });
    expect(desk.looked()).toContain('end session: signed-out');
  });

  test('nothing comes to a session that is over', () => {
    const desk = new DeskUnderTest({ channels: ready }).wish({ do: 'end-session' });
    desk.looked();
    expect(desk.offered(aPlan({ kind: 'push-preview' })).looked()).toEqual(['return 7']);
    desk.wish({ do: 'get-record', campaign: CAMPAIGN, kind: 'preview' });
    expect(desk.last?.answer).toMatchObject({ code: 'not-now' });
  });
});

describe('[C-08] a campaign that is stopped', () => {
  test('a record that is not dialed yet goes back, the conversation goes on and then none comes', () => {
    const looked = new DeskUnderTest().pulled('preview').happens({ type: 'campaign-stopped' });
    expect(looked.looked()).toContain('record 7 to top');
    expect(looked.desk).not.toHaveProperty('pull');

    const talking = new DeskUnderTest({ open: anInteraction('talking'), takes: { [CAMPAIGN]: true } });
    talking.happens({ type: 'campaign-stopped' }).happens(over);
    talking.act({ do: 'call', phoneIndex: 1 });
    expect(talking.last?.answer).toMatchObject({ code: 'campaign-stopped' });
    expect(talking.act({ do: 'done' }).desk).not.toHaveProperty('pull');
  });
});
