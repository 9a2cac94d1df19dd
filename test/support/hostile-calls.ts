// What a carrier, or a phone behind it, may do to a call of ours that it should not, and what an admin expects to see of
// it. Each entry is one number to dial; tests and the table run all of them with every detection mode.

import type { Detection, Result } from '../../src/terms.ts';
import type { Script } from './sip-peer.ts';
import type { SipCall } from './sip/call.ts';

export interface HostileCall {
  readonly name: string;
  /** A script of its own for each call. */
  readonly script: () => Script;
  readonly result: Result | Readonly<Record<Detection, Result>>;
  readonly counted: boolean;
  /** How long the person may hear nothing, where that is more than usual: they do not want to, or the detector listens. */
  readonly deafMs?: Partial<Readonly<Record<Detection, number>>>;
  /** What must stand in the log of the peer. */
  readonly seen?: readonly string[];
}

/** Someone who is rung, picks up, talks for a while and hangs up; `meanwhile` happens 1.5 s after the answer. */
function talks(meanwhile: (call: SipCall) => Promise<unknown> = () => Promise.resolve()): Script {
  return async (call) => {
    call.ring();
    await call.pause(300);
    await call.answer();
    await call.pause(3000);
    await meanwhile(call);
    await call.pause(3000);
    await call.hangUp();
  };
}

/** Rings for ever, unless `meanwhile` changes that. */
const rings = (meanwhile: (call: SipCall) => unknown = () => undefined): (() => Script) => {
  return () => async (call) => {
    call.ring();
    await meanwhile(call);
    await call.until('end');
  };
};

const ON_HOLD = { off: 2600, 'before-agent': 2600, parallel: 2600 };

/** How long the campaign of `UNANSWERED` lets it ring: more than the 40 s of the early media. */
export const LONG_RING = '43s';

/** Calls that are not answered, or only after the longest ringing. */
export const UNANSWERED: readonly HostileCall[] = [
  {
    name: '183 for 40 s, then a person',
    script: () => async (call) => {
      await call.progress();
      await call.pause(40_000);
      await call.answer();
      await call.pause(4000);
      await call.hangUp();
    },
    result: 'connected',
    counted: true,
  },
  {
    name: '183 for ever',
    script: () => async (call) => {
      await call.progress();
      await call.until('end');
    },
    result: 'no-answer',
    counted: true,
    seen: ['CANCEL'],
  },
  { name: '180 for ever', script: rings(), result: 'no-answer', counted: true, seen: ['CANCEL'] },
  {
    name: '180, 183 and 180 in turns for ever',
    script: rings(async (call) => {
      for (;;) {
        await call.progress();
        await call.pause(2000);
        call.ring();
        await call.pause(2000);
      }
    }),
    result: 'no-answer',
    counted: true,
  },
  { name: 'silence to INVITE', script: () => () => undefined, result: 'failed', counted: false },
  {
    name: '100, then silence',
    script: () => (call) => call.trying(),
    result: 'failed',
    counted: false,
    seen: ['CANCEL'],
  },
  {
    name: 'silence to CANCEL',
    script: rings((call) => {
      call.manners.cancel = 'ignore';
    }),
    result: 'no-answer',
    counted: true,
    seen: ['CANCEL'],
  },
];

/** Calls that are picked up, each for some seconds. */
export const ANSWERED: readonly HostileCall[] = [
  { name: 'nothing hostile', script: () => talks(), result: 'connected', counted: true },
  {
    name: 'two phones pick up (forked 200s)',
    script: () => async (call) => {
      call.ring();
      await call.pause(300);
      const answered = call.answer();
      await call.fork();
      await answered;
      await call.pause(6000);
      await call.hangUp();
    },
    result: 'connected',
    counted: true,
  },
  {
    name: 're-INVITE',
    script: () => talks((call) => call.reinvite()),
    result: 'connected',
    counted: true,
    seen: ['200 INVITE'],
  },
  {
    name: 'hold by sendonly, and back',
    script: () =>
      talks(async (call) => {
        await call.reinvite({ direction: 'sendonly' });
        await call.pause(2000);
        await call.reinvite();
      }),
    result: 'connected',
    counted: true,
    deafMs: ON_HOLD,
  },
  {
    name: 'hold by 0.0.0.0, and back',
    script: () =>
      talks(async (call) => {
        await call.reinvite({ host: '0.0.0.0' });
        await call.pause(2000);
        await call.reinvite();
      }),
    result: 'connected',
    counted: true,
    deafMs: ON_HOLD,
  },
  {
    name: 'hangs up on hold',
    script: () => async (call) => {
      call.ring();
      await call.pause(300);
      await call.answer();
      await call.pause(3500);
      await call.reinvite({ direction: 'inactive' });
      await call.pause(1500);
      await call.hangUp();
    },
    result: 'connected',
    counted: true,
    deafMs: ON_HOLD,
  },
  {
    name: 'UPDATE',
    script: () => talks((call) => call.update({ direction: 'sendrecv' })),
    result: 'connected',
    counted: true,
  },
  {
    name: '422, then session timer',
    script: oneRefusal((call) => call.refuse(422, [['min-se', '120']])),
    result: 'connected',
    counted: true,
  },
  {
    name: 'session timer, refreshed by us',
    script: () => async (call) => {
      call.ring();
      await call.answer({
        headers: [
          ['require', 'timer'],
          ['session-expires', '90;refresher=uac'],
        ],
      });
      await call.pause(48_000);
      await call.hangUp();
    },
    result: 'connected',
    counted: true,
  },
  {
    name: 'keys by INFO',
    script: () => talks((call) => call.info('5')),
    result: 'connected',
    counted: true,
  },
  {
    name: 'keys in RTP',
    script: () =>
      talks((call) => {
        call.press('5#');
        return Promise.resolve();
      }),
    result: 'connected',
    counted: true,
  },
  {
    name: 'answers with 0.0.0.0',
    script: () => async (call) => {
      call.ring();
      await call.pause(300);
      await call.answer({ sdp: 'null-address' });
      await call.pause(5000);
      await call.hangUp();
    },
    result: 'connected',
    counted: true,
  },
  {
    name: 'no RTP',
    script: () => async (call) => {
      call.ring();
      await call.pause(300);
      await call.answer({ sound: 'nothing' });
      await call.pause(7000);
      await call.hangUp();
    },
    // without a single packet the detector has nothing to listen to for its whole 5 s
    result: { off: 'connected', 'before-agent': 'connected', parallel: 'machine' },
    deafMs: { 'before-agent': 6000 },
    counted: true,
  },
  {
    name: 'silence to BYE, answering machine',
    script: () => async (call) => {
      call.ring();
      await call.pause(300);
      call.manners.bye = 'ignore';
      await call.answer({ sound: 'greeting' });
      await call.pause(8000);
      await call.hangUp();
    },
    result: { off: 'connected', 'before-agent': 'machine', parallel: 'machine' },
    counted: true,
  },
];

/** The first INVITE is turned down as asked, the next one is a person. */
function oneRefusal(refuse: Script): () => Script {
  return () => {
    let came = 0;
    return (call) => {
      came += 1;
      return came === 1 ? refuse(call) : talks()(call);
    };
  };
}

/** The result that a call has with this detection. */
export function resultOf({ result }: HostileCall, detection: Detection): Result {
  return typeof result === 'string' ? result : result[detection];
}

/** A script for each call, by its name. */
export function scriptsOf(calls: readonly HostileCall[]): Readonly<Record<string, Script>> {
  return Object.fromEntries(calls.map((call) => [call.name, call.script()]));
}
