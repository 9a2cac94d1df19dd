// What the keys of an agent's phone do: a whole shift without any other device.

import { describe, expect, test } from 'vitest';
import type { SessionEvent } from '../../src/agent/session.ts';
import { aSession, aSessionPlan, keys, NOW, play } from './builders.ts';

const personHangsUp: SessionEvent = { type: 'released', attempt: 'at1', why: 'person-hung-up' };
const agentHasHungUp: SessionEvent = { type: 'released', attempt: 'at1', why: 'agent-hung-up' };

describe('[A-01] keys of an agent who is paused or ready', () => {
  test('1 when ready already: says so and changes nothing', () => {
    const reported = play(aSession('ready'), ...keys('1'));
    expect(reported).toMatchObject({ session: { state: 'ready' }, does: ['say you-are-ready'] });
  });

  test('[A-20] 0 and a reason: no call comes from the first key on', () => {
    const reported = play(aSession('ready'), ...keys('0'), { type: 'reserve', attempt: 'at9' }, ...keys('2'));
    expect(reported.session).toMatchObject({ state: 'paused', reason: 'lunch' });
    expect(reported.session).not.toHaveProperty('menu');
    expect(reported.session).not.toHaveProperty('attempt');
    expect(reported.does).toContain('say you-are-paused');
  });

  test('[A-20] 0 and a key that is no reason: asked again', () => {
    const reported = play(aSession('ready'), ...keys('07'));
    expect(reported.session).toMatchObject({ state: 'paused', menu: 'pause-reason' });
    expect(reported.does.at(-1)).toBe('say not-a-choice choose-pause-reason + pause-reasons');
  });

  test('[A-20] 0 where the campaign has no reasons: just paused', () => {
    const reported = play(aSession('ready', { plan: aSessionPlan({ pauseReasons: [] }) }), ...keys('0'));
    expect(reported.session).toMatchObject({ state: 'paused', reason: 'pause' });
  });

  test('9 signs out with a good-bye', () => {
    const reported = play(aSession('paused'), ...keys('9'));
    expect(reported.session.state).toBe('offline');
    expect(reported.does).toContain('say signed-out');
    expect(reported.does.at(-1)).toBe('close-session signed-out');
  });

  test('a key of a phone that is gone already does nothing', () => {
    const away = aSession('paused', { phone: 'ringing', reason: 'phone-lost', resume: 'paused' });
    expect(play(away, ...keys('1'))).toEqual({ session: away, does: [] });
  });

  test.each(['2', '#', '5'])('%s is no choice, and the choices are said', (key) => {
    expect(play(aSession('ready'), ...keys(key)).does).toEqual(['stop-saying', 'say not-a-choice keys-ready']);
  });

  test('* says the keys', () => {
    expect(play(aSession('paused'), ...keys('*')).does).toEqual(['stop-saying', 'say keys-ready']);
  });

  test('[A-20] * says the reasons for a pause once more', () => {
    const reported = play(aSession('ready'), ...keys('0*'));
    expect(reported.session).toMatchObject({ menu: 'pause-reason' });
    expect(reported.does.slice(-2)).toEqual(['stop-saying', 'say choose-pause-reason + pause-reasons']);
  });
});

