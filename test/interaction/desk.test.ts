// An agent's day at the desk, act by act, in every mode: what the guides for agents say happens.

import { defined } from '../../src/base/defined.ts';
import { describe, expect, test } from 'vitest';
import { mayOffer } from '../../src/interaction/desk-machine.ts';
import { aCallback, anInteraction, aPlan, aRecord, DeskUnderTest } from './builders.ts';

const CAMPAIGN = 'renewals';
const ready = { voice: 'ready', preview: 'ready' } as const;
const placed = (order = 'i1.1', attempt = 'at1') => ({ type: 'attempt-placed', order, attempt }) as const;
const over = (result: 'no-answer' | 'busy' | 'connected', attempt = 'at1') =>
  ({ type: 'call-over', attempt, result, talked: result === 'connected' }) as const;

describe('progressive and predictive with Accept', () => {
  const plan = aPlan({ kind: 'progressive', accept: true });

  test('[A-07] Accept dials, and the agent is connected after the person has answered', () => {
    const desk = new DeskUnderTest({ channels: ready }).offered(plan).act({ do: 'accept' });
    expect(desk.looked()).toEqual(['timer 30000', 'clear-timer', 'dial +12125550101 by accept']);
    desk.happens(placed()).happens({ type: 'connected', attempt: 'at1' });
    expect(desk.desk.open?.state).toBe('talking');
  });

  test('[A-07] [L-08] Reject: the record is at the top again, the agent stays ready', () => {
    const desk = new DeskUnderTest({ channels: ready }).offered(plan).act({ do: 'reject' });
    expect(desk.looked()).toContain('record 7 to top');
    expect(desk.desk.channels.voice).toBe('ready');
  });

  test('[A-07] nothing done in time: the same, and the agent is Not Ready', () => {
    const desk = new DeskUnderTest({ channels: ready }).offered(plan).wait(30_000);
    expect(desk.looked()).toEqual(expect.arrayContaining(['record 7 to top', 'voice not-ready']));
    expect(desk.desk.channels).toEqual({ voice: 'not-ready', preview: 'ready' });
    expect(mayOffer(desk.desk, { campaign: CAMPAIGN, kind: 'progressive' })).toBe(false);
  });

  test('[A-06] without Accept the interaction begins with the connection', () => {
    const desk = new DeskUnderTest({ channels: ready }).send({
      type: 'call-connected',
      attempt: 'at1',
      interaction: 'i1',
      campaign: CAMPAIGN,
      plan: aPlan({ kind: 'predictive' }),
      record: aRecord(),
    });
    expect(desk.desk.open).toMatchObject({ state: 'talking', record: { record: 7 }, attempt: 'at1' });
  });

  test('[A-13] before-call work: the seconds from the acceptance to the dialing; Call dials at once', () => {
    const slow = aPlan({ kind: 'progressive', accept: true, beforeCallMs: 10_000 });
    const desk = new DeskUnderTest({ channels: ready }).offered(slow).act({ do: 'accept' });
    expect(desk.looked()).toEqual(['timer 30000', 'timer 10000']);
    expect(desk.wait(9_999).looked()).toEqual([]);
    expect(desk.wait(1).looked()).toEqual(['clear-timer', 'dial +12125550101 by accept']);

    const hasty = new DeskUnderTest({ channels: ready }).offered(slow).act({ do: 'accept' }).act({ do: 'call' });
    expect(hasty.looked()).toContain('dial +12125550101 by click');
  });
});

