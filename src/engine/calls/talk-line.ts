// Carries out on the exchange what the controls of a conversation ask for: the person's leg out of the agent's bridge and
// back, the music on hold, the agent's leg muted; and what the agent hears of it. Decides nothing.

import type { CallEffect } from '../../call/call.ts';
import type { TalkEvent, TalkOrder } from '../../call/talk.ts';
import type { AttemptId } from '../../terms.ts';
import type { Prompts } from '../agents/prompts.ts';
import type { EngineEvent } from '../events.ts';
import type { Hub, Refused } from '../hub.ts';
import type { LiveCall } from '../world.ts';

/** The agent, who hears nothing of a person on hold, is reminded of them as often. */
const REMIND_MS = 20_000;

type AgentPrompt = Extract<CallEffect, { do: 'prompt-agent' }>['what'];
const SAID = { held: 'on-hold', open: 'connect', 'third-here': 'connect', 'third-gone': 'third-gone' } as const;

type Does = 'part' | 'rejoin' | 'start-hold-music' | 'stop-hold-music' | 'mute-agent' | 'unmute-agent' | 'prompt-agent';
type Handlers = { readonly [What in Does]: (live: LiveCall, effect: Extract<CallEffect, { do: What }>) => void };

export class TalkLine {
  readonly #hub: Hub;
  readonly #prompts: Pick<Prompts, 'say'>;

  constructor(hub: Hub, prompts: Pick<Prompts, 'say'>) {
    this.#hub = hub;
    this.#prompts = prompts;
  }

  readonly handlers: Handlers = {
    part: ({ call: { attempt, leg } }, { bridge }) =>
      this.#ask({ type: 'remove-from-bridge', bridge, leg }, attempt, { done: 'parted', order: 'hold' }),
    rejoin: ({ call: { attempt, leg } }, { bridge }) =>
      this.#ask({ type: 'add-to-bridge', bridge, leg }, attempt, { done: 'rejoined', order: 'resume' }),
    'start-hold-music': ({ call: { leg } }) => this.#hub.run({ type: 'start-music', to: { leg } }),
    'stop-hold-music': ({ call: { leg } }) => this.#hub.run({ type: 'stop-music', to: { leg } }),
    'mute-agent': (live, { session }) => this.#mute(live, session, 'mute'),
    'unmute-agent': (live, { session }) => this.#mute(live, session, 'unmute'),
    'prompt-agent': (live, { what }) => this.#prompt(live, what),
  };

  #mute({ call: { attempt } }: LiveCall, session: string, order: 'mute' | 'unmute'): void {
    const leg = this.#hub.world.sessions.get(session)?.leg;
    const done = order === 'mute' ? 'muted' : 'unmuted';
    if (leg === undefined) return this.#hub.post(control(attempt, { type: 'refused', order }));
    this.#ask({ type: order, leg }, attempt, { done, order });
  }

  #ask(
    command: Parameters<Hub['run']>[0] & { readonly leg: string },
    attempt: AttemptId,
    { done, order }: { readonly done: 'parted' | 'rejoined' | 'muted' | 'unmuted'; readonly order: TalkOrder },
  ): void {
    const refused: Refused = () => {
      // What the exchange has made of it is seen by where the leg is.
      if (order === 'hold') this.#hub.world.leaving.delete(command.leg);
      if (order === 'hold') this.#hub.post({ type: 'seat', leg: command.leg, step: 'check' });
      return control(attempt, { type: 'refused', order });
    };
    this.#hub.runThen(command, control(attempt, { type: done }), refused);
  }

  /** Words for a hold, none for mute: the person would hear them. A hold is recalled by a short tone. */
  #prompt({ call }: LiveCall, what: AgentPrompt): void {
    const session = this.#hub.world.sessions.get(call.session ?? '');
    if (!session) return;
    this.#prompts.say(session, [SAID[what]]);
    if (what === 'held') this.#remindSoon(call.attempt);
    else this.#hub.timers.clear(`hold ${call.attempt}`);
  }

  #remindSoon(attempt: AttemptId): void {
    this.#hub.timers.set(`hold ${attempt}`, this.#hub.now() + REMIND_MS, () => {
      const call = this.#hub.world.calls.get(attempt)?.call;
      const session = this.#hub.world.sessions.get(call?.session ?? '');
      if (call?.talk?.line !== 'held' || !session) return;
      this.#prompts.say(session, ['hold-reminder']);
      this.#remindSoon(attempt);
    });
  }
}

function control(attempt: AttemptId, event: TalkEvent): EngineEvent {
  return { type: 'call', attempt, event: { type: 'control', control: event } };
}
