// What agents hear on the phone: prompts by name as sounds, one playback at a time per phone.

import type { ListenInPrompt } from '../../agent/listen-in.ts';
import type { Prompt } from '../../agent/session.ts';
import type { SignInPrompt } from '../../agent/sign-in.ts';
import type { CampaignName, LegId } from '../../terms.ts';
import { playbackOver } from '../events.ts';
import type { Hub } from '../hub.ts';
import type { PlayTarget } from '../telephony-commands.ts';
import { campaignSounds } from './spoken-choices.ts';

type Spoken =
  Prompt | SignInPrompt | ListenInPrompt | 'signed-in' | 'outbound-off' | 'outbound-on' | RecordingPrompt | HoldPrompt;

type RecordingPrompt = 'recording-on' | 'recording-paused' | 'recording-not-allowed';

type HoldPrompt = 'on-hold' | 'hold-reminder' | 'connect' | 'ringing' | 'third-gone';

interface Playing {
  readonly playback: string;
  then?: () => void;
}

export class Prompts {
  readonly #hub: Hub;
  readonly #playing = new Map<string, Playing>();
  #count = 0;

  constructor(hub: Hub) {
    this.#hub = hub;
  }

  /** Says prompts in a session's bridge, then the sounds of `more`. */
  say(
    session: { readonly session: string; readonly bridge: string },
    prompts: readonly Spoken[],
    more: readonly string[] = [],
  ): void {
    this.#play(session.session, { bridge: session.bridge }, prompts, more);
  }

  /** Says prompts on a leg that is in no bridge yet; campaigns to choose from are read out after them. */
  sayTo(leg: LegId, prompts: readonly Spoken[], campaigns: readonly CampaignName[] = []): void {
    this.#play(leg, { leg }, prompts, campaignSounds(campaigns, this.#hub.parts.spokenNames));
  }

  /** The same; digits of a number are read out after the first prompt. */
  sayNumber(leg: LegId, [first, ...rest]: readonly Spoken[], digits: string): void {
    const number = Array.from(digits.matchAll(/\d/g), ([digit]) => `digits/${digit}`);
    const after = rest.map((prompt) => `outdial/${prompt}`);
    this.#play(leg, { leg }, first === undefined ? [] : [first], [...number, ...after]);
  }

  /** Whether `listener` hears something. */
  isSaying(listener: string): boolean {
    return this.#playing.has(listener);
  }

  /** Stops what `listener` (session or leg) hears. */
  stop(listener: string): void {
    const playing = this.#playing.get(listener);
    if (!playing) return;
    this.#hub.run({ type: 'stop-playing', playback: playing.playback });
    this.#finish(listener);
  }

  /** Runs `then` when `listener` has heard what is being said, at once when nothing is, after `limitMs` at the latest. */
  afterSaying(listener: string, then: () => void, limitMs: number): void {
    const playing = this.#playing.get(listener);
    if (!playing) return then();
    const before = playing.then;
    playing.then = () => {
      before?.();
      then();
    };
    this.#hub.timers.set(`said ${listener}`, this.#hub.now() + limitMs, () =>
      this.#hub.post({ type: 'said-too-long', listener }),
    );
  }

  /** Whoever listens has heard it for long enough. */
  overTime(listener: string): void {
    this.#finish(listener);
  }

  /** The exchange has played a prompt to its end. */
  finished(playback: string): void {
    for (const [listener, playing] of this.#playing) {
      if (playing.playback === playback) return this.#finish(listener);
    }
  }

  #play(listener: string, to: PlayTarget, prompts: readonly Spoken[], more: readonly string[] = []): void {
    const before = this.#playing.get(listener);
    if (before) this.#hub.run({ type: 'stop-playing', playback: before.playback });
    this.#count += 1;
    const playback = `say-${listener}-${this.#count}`;
    this.#playing.set(listener, before?.then ? { playback, then: before.then } : { playback });
    const sounds = [...prompts.map((prompt) => `outdial/${prompt}`), ...more];
    this.#hub.run({ type: 'play', playback, to, sounds }, () => playbackOver(playback, this.#hub.now()));
  }

  #finish(listener: string): void {
    const playing = this.#playing.get(listener);
    this.#playing.delete(listener);
    this.#hub.timers.clear(`said ${listener}`);
    playing?.then?.();
  }
}
