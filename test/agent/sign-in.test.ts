// Signing in from any phone by number and PIN.

import { describe, expect, test } from 'vitest';
import {
  SIGN_IN_EVENTS,
  SIGN_IN_STATES,
  startConfirmation,
  startListenIn,
  startSignIn,
  stepSignIn,
  type SignIn,
  type SignInEffect,
  type SignInEvent,
  type SignInState,
} from '../../src/agent/sign-in.ts';

const keys = (typed: string): SignInEvent[] => Array.from(typed, (key) => ({ type: 'key', key }));
const wrong: SignInEvent = { type: 'refused', why: 'wrong' };

function inWords(effect: SignInEffect): string {
  switch (effect.do) {
    case 'say':
      return `say ${effect.prompts.join(' ')}`;
    case 'check':
      return `check ${effect.number} ${effect.pin}`;
    case 'open-session':
      return `open-session ${effect.number} ${effect.campaign}`;
    case 'rejoin':
      return `rejoin ${effect.session}`;
    case 'listen-in':
      return `listen-in ${effect.number} ${effect.supervisor} ${effect.typed}`.trim();
    default:
      return effect.do;
  }
}

/** A phone dials the code, and then these things happen. */
function play(...events: readonly SignInEvent[]): { signIn: SignIn; does: string[] } {
  const [started, ...first] = startSignIn('a-1', 'agent-101');
  let signIn = started;
  const does = first.map(inWords);
  for (const event of events) {
    const step = stepSignIn(signIn, event);
    signIn = step.signIn;
    does.push(...step.effects.map(inWords));
  }
  return { signIn, does: does.filter((effect) => effect !== 'listen') };
}

const asked = 'say enter-agent-number';

describe('[A-01] an agent signs in by phone', () => {
  test('wrong PIN, and number and PIN typed again before its answer: checked without asking', () => {
    const { does } = play(...keys('101#1111#'), ...keys('101#4711#'), wrong);
    expect(does).toEqual([asked, 'say enter-pin', 'check 101 1111', 'say enter-pin', 'check 101 4711']);
  });

  test('[A-01] wrong PIN, and half the number typed ahead again: the question is asked, the rest of the number is enough', () => {
    const { does } = play(...keys('101#1111#'), ...keys('10'), wrong, ...keys('1#4711#'));
    expect(does.slice(3)).toEqual(['say wrong-number-or-pin enter-agent-number', 'say enter-pin', 'check 101 4711']);
  });

  test('[A-01] wrong PIN, and the key for ready typed ahead: forgotten, it is no part of the number', () => {
    const { does } = play(...keys('201#1111#'), ...keys('1'), wrong, ...keys('201#4711#'));
    expect(does.at(-1)).toBe('check 201 4711');
  });

  test('number and PIN, one campaign: the session opens without a question', () => {
    const reported = play(...keys('101#4711#'), { type: 'accepted', campaigns: ['renewals'] });
    expect(reported.does).toEqual([asked, 'say enter-pin', 'check 101 4711', 'open-session 101 renewals']);
    expect(reported.signIn.state).toBe('done');
  });

  test('several campaigns: chosen by key, a key without one is asked again', () => {
    const reported = play(
      ...keys('101#4711#'),
      { type: 'accepted', campaigns: ['renewals', 'upgrades'] },
      ...keys('3'),
      ...keys('2'),
    );
    expect(reported.does.slice(3)).toEqual([
      'say choose-campaign',
      'say not-a-choice choose-campaign',
      'open-session 101 upgrades',
    ]);
  });

  test('* says the campaigns once more, and is no wrong choice', () => {
    const several: SignInEvent = { type: 'accepted', campaigns: ['renewals', 'upgrades'] };
    expect(play(...keys('101#4711#'), several, ...keys('*')).does.slice(3)).toEqual([
      'say choose-campaign',
      'say choose-campaign',
    ]);
  });

  test('no campaign for this agent: hears so and is sent away', () => {
    const reported = play(...keys('101#4711#'), { type: 'accepted', campaigns: [] });
    expect(reported.does.slice(3)).toEqual(['say no-campaign goodbye', 'hang-up']);
  });

  test('a session is there already: the phone joins it, whatever campaigns there are', () => {
    const reported = play(...keys('101#4711#'), {
      type: 'accepted',
      campaigns: ['renewals', 'upgrades'],
      session: 's7',
    });
    expect(reported.does.at(-1)).toBe('rejoin s7');
  });

  test('a star begins the number or the PIN again', () => {
    const reported = play(...keys('99*101#12*4711#'));
    expect(reported.does.at(-1)).toBe('check 101 4711');
  });

  test('# without a number: asked again', () => {
    expect(play(...keys('#')).does).toEqual([asked, asked]);
  });

  test('an empty PIN is checked, and so refused, like any other', () => {
    expect(play(...keys('101##')).does.at(-1)).toBe('check 101 ');
  });

  test('keys without end: no more than 16 are kept', () => {
    const reported = play(...keys(`${'1'.repeat(40)}#4711#`));
    expect(reported.does.at(-1)).toBe(`check ${'1'.repeat(16)} 4711`);
  });
});

