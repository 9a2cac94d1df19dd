// What called people and their machines are played: the sound of waiting, the safe-harbour message, the confirmation of
// the do-not-call list, the campaign's message to a machine. One playback of a kind for each call, named by its attempt.

import type { CallEvent } from '../../call/call.ts';
import type { AttemptId } from '../../terms.ts';
import type { Hub } from '../hub.ts';
import type { LiveCall } from '../world.ts';

/** Stands for the agent's number in the name of an agent's own message. */
const AGENT = '{agent}';

type Kind = 'waiting' | 'abandon-message' | 'confirmation' | 'message';

const playbackOf = (kind: Kind, attempt: AttemptId): string => `${kind}-${attempt}`;

/** What the end of a playback means to its call; undefined when the playback is no call's. */
export function eventOfPlayback(
  playback: string,
): { readonly attempt: AttemptId; readonly event: CallEvent } | undefined {
  const [, kind, attempt] = /^(abandon-message|confirmation|message)-(.+)$/.exec(playback) ?? [];
  if (kind === undefined || attempt === undefined) return undefined;
  return { attempt, event: OVER[kind as keyof typeof OVER] };
}

const OVER = {
  'abandon-message': { type: 'abandon-message-over' },
  confirmation: { type: 'confirmation-over' },
  message: { type: 'message-over', played: true },
} as const satisfies Partial<Record<Kind, CallEvent>>;

export class CallSounds {
  readonly #hub: Hub;

  constructor(hub: Hub) {
    this.#hub = hub;
  }

  startWaiting(live: LiveCall): void {
    const sound = this.#whileWaiting(live);
    const to = { leg: live.call.leg };
    if (live.call.bridgedAt !== undefined || sound === 'music') this.#hub.run({ type: 'start-music', to });
    else if (sound !== 'silence') {
      this.#hub.run({ type: 'play', playback: playbackOf('waiting', live.call.attempt), to, sounds: [sound.sound] });
    }
  }

  stopWaiting(live: LiveCall): void {
    const sound = this.#whileWaiting(live);
    if (live.call.bridgedAt !== undefined || sound === 'music') {
      this.#hub.run({ type: 'stop-music', to: { leg: live.call.leg } });
    } else if (sound !== 'silence') {
      this.#hub.run({ type: 'stop-playing', playback: playbackOf('waiting', live.call.attempt) });
    }
  }

  playAbandonMessage(live: LiveCall): void {
    this.#play(live, 'abandon-message', this.#answer(live)?.noAgentSound ?? 'outdial/abandon', OVER['abandon-message']);
  }

  stopAbandonMessage({ call }: LiveCall): void {
    this.#hub.run({ type: 'stop-playing', playback: playbackOf('abandon-message', call.attempt) });
  }

  confirmDoNotCall(live: LiveCall): void {
    const sound = this.#answer(live)?.doNotCall?.sound ?? 'outdial/do-not-call-confirmed';
    this.#play(live, 'confirmation', sound, OVER.confirmation);
  }

  /** The campaign's message, or that of the agent who heard the machine, where the campaign wants that. */
  leaveMessage(live: LiveCall): void {
    const message = this.#answer(live)?.message;
    const refused: CallEvent = { type: 'message-over', played: false };
    if (!message) return this.#hub.post({ type: 'call', attempt: live.call.attempt, event: refused });
    const { session } = live.call;
    const agent = session === undefined ? undefined : this.#hub.world.sessions.get(session)?.agent;
    const own = agent === undefined ? undefined : message.ofAgent?.replace(AGENT, agent);
    this.#play(live, 'message', own ?? message.sound, refused);
  }

  #play({ call }: LiveCall, kind: Kind, sound: string, refused: CallEvent): void {
    const { attempt, leg } = call;
    const playback = playbackOf(kind, attempt);
    this.#hub.run({ type: 'play', playback, to: { leg }, sounds: [sound], relieves: true }, () => ({
      type: 'call',
      attempt,
      event: refused,
    }));
  }

  #answer({ call }: LiveCall) {
    return this.#hub.world.campaigns.get(call.campaign)?.definition.answer;
  }

  #whileWaiting(live: LiveCall) {
    return this.#answer(live)?.whileWaiting ?? 'silence';
  }
}