describe('[C-06] engaged', () => {
  const plan = aPlan({ kind: 'engaged' });
  const engaged = (): DeskUnderTest => {
    const desk = new DeskUnderTest({ channels: ready });
    return desk.send({ type: 'offer', interaction: 'i1', campaign: CAMPAIGN, plan }).act({ do: 'accept' });
  };

  test('a blank interaction comes before anybody is dialed, and is filled at the connection', () => {
    const desk = engaged();
    expect(desk.looked()).toEqual(['timer 30000', 'clear-timer', 'engage']);
    expect(desk.desk.open).toMatchObject({ state: 'dialing' });
    expect(desk.desk.open).not.toHaveProperty('record');
    desk.happens({ type: 'connected', attempt: 'at5', record: aRecord() });
    expect(desk.desk.open).toMatchObject({ state: 'talking', record: { record: 7 }, attempt: 'at5' });
  });

  test('a machine after all: the record goes by its result, the agent stays engaged, blank again', () => {
    const desk = engaged().happens({ type: 'connected', attempt: 'at5', record: aRecord() });
    desk.looked();
    desk.happens({ type: 'call-over', attempt: 'at5', result: 'machine', talked: false });
    expect(desk.looked()).toEqual(['close at5', 'record 7 to by-result', 'engage']);
    expect(desk.desk.open).not.toHaveProperty('record');
  });

  test('a blank offer that is rejected does not come again at once', () => {
    const desk = new DeskUnderTest({ channels: ready });
    desk.send({ type: 'offer', interaction: 'i1', campaign: CAMPAIGN, plan }).act({ do: 'reject' });
    expect(desk.desk.channels.voice).toBe('not-ready');
  });
});