describe('[A-01] keys in a conversation', () => {
  test('** hangs the person up', () => {
    expect(play(aSession('talking'), ...keys('**')).does).toEqual(['hang-up-person at1']);
  });

  test('** before the legs are joined does nothing: no person is hung up who has not been heard', () => {
    expect(play(aSession('reserved'), ...keys('**')).does).toEqual([]);
  });

  test('[X-10] *1 begins, pauses and resumes the recording; before the legs are joined it does nothing', () => {
    expect(play(aSession('talking'), ...keys('*1')).does).toEqual(['toggle-recording at1']);
    expect(play(aSession('reserved'), ...keys('*1')).does).toEqual([]);
  });

  test('[A-20] *0 pauses after the call', () => {
    expect(play(aSession('talking'), ...keys('*0')).session).toMatchObject({ state: 'talking', pauseAfter: 'pause' });
  });

  test('*9 signs out after the call', () => {
    expect(play(aSession('talking'), ...keys('*9')).session).toMatchObject({ state: 'talking', signOutAfter: true });
  });

  test('other keys are for the person to hear: nothing is done', () => {
    const reported = play(aSession('talking'), ...keys('1234567890#'));
    expect(reported).toEqual({ session: aSession('talking'), does: [] });
  });

  test('a star and a key that is no command: forgotten', () => {
    const reported = play(aSession('talking'), ...keys('*8'), ...keys('*'));
    expect(reported.does).toEqual([]);
    expect(reported.session.starAt).toBe(NOW);
  });

  test('[D-02] a star pressed by accident, and one more later: no call is hung up', () => {
    const reported = play(aSession('talking', { starAt: NOW - 3000 }), ...keys('*'));
    expect(reported).toMatchObject({ does: [], session: { starAt: NOW } });
  });

  test('a star left over from the call does not turn the disposition into a command', () => {
    const reported = play(aSession('talking', { starAt: NOW - 3000 }), personHangsUp, ...keys('1'));
    expect(reported.does).toContain('dispose at1 sale');
  });

  test('[D-06] *2 puts the person on hold or takes them back; before the legs are joined it does nothing', () => {
    expect(play(aSession('talking'), ...keys('*2')).does).toEqual(['toggle-hold at1']);
    expect(play(aSession('reserved'), ...keys('*2')).does).toEqual([]);
  });

  test('[D-06] *3 and *4 with a digit bring in a destination; *5, *6 and *7 act on it; none is taken for a command after', () => {
    expect(play(aSession('talking'), ...keys('*31')).does).toEqual(['bring-in at1 transfer 1']);
    expect(play(aSession('talking'), ...keys('*42')).does).toEqual(['bring-in at1 consult 2']);
    expect(play(aSession('talking'), ...keys('*5*6*7')).does).toEqual([
      ...['bring-in at1 join', 'bring-in at1 complete', 'bring-in at1 back'],
    ]);
    expect(play(aSession('talking'), ...keys('*3*')).does).toEqual([]);
    expect(play(aSession('reserved'), ...keys('*31')).does).toEqual([]);
    expect(play(aSession('talking'), ...keys('*319')).does).toEqual(['bring-in at1 transfer 1']);
  });

  test('[X-10] *1 for the recording while the person hangs up: it is not taken for a disposition', () => {
    const reported = play(aSession('talking'), ...keys('*'), personHangsUp, ...keys('1'));
    expect(reported.session.state).toBe('wrap-up');
    expect(play(reported.session, ...keys('2')).does).toContain('dispose at1 no-interest');
  });

  test('[A-19] ** while the person hangs up, and the disposition: taken', () => {
    const reported = play(aSession('talking'), ...keys('*'), personHangsUp, ...keys('*1'));
    expect(reported.does).toContain('dispose at1 sale');
  });
});

describe('[A-19] keys typed on after **, before the call has ended', () => {
  test('the disposition: given as the wrap-up begins, the agent hears that it is saved', () => {
    const reported = play(aSession('talking'), ...keys('**1'), agentHasHungUp);
    expect(reported.session.state).toBe('ready');
    expect(reported.does).toContain('dispose at1 sale');
    expect(reported.does.filter((effect) => effect.startsWith('say')).at(-1)).toBe('say disposition-saved');
  });

  test('[A-20] *0 and the disposition: paused', () => {
    expect(play(aSession('talking'), ...keys('***01'), agentHasHungUp).session).toMatchObject({
      state: 'paused',
      reason: 'pause',
    });
  });

  test('half of a longer answer: the rest follows in wrap-up', () => {
    const plan = aSessionPlan({
      dispositions: [{ code: 'other-phone', label: 'Other phone', key: '4', ask: 'phone' }],
    });
    const reported = play(aSession('talking', { plan }), ...keys('**4212'), agentHasHungUp, ...keys('555#'));
    expect(reported.does).toContain('dispose at1 other-phone 212555');
  });

  test('keys past the disposition are no one’s: the agent is ready and stays so', () => {
    expect(play(aSession('talking'), ...keys('**199'), agentHasHungUp).session.state).toBe('ready');
  });

  test('the call goes on, as the exchange was away: ** hangs up again', () => {
    expect(play(aSession('talking'), ...keys('**1**2'), agentHasHungUp).does).toEqual(
      expect.arrayContaining(['hang-up-person at1', 'hang-up-person at1', 'dispose at1 no-interest']) as string[],
    );
  });

  test('the disposition is there already: nothing is left for the keys', () => {
    const reported = play(aSession('talking', { disposition: 'no-interest' }), ...keys('**1'), agentHasHungUp);
    expect(reported.does.filter((effect) => effect.startsWith('dispose'))).toEqual(['dispose at1 no-interest']);
  });
});

