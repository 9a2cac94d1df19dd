// What the engine asks of the exchange, leg by leg and bridge by bridge. Commands are data: each can be logged, compared and
// sent again; what comes of one arrives as events (ports.ts).

import type { AttemptId, BridgeId, LegId } from '../terms.ts';

export type TelephonyCommand =
  /**
   * Sends the INVITE. `leg` becomes the channel's id, `attempt` its call record's user field. At the answer the leg
   * arrives (`leg-arrived`, purpose `customer`); when the daemon is away then, or makes nothing of the leg within
   * `answerLimitMs` (no bridge, no sound that `relieves`), the exchange plays `abandonSound` itself (`leg-abandon-message`).
   * After `detect-before-agent` that time runs from the verdict.
   */
  | {
      readonly type: 'place-call';
      readonly leg: LegId;
      readonly attempt: AttemptId;
      /** E.164 or with the trunk's prefix applied: `+` and digits only. */
      readonly number: string;
      readonly trunk: string;
      readonly callerId: string;
      /** The exchange's own limit, a little above ours, in case we are away. */
      readonly ringTimeoutMs: number;
      readonly abandonSound: string;
      /** From the answer to the message; the exchange acts a little earlier than that, so that it is heard by then. */
      readonly answerLimitMs: number;
      /** The key for the do-not-call list in that message, and the sound that confirms it; absent: no key. */
      readonly doNotCall?: { readonly key: string; readonly sound: string };
    }
  /** Calls a third party; when answered the leg arrives with purpose `third`. `call` is its call record's user field. */
  | {
      readonly type: 'call-third';
      readonly leg: LegId;
      readonly call: string;
      readonly number: string;
      readonly trunk: string;
      readonly callerId: string;
      readonly ringTimeoutMs: number;
    }
  /** Rings an agent's phone; when answered the leg arrives with purpose `agent`. */
  | {
      readonly type: 'ring-agent';
      readonly leg: LegId;
      readonly account: string;
      readonly label: string;
      readonly ringTimeoutMs: number;
    }
  /** Calls an agent's outside phone over a trunk; when answered the leg arrives with purpose `agent`. */
  | {
      readonly type: 'call-agent';
      readonly leg: LegId;
      readonly number: string;
      readonly trunk: string;
      readonly callerId: string;
      readonly ringTimeoutMs: number;
    }
  /** `call`: a call that came in and is taken; the id goes into its call record's user field. */
  | { readonly type: 'answer'; readonly leg: LegId; readonly call?: AttemptId }
  | { readonly type: 'hang-up'; readonly leg: LegId }
  /** An agent's leg whose phone may be gone: when nothing is heard of it any more it is lost (`leg-lost`), else nothing. */
  | { readonly type: 'doubt'; readonly leg: LegId }
  /** A bridge that exists stays as it is, with its legs and what plays in it. */
  | { readonly type: 'create-bridge'; readonly bridge: BridgeId }
  | { readonly type: 'destroy-bridge'; readonly bridge: BridgeId }
  | { readonly type: 'add-to-bridge'; readonly bridge: BridgeId; readonly leg: LegId }
  | { readonly type: 'remove-from-bridge'; readonly bridge: BridgeId; readonly leg: LegId }
  /** Nothing of what is said into the leg's microphone is heard by anyone, its keys are; to do so again changes nothing. */
  | { readonly type: 'mute' | 'unmute'; readonly leg: LegId }
  /** Keypad tones (RFC 4733) towards the far end of the leg, wherever the leg is: digits, `*` and `#`. */
  | { readonly type: 'send-keys'; readonly leg: LegId; readonly keys: string }
  /** Fetches a leg of ours that something else on the exchange has taken out of our control: it arrives again, as that. */
  | { readonly type: 'take-back'; readonly leg: LegId; readonly as: 'customer' | 'agent' }
  /** Plays sounds one after the other; each is `outdial/welcome`, `digits/5` and the like. Ends with `playback-finished`. */
  | {
      readonly type: 'play';
      readonly playback: string;
      readonly to: PlayTarget;
      readonly sounds: readonly string[];
      /**
       * The last that a person or a machine on a leg hears: the exchange need not play them anything by itself any more, and
       * ends the call within 2 s after it should we not. One more takes the place of one that plays. A sound that cannot be
       * played is not reported as finished.
       */
      readonly relieves?: true;
    }
  | { readonly type: 'stop-playing'; readonly playback: string }
  | { readonly type: 'start-music'; readonly to: PlayTarget }
  | { readonly type: 'stop-music'; readonly to: PlayTarget }
  /** Before the agent: listens on the customer's own leg, which arrives again after the `verdict`. */
  | { readonly type: 'detect-before-agent'; readonly leg: LegId }
  /** In parallel: listens beside a conversation; the leg stays where it is. */
  | { readonly type: 'detect-in-parallel'; readonly leg: LegId }
  /**
   * Listens on the customer's own leg until an answering machine has greeted, beeped and is silent. The leg leaves its
   * bridge for that and arrives again after the `beep`.
   */
  | { readonly type: 'await-beep'; readonly leg: LegId; readonly withinMs: number }
  /**
   * Hangs an ear on a leg: it hears what the leg says and hears, and whispers to the leg alone what is said in `bridge`,
   * into which it goes. It is no leg, and ends with the one that it hangs on.
   */
  | { readonly type: 'listen'; readonly leg: LegId; readonly ear: string; readonly bridge: BridgeId }
  | { readonly type: 'stop-listening'; readonly ear: string }
  /** Records what the leg says and hears, together in a file of that name, until the leg ends; wherever the leg is. */
  | { readonly type: 'record'; readonly leg: LegId; readonly recording: string }
  /** A paused recording goes on with silence: nothing of that time is kept, and the times stay right. */
  | { readonly type: 'pause-recording' | 'resume-recording'; readonly leg: LegId }
  | { readonly type: 'stop-recording'; readonly leg: LegId; readonly recording: string };

export type PlayTarget = { readonly leg: LegId } | { readonly bridge: BridgeId };