describe('[A-08] preview', () => {
  test('Get Record fetches one; Call dials it; the call is worked and Done brings the next', () => {
    const desk = new DeskUnderTest().pulled('preview');
    expect(desk.looked()).toEqual(['reserve s1-1 of renewals']);
    desk.act({ do: 'call' }).happens(placed()).happens({ type: 'connected', attempt: 'at1' });
    desk.happens(over('connected')).act({ do: 'dispose', code: 'sale' }).act({ do: 'done' });
    expect(desk.looked()).toEqual([
      'dial +12125550101 by click',
      'timer 30000',
      'clear-timer',
      'close at1 sale',
      'record 7 to by-result',
      'finished called',
      'reserve s1-2 of renewals',
    ]);
  });

  test('Decline, call this contact later: back to the list; do not call this contact: out of the campaign', () => {
    const declined = (until: 'later' | 'never'): string[] =>
      new DeskUnderTest().pulled('preview').act({ do: 'decline', until }).looked();
    expect(declined('later')).toContain('record 7 to list');
    expect(declined('never')).toContain('record 7 to never');
  });

  test('a number that is not reached: the record is open again, another may be called in the same interaction', () => {
    const desk = new DeskUnderTest().pulled('preview').act({ do: 'call' }).happens(placed()).happens(over('no-answer'));
    expect(desk.desk.open?.state).toBe('preview');
    desk.act({ do: 'call', phoneIndex: 1 }).happens(placed('i1.2', 'at2')).happens(over('busy', 'at2'));
    desk.looked();
    desk.act({ do: 'done' });
    expect(desk.looked()).toEqual([
      'close at2',
      'record 7 to by-result',
      'finished called',
      'reserve s1-2 of renewals',
    ]);
    expect(desk.last?.effects.find(({ do: what }) => what === 'finished')).toMatchObject({
      interaction: {
        tried: [
          { attempt: 'at1', result: 'no-answer', isClosed: true },
          { attempt: 'at2', result: 'busy' },
        ],
      },
    });
  });

  test('a timer dials by itself at its end, where the campaign says so', () => {
    const desk = new DeskUnderTest().pulled('preview', { previewMs: 20_000, atPreviewEnd: 'dial' });
    expect(desk.looked()).toContain('timer 20000');
    expect(desk.wait(20_000).looked()).toEqual(['clear-timer', 'dial +12125550101 by timer']);
    expect(desk.desk.open?.order).toMatchObject({ by: 'timer', agent: '7' });
  });

  test('where it says nothing, only the timer stops', () => {
    const desk = new DeskUnderTest().pulled('preview', { previewMs: 20_000, atPreviewEnd: 'nothing' }).wait(20_000);
    expect(desk.looked()).not.toContain('dial +12125550101 by timer');
    expect(desk.desk.open?.state).toBe('preview');
  });

  test('[X-01] a person must dial: the timer never does, the number must be clicked, the click is kept', () => {
    const desk = new DeskUnderTest().pulled('preview', { handDialing: true, previewMs: 5_000, atPreviewEnd: 'dial' });
    expect(desk.wait(5_000).desk.open?.state).toBe('preview');
    desk.act({ do: 'call' });
    expect(desk.last?.answer).toMatchObject({ code: 'choose-number' });
    desk.act({ do: 'call', phoneIndex: 1 });
    expect(desk.desk.open?.order).toEqual({
      id: 'i1.1',
      number: '+12125550102',
      type: 'home',
      phoneIndex: 1,
      agent: '7',
      by: 'click',
      at: desk.now,
    });
  });

  test('a new number with its type, where the campaign allows it', () => {
    const call = { do: 'call', typed: { number: '+12125550199', type: 'work' } } as const;
    const closed = new DeskUnderTest().pulled('preview').act(call);
    expect(closed.last?.answer).toMatchObject({ code: 'new-number-forbidden' });
    const open = new DeskUnderTest().pulled('preview', { newNumbers: true }).act(call);
    expect(open.desk.open?.order).toMatchObject({ number: '+12125550199', type: 'work', by: 'click' });
    expect(open.desk.open?.order).not.toHaveProperty('phoneIndex');
    const none = new DeskUnderTest().pulled('preview', { newNumbers: true });
    none.act({ do: 'call', typed: { number: '0175', type: 'work' } });
    expect(none.last?.answer).toMatchObject({ code: 'no-such-phone' });
  });

  test('[C-11] the caller ID is asked for where the agent chooses it, and must be one of the campaign', () => {
    const callerIds = ['+13055550100', '+13055550200'];
    const desk = new DeskUnderTest().pulled('preview', { callerIds }).act({ do: 'call' });
    expect(desk.last?.answer).toMatchObject({ code: 'choose-caller-id' });
    desk.act({ do: 'call', callerId: '+15555550000' });
    expect(desk.last?.answer).toMatchObject({ code: 'no-such-caller-id' });
    desk.act({ do: 'call', callerId: '+13055550200' });
    expect(desk.desk.open?.order).toMatchObject({ callerId: '+13055550200' });
  });

  test('[A-17] postponed before the call: Done makes the callback, until then it can be changed and cancelled', () => {
    const desk = new DeskUnderTest().pulled('preview').act({ do: 'set-callback', callback: aCallback });
    expect(desk.desk.open?.callback).toEqual(aCallback);
    desk.act({ do: 'cancel-callback' }).act({ do: 'set-callback', callback: { ...aCallback, agent: null } });
    desk.looked();
    desk.act({ do: 'done' });
    expect(desk.last?.effects[0]).toMatchObject({ effect: { to: 'callback', callback: { agent: null } } });
  });

  test('[A-17] a callback that may not be agreed on blocks Done with its reason', () => {
    const unmet = [{ code: 'callback-past', message: 'That time has passed already.' }];
    const desk = new DeskUnderTest().pulled('preview').act({ do: 'set-callback', callback: aCallback });
    desk.act({ do: 'done', unmet });
    expect(desk.last?.answer).toEqual({ code: 'incomplete', message: 'That time has passed already.', missing: unmet });
    expect(desk.desk.open?.state).toBe('preview');
  });

  test('[A-11] Done and Stop: no next one until Get Record', () => {
    const desk = new DeskUnderTest().pulled('preview').act({ do: 'done', stop: true });
    expect(desk.looked()).not.toContain('reserve s1-2 of renewals');
    expect(mayOffer(desk.desk, { campaign: CAMPAIGN, kind: 'preview' })).toBe(false);
    expect(desk.wish({ do: 'get-record', campaign: CAMPAIGN, kind: 'preview' }).looked()).toContain(
      'reserve s1-2 of renewals',
    );
  });

  test('[A-11] stopped while one is being fetched: it goes back when it comes', () => {
    const desk = new DeskUnderTest().wish({ do: 'get-record', campaign: CAMPAIGN, kind: 'preview' });
    desk.wish({ do: 'stop', campaign: CAMPAIGN }).looked();
    desk.send({
      type: 'record-reserved',
      request: 's1-1',
      interaction: 'i1',
      campaign: CAMPAIGN,
      plan: aPlan(),
      record: aRecord(),
    });
    expect(desk.looked()).toEqual(['return 7']);
    expect(desk.desk).not.toHaveProperty('open');
  });
});