describe('[A-19] keys in wrap-up', () => {
  test('# is refused while a disposition is owed', () => {
    const reported = play(aSession('wrap-up'), ...keys('#'));
    expect(reported.session.state).toBe('wrap-up');
    expect(reported.does).toEqual(['stop-saying', 'say disposition-needed + dispositions']);
  });

  test('# ends a wrap-up that needs no disposition', () => {
    const plan = aSessionPlan({ dispositionRequired: false });
    const reported = play(aSession('wrap-up', { plan }), ...keys('#'));
    expect(reported.session.state).toBe('ready');
    expect(reported.does).toContain('finish-wrap-up at1');
  });

  test('a key without a disposition is no choice', () => {
    const reported = play(aSession('wrap-up'), ...keys('8'));
    expect(reported).toMatchObject({
      session: { state: 'wrap-up' },
      does: ['stop-saying', 'say not-a-choice choose-disposition + dispositions'],
    });
  });

  test('[A-20] *0, then the disposition: paused', () => {
    const reported = play(aSession('wrap-up'), ...keys('*01'));
    expect(reported.session).toMatchObject({ state: 'paused', reason: 'pause' });
    expect(reported.does).toContain('dispose at1 sale');
  });

  test('*9 with a disposition owed: signed out after it', () => {
    expect(play(aSession('wrap-up'), ...keys('*9')).session).toMatchObject({ state: 'wrap-up', signOutAfter: true });
    expect(play(aSession('wrap-up'), ...keys('*92')).session.state).toBe('offline');
  });

  test('*9 with nothing owed: signed out at once, the record is settled', () => {
    const plan = aSessionPlan({ dispositionRequired: false });
    const reported = play(aSession('wrap-up', { plan }), ...keys('*9'));
    expect(reported.session.state).toBe('offline');
    expect(reported.does).toContain('finish-wrap-up at1');
  });
});

describe('a disposition that asks for more', () => {
  const plan = aSessionPlan({
    dispositions: [
      { code: 'later', label: 'Call later', key: '3', ask: 'callback' },
      { code: 'other-phone', label: 'Other phone', key: '4', ask: 'phone' },
    ],
  });
  const wrapUp = aSession('wrap-up', { plan });

  test.each([
    ['1#: in an hour', '31#', '1'],
    ['2#: tomorrow at this time', '32#', '2'],
    ['four digits: a time of day, without #', '31430', '1430'],
    ['a star takes the disposition back, chosen again', '31*31#', '1'],
    ['3#: for any agent', '33#1#', '1 for any agent'],
    ['3# twice: for oneself again', '33#3#1#', '1'],
    ['4#: on another number, then the time', '34#2125550199#1430', '1430 on 2125550199'],
    ['4# and a star: back to the time, on the number that was called', '34#212*1430', '1430'],
    ['both: for any agent on another number', '33#4#2125550199#2#', '2 for any agent on 2125550199'],
    ['taken back with a star, nothing of it is left', '33#*31#', '1'],
  ])('[A-17] callback, %s', (_what, typed, wanted) => {
    const reported = play(wrapUp, ...keys(typed));
    expect(reported.does.at(-1)).toBe(`agree-callback at1 ${wanted}`);
    expect(reported.session).toMatchObject({ state: 'wrap-up', menu: 'callback-check' });
  });

  test('[A-17] callback: the question is heard, and the wrap-up lasts a minute longer for it', () => {
    expect(play(wrapUp, ...keys('3')).does).toEqual([
      'set-timer wrap-up +60000',
      'stop-saying',
      'say callback-when callback-options',
    ]);
  });

  test('[A-17] 5#: the callback that is set is taken back; then another disposition is asked for', () => {
    const asked = play(wrapUp, ...keys('35#'));
    expect(asked.does.at(-1)).toBe('cancel-callback at1');
    const reported = play(asked.session, { type: 'callback-cancelled' });
    expect(reported.does.at(-1)).toBe('say callback-cancelled choose-disposition + dispositions');
    expect(reported.session).not.toHaveProperty('menu');
    const none = play(asked.session, { type: 'callback-refused', why: 'callback-none' });
    expect(none.does.at(-1)).toBe('say callback-none callback-when');
  });

  test('[A-17] while the time is checked no key counts', () => {
    const checking = play(wrapUp, ...keys('31#'));
    expect(play(checking.session, ...keys('123#*')).session).toEqual(checking.session);
  });

  test('[A-17] the wrap-up ends meanwhile: no disposition, and the menu is closed', () => {
    const reported = play(play(wrapUp, ...keys('314')).session, { type: 'wrap-up-over' });
    expect(reported.does).toContain('finish-wrap-up at1');
    expect(reported.session).not.toHaveProperty('menu');
  });

  test('[A-16] another phone: its digits and #, given with the disposition', () => {
    const reported = play(wrapUp, ...keys('42125550199#'));
    expect(reported.does).toContain('dispose at1 other-phone 2125550199');
    expect(reported.session.state).toBe('ready');
  });

  test('[A-16] another phone, # at once: asked again', () => {
    expect(play(wrapUp, ...keys('4#')).does.at(-1)).toBe('say enter-phone-number');
  });
});