describe('[A-01] wrong number or PIN', () => {
  const tryOnce = [...keys('101#0000#'), wrong];

  test('once: asked again from the number, without a word on which was wrong', () => {
    const reported = play(...tryOnce);
    expect(reported.signIn).toMatchObject({ state: 'asking-number', typed: '', triesLeft: 2 });
    expect(reported.signIn).not.toHaveProperty('number');
    expect(reported.does.at(-1)).toBe('say wrong-number-or-pin enter-agent-number');
  });

  test('twice wrong, then right: signed in', () => {
    const reported = play(...tryOnce, ...tryOnce, ...keys('101#4711#'), { type: 'accepted', campaigns: ['renewals'] });
    expect(reported.does.at(-1)).toBe('open-session 101 renewals');
  });

  test('three times: sent away', () => {
    const reported = play(...tryOnce, ...tryOnce, ...tryOnce);
    expect(reported.does.slice(-2)).toEqual(['say wrong-number-or-pin goodbye', 'hang-up']);
    expect(reported.signIn.state).toBe('done');
  });

  test('locked out: hears so and is sent away at the first try', () => {
    const reported = play(...keys('101#4711#'), { type: 'refused', why: 'locked-out' });
    expect(reported.does.slice(-2)).toEqual(['say locked-out goodbye', 'hang-up']);
    expect(reported.signIn.state).toBe('done');
  });
});

describe('[A-01] every state and event of a sign-in', () => {
  const base: SignIn = { leg: 'a-1', account: 'agent-101', state: 'asking-number', typed: '', triesLeft: 3 };
  const events: Readonly<Record<SignInEvent['type'], SignInEvent>> = {
    key: { type: 'key', key: '1' },
    accepted: { type: 'accepted', campaigns: ['renewals'] },
    refused: wrong,
    silence: { type: 'silence' },
    ended: { type: 'ended' },
  };
  const ignored: Readonly<Record<SignInState, readonly SignInEvent['type'][]>> = {
    'asking-number': ['accepted', 'refused'],
    'asking-pin': ['accepted', 'refused'],
    checking: ['silence'],
    'asking-campaign': ['accepted', 'refused'],
    done: ['key', 'accepted', 'refused', 'silence', 'ended'],
  };

  test.each(SIGN_IN_STATES)('%s: exactly the pinned events are ignored', (state) => {
    const signIn: SignIn = { ...base, state, number: '101', campaigns: ['renewals', 'upgrades'] };
    const unheard = SIGN_IN_EVENTS.filter((type) => stepSignIn(signIn, events[type]).ignored);
    expect(unheard).toEqual(ignored[state]);
  });

  test.each(['asking-number', 'asking-pin', 'asking-campaign'] as const)(
    '%s: silence means good-bye, a forgotten phone holds no line',
    (state) => {
      const step = stepSignIn({ ...base, state }, events.silence);
      expect(step.effects.map(inWords)).toEqual(['say goodbye', 'hang-up']);
      expect(step.signIn.state).toBe('done');
    },
  );

  test.each(['asking-number', 'asking-pin', 'checking', 'asking-campaign'] as const)(
    '%s: the phone hangs up, nothing more is done',
    (state) => {
      const step = stepSignIn({ ...base, state }, events.ended);
      expect(step).toMatchObject({ effects: [], signIn: { state: 'done' } });
    },
  );
});

