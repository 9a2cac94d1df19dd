// Sends what the agent asks for. Every click has a key, so that one whose answer was lost is sent again and done once; a
// command is not answered from here but by the server's view.

import { defined } from '../../base/defined.ts';
import { isError, type Ask } from './ask.ts';
import type { DeskAct, DeskCommand, DeskView, DeskWish, LiveEvent, Refusal } from './live.ts';

export interface CommandOptions {
  readonly take: (event: LiveEvent) => void;
  readonly ask: Ask;
  readonly now: () => number;
  readonly newKey: () => string;
  readonly wait: (ms: number) => Promise<void>;
}

/** A click that was not answered for so long is given up: by then it is not what the agent wants any more. */
const TRIES = 4;
const BETWEEN_MS = 800;

interface CommandAnswer {
  readonly answer: 'done' | 'repeated' | 'refused';
  readonly view?: DeskView;
  readonly missing?: Refusal['missing'];
}

type ToInteraction = { readonly id: string; readonly version?: number };

export class Commands {
  readonly #options: CommandOptions;

  constructor(options: CommandOptions) {
    this.#options = options;
  }

  /** True once it is done. */
  wish(wish: DeskWish): Promise<boolean> {
    const key = this.#options.newKey();
    return this.#send(wish.do, { key, wish });
  }

  /** `isLeaving`: the page may be gone before the answer. */
  act(to: ToInteraction, act: DeskAct, isLeaving = false): Promise<boolean> {
    const key = this.#options.newKey();
    const expects = defined({ expects: to.version });
    return this.#send(act.do, { key, interaction: to.id, ...expects, act }, isLeaving);
  }

  async #send(
    what: Refusal['what'] & (DeskWish['do'] | DeskAct['do']),
    command: DeskCommand,
    isLeaving = false,
  ): Promise<boolean> {
    const { take, now, wait } = this.#options;
    const { key } = command;
    const interaction = 'interaction' in command ? { interaction: command.interaction } : {};
    take({ type: 'asked', asked: { key, what, ...interaction, isUnsure: false } });
    for (let tried = 1; tried <= TRIES; tried += 1) {
      const answer = await this.#once(what, command, isLeaving);
      if (answer !== undefined) {
        take({ type: 'answered', key, now: now(), ...answer });
        return answer.refusal === undefined;
      }
      take({ type: 'unsure', key });
      await wait(BETWEEN_MS * tried);
    }
    take({ type: 'answered', key, now: now(), refusal: unanswered(what) });
    return false;
  }

  /** Undefined: no answer. */
  async #once(
    what: Refusal['what'],
    command: DeskCommand,
    keepalive: boolean,
  ): Promise<{ readonly view?: DeskView; readonly refusal?: Refusal } | undefined> {
    try {
      const { status, body } = await this.#options.ask<CommandAnswer>('POST', '/api/agent/commands', command, {
        keepalive,
      });
      const view = defined({ view: body.view });
      if (!isError(body)) return view;
      if (status === 401) this.#options.take({ type: 'link', link: 'signed-out' });
      if (status >= 500) return undefined;
      return { ...view, refusal: { what, ...body.error, missing: body.missing ?? [] } };
    } catch {
      return undefined;
    }
  }
}

function unanswered(what: Refusal['what']): Refusal {
  return { what, code: 'unanswered', message: '', hint: '', missing: [] };
}
