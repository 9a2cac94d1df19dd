// The states of an agent by ear: a soft tone now and then while paused, another in wrap-up, and at each connection a beep
// and the person's name, which the agent alone hears. Nothing waits for a tone, and none is heard over what is being said.

import type { AgentSession } from '../../agent/session.ts';
import type { AgentState } from '../../terms.ts';
import type { Hub } from '../hub.ts';
import type { Prompts } from './prompts.ts';

/** Often enough to know where one is, rarely enough to forget it. */
const EVERY_MS = 12_000;
const TONES: { readonly [S in AgentState]?: string } = {
  paused: 'outdial/state-paused',
  'wrap-up': 'outdial/state-wrap-up',
};

export class StateTones {
  readonly #hub: Hub;
  readonly #prompts: Pick<Prompts, 'isSaying'>;
  #count = 0;

  constructor(hub: Hub, prompts: Pick<Prompts, 'isSaying'>) {
    this.#hub = hub;
    this.#prompts = prompts;
  }

  /** The session is in this state now; `before` absent: it was found after a restart. */
  follow(session: AgentSession, before?: AgentSession): void {
    if (before?.state === session.state) return;
    if (session.state === 'talking' && before !== undefined) this.#connected(session);
    if (session.plan.tones !== true) return;
    const timer = `tone ${session.session}`;
    this.#hub.timers.clear(timer);
    if (TONES[session.state] !== undefined) this.#soon(session.session, timer);
  }

  #soon(id: string, timer: string): void {
    this.#hub.timers.set(timer, this.#hub.now() + EVERY_MS, () => {
      const session = this.#hub.world.sessions.get(id);
      const tone = session && TONES[session.state];
      if (!session || tone === undefined) return;
      if (session.phone === 'up' && !this.#prompts.isSaying(id)) this.#play({ bridge: session.bridge }, [tone]);
      this.#soon(id, timer);
    });
  }

  /** On the agent's own leg: the person does not hear it. */
  #connected({ leg, phone, plan, attempt }: AgentSession): void {
    if (leg === undefined || phone !== 'up') return;
    const person = this.#hub.world.calls.get(attempt ?? '')?.opened.record.name ?? '';
    const whispers = plan.whisper === true && person !== '';
    const name = whispers ? this.#hub.parts.spokenNames?.soundOf(person) : undefined;
    const sounds = [...(plan.tones === true ? ['outdial/connect'] : []), ...(name === undefined ? [] : [name])];
    if (sounds.length > 0) this.#play({ leg }, sounds);
  }

  #play(to: { readonly bridge: string } | { readonly leg: string }, sounds: readonly string[]): void {
    this.#count += 1;
    this.#hub.run({ type: 'play', playback: `tone-${this.#hub.parts.newId()}-${this.#count}`, to, sounds });
  }
}