describe('[A-04] an outside phone confirms that it is the agent’s', () => {
  const picked = (...events: readonly SignInEvent[]): string[] => {
    const [started, ...first] = startConfirmation('a-1', 'outside +4930901820', '101');
    const step = events.reduce(
      ({ signIn, does }, event) => {
        const next = stepSignIn(signIn, event);
        return { signIn: next.signIn, does: [...does, ...next.effects.map(inWords)] };
      },
      { signIn: started, does: first.map(inWords) },
    );
    return step.does.filter((effect) => effect !== 'listen');
  };
  const first = 'say confirm-phone enter-pin';
  const right: SignInEvent = { type: 'accepted', campaigns: ['renewals'], session: 's1' };

  test('the PIN is typed: it takes its seat', () => {
    expect(picked(...keys('4711#'), right)).toEqual([first, 'check 101 4711', 'rejoin s1']);
  });

  test('no key, as of a voicemail box: good-bye', () => {
    expect(picked({ type: 'silence' })).toEqual([first, 'say goodbye', 'hang-up']);
  });

  test('wrong PIN: asked for that agent’s again, never for another agent; three are the end', () => {
    const again = 'say wrong-number-or-pin enter-pin';
    const tries = Array.from({ length: 3 }, () => [...keys('1#'), wrong]).flat();
    const check = 'check 101 1';
    const sentAway = ['say wrong-number-or-pin goodbye', 'hang-up'];
    expect(picked(...tries)).toEqual([first, check, again, check, again, check, ...sentAway]);
  });

  test('the session has ended meanwhile: none is opened', () => {
    const late: SignInEvent = { type: 'accepted', campaigns: ['renewals'] };
    expect(picked(...keys('4711#'), late)).toEqual([first, 'check 101 4711', 'hang-up']);
  });
});

describe('[S-03] a supervisor dials the code of those who listen', () => {
  const listening = (...events: readonly SignInEvent[]): string[] => {
    const [started, ...first] = startListenIn('a-1', 'agent-101');
    const step = events.reduce(
      ({ signIn, does }, event) => {
        const next = stepSignIn(signIn, event);
        return { signIn: next.signIn, does: [...does, ...next.effects.map(inWords)] };
      },
      { signIn: started, does: first.map(inWords) },
    );
    return step.does.filter((effect) => effect !== 'listen');
  };
  const accepted: SignInEvent = { type: 'accepted', campaigns: ['renewals'] };

  test('number and PIN, and the right: goes on to whom they hear; no session is opened', () => {
    const does = listening(...keys('900#4711#'), { ...accepted, supervisor: 'eva' });
    expect(does).toEqual([asked, 'say enter-pin', 'check 900 4711', 'listen-in 900 eva']);
  });

  test('the agent’s number typed while the PIN is checked: is not asked for', () => {
    const does = listening(...keys('900#4711#201#'), { ...accepted, supervisor: 'eva' });
    expect(does.at(-1)).toBe('listen-in 900 eva 201#');
  });

  test('the right PIN of who may not: told so and sent away', () => {
    const does = listening(...keys('101#4711#'), { ...accepted, session: 's7' });
    expect(does.slice(-2)).toEqual(['say may-not-listen goodbye', 'hang-up']);
  });

  test('wrong PINs: as at signing in', () => {
    const tries = Array.from({ length: 3 }, () => [...keys('900#0000#'), wrong]).flat();
    expect(listening(...tries).slice(-2)).toEqual(['say wrong-number-or-pin goodbye', 'hang-up']);
  });
});