describe('[X-02] [A-21] a number that must not be dialed', () => {
  const refusal = (next?: number) =>
    ({
      type: 'dial-refused',
      order: 'i1.1',
      rule: 'blocked',
      why: 'The phone number is on the Do-Not-Call list.',
      never: true,
      ...defined({ next }),
    }) as const;

  test('no other number: the agent sees why, and closes the record', () => {
    const desk = new DeskUnderTest().pulled('preview').act({ do: 'call' }).happens(refusal());
    expect(desk.desk.open).toMatchObject({ state: 'preview', message: { rule: 'blocked', never: true } });
    expect(desk.desk.open?.message).not.toHaveProperty('instead');
    expect(desk.act({ do: 'done' }).looked()).toContain('record 7 to list');
  });

  test('another number: it is dialed, and the agent sees why', () => {
    const desk = new DeskUnderTest().pulled('preview').act({ do: 'call' }).happens(refusal(1));
    expect(desk.looked()).toContain('dial +12125550102 by click');
    expect(desk.desk.open).toMatchObject({
      state: 'dialing',
      message: { rule: 'blocked', never: true, instead: '+12125550102' },
    });
  });

  test('another number where a person must dial: it is the next to be clicked', () => {
    const desk = new DeskUnderTest().pulled('manual').act({ do: 'call', phoneIndex: 0 }).happens(refusal(1));
    expect(desk.desk.open).toMatchObject({
      state: 'preview',
      record: { phoneIndex: 1 },
      message: { instead: '+12125550102' },
    });
  });

  test('numbers that forbid each other in a circle are dialed once each', () => {
    const desk = new DeskUnderTest().pulled('preview').act({ do: 'call' }).happens(refusal(1));
    desk.happens({ ...refusal(0), order: 'i1.2' });
    expect(desk.desk.open?.state).toBe('preview');
  });

  test('[A-23] the answer to a dialing before this one changes nothing', () => {
    const desk = new DeskUnderTest().pulled('preview').act({ do: 'call' }).happens(refusal());
    desk.act({ do: 'call', phoneIndex: 1 }).happens(refusal());
    expect(desk.desk.open).toMatchObject({ state: 'dialing', order: { id: 'i1.2' } });
  });
});

describe('push-preview and direct push-preview', () => {
  test('[A-09] push-preview comes when the preview channel is ready, whatever voice is', () => {
    const may = (preview: 'ready' | 'not-ready'): boolean =>
      mayOffer(new DeskUnderTest({ channels: { voice: 'not-ready', preview } }).desk, {
        campaign: CAMPAIGN,
        kind: 'push-preview',
      });
    expect([may('ready'), may('not-ready')]).toEqual([true, false]);
  });

  test('[A-09] accepted it is open for a look; then Call, Decline or Done', () => {
    const desk = new DeskUnderTest({ channels: ready }).offered(aPlan({ kind: 'push-preview' })).act({ do: 'accept' });
    expect(desk.desk.open?.state).toBe('preview');
    expect(desk.act({ do: 'done' }).looked()).toContain('record 7 to list');
  });

  test('[A-10] direct push-preview ignores Ready: the toggle of Get Record and Stop decides', () => {
    const desk = new DeskUnderTest();
    const may = (): boolean => mayOffer(desk.desk, { campaign: CAMPAIGN, kind: 'direct-push-preview' });
    expect(may()).toBe(false);
    desk.wish({ do: 'get-record', campaign: CAMPAIGN, kind: 'direct-push-preview' });
    expect([may(), desk.looked()]).toEqual([true, ['seek']]);
    desk.wish({ do: 'stop', campaign: CAMPAIGN });
    expect(may()).toBe(false);
  });

  test('[A-10] Accept dials at once, and nothing done in time switches the toggle off', () => {
    const plan = aPlan({ kind: 'direct-push-preview' });
    const desk = new DeskUnderTest({ takes: { [CAMPAIGN]: true } }).offered(plan).act({ do: 'accept' });
    expect(desk.looked()).toContain('dial +12125550101 by accept');
    const away = new DeskUnderTest({ takes: { [CAMPAIGN]: true } }).offered(plan).wait(30_000);
    expect(away.desk.takes).toEqual({ [CAMPAIGN]: false });
  });
});

describe('[A-12] manual', () => {
  test('Get customer gives one, another only when it is processed: called, callback set, or not to be called', () => {
    const desk = new DeskUnderTest().pulled('manual');
    desk.wish({ do: 'get-record', campaign: CAMPAIGN, kind: 'manual' });
    expect(desk.last?.answer).toMatchObject({ code: 'agent-busy' });
    desk.act({ do: 'done' });
    expect(desk.last?.answer).toMatchObject({ code: 'incomplete', missing: [{ code: 'unprocessed' }] });
    desk.act({ do: 'decline', until: 'later' });
    expect(desk.last?.answer).toMatchObject({ code: 'not-in-this-mode' });
    expect(desk.act({ do: 'decline', until: 'never' }).looked()).toContain('record 7 to never');
  });

  test('the next does not come by itself', () => {
    const desk = new DeskUnderTest().pulled('manual').act({ do: 'set-callback', callback: aCallback });
    expect(desk.act({ do: 'done' }).looked()).toEqual([
      'reserve s1-1 of renewals',
      'record 7 to callback',
      'finished postponed',
      'seek',
    ]);
  });

  test('never a timer: the agent clicks the number', () => {
    const desk = new DeskUnderTest().pulled('manual', { previewMs: 5_000, atPreviewEnd: 'dial' }).wait(5_000);
    expect(desk.desk.open?.state).toBe('preview');
    desk.act({ do: 'call' });
    expect(desk.last?.answer).toMatchObject({ code: 'choose-number' });
  });
});

describe('[A-16] Done', () => {
  const plan = aPlan({ dispositionRequired: true });
  const wrapping = (): DeskUnderTest => new DeskUnderTest({ open: anInteraction('wrap-up', { plan }) });

  test('is refused with what is missing: the disposition, and what it asks for', () => {
    const desk = wrapping();
    const missing = (): unknown => (desk.act({ do: 'done' }), desk.last?.answer);
    expect(missing()).toMatchObject({ missing: [{ code: 'disposition' }] });
    desk.act({ do: 'dispose', code: 'call-later' });
    expect(missing()).toMatchObject({ missing: [{ code: 'callback' }] });
    desk.act({ do: 'dispose', code: 'moved' });
    expect(missing()).toMatchObject({ missing: [{ code: 'phone' }] });
    desk.act({ do: 'dispose', code: 'refused' });
    expect(missing()).toMatchObject({ missing: [{ code: 'reason' }] });
    desk.act({ do: 'dispose', code: 'refused', reason: 'too dear' });
    expect(missing()).toBe('done');
  });

  test('and with what the script still wants', () => {
    const unmet = [{ code: 'answer', message: 'Answer "Which car?".' }];
    const desk = wrapping().act({ do: 'dispose', code: 'sale' }).act({ do: 'done', unmet });
    expect(desk.last?.answer).toMatchObject({ missing: unmet });
  });

  test('[A-19] the limit of the wrap-up: what was said stands, what is owed is undecided', () => {
    expect(wrapping().wait(0).looked()).toContain('finished undecided');
    expect(wrapping().act({ do: 'dispose', code: 'sale' }).wait(0).looked()).toContain('close at1 sale');
  });
});

describe('[A-05] the countdown after Done', () => {
  const plan = aPlan({ kind: 'predictive', countdownMs: 5_000 });
  const done = (): DeskUnderTest =>
    new DeskUnderTest({ channels: ready, open: anInteraction('wrap-up', { plan }) }).act({ do: 'done' });

  test('asked for in time: the next comes', () => {
    const desk = done();
    expect(desk.looked()).toContain('countdown 5000');
    expect(desk.wait(4_999).wish({ do: 'go-on' }).looked()).toEqual(['clear-countdown', 'seek']);
  });

  test('not asked for: the session ends', () => {
    const desk = done().wait(5_000);
    expect(desk.looked()).toContain('end session: countdown-over');
    expect(desk.desk.isOver).toBe(true);
  });

  test('nothing is offered while it runs', () => {
    expect(mayOffer(done().desk, { campaign: CAMPAIGN, kind: 'predictive' })).toBe(false);
  });
});
