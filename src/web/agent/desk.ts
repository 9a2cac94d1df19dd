// Everything of one page put together: the stream, the reducer, the commands, the drafts, the script, and Done with its
// undo. Views read it and call it; it knows no view.

import { ask } from '../live/ask.ts';
import { CallDesk } from '../live/call.ts';
import { Commands } from '../live/commands.ts';
import { Drafts } from '../live/drafts.ts';
import { OpenEdits } from '../live/edits.ts';
import type { DeskAct, DeskInteraction, DeskWish } from '../live/live.ts';
import { ScriptDesk } from '../live/script.ts';
import { LiveStore } from '../live/store.ts';
import { Stream } from '../live/stream.ts';
import { FinishingDesk } from './finishing.ts';
import { BrowserPhone } from './phone/browser-phone.ts';

/** Tries to save what is typed before a record is closed; then it is closed in any case. */
const SAVE_TRIES = 5;

export class Desk {
  readonly live = new LiveStore();
  readonly drafts: Drafts;
  readonly edits = new OpenEdits();
  readonly script: ScriptDesk;
  readonly call: CallDesk;
  readonly finishing: FinishingDesk;
  readonly phone: BrowserPhone;
  readonly #stream: Stream;
  readonly #commands: Commands;

  constructor() {
    const parts = { ask, now: this.now, newKey, take: this.live.take };
    this.drafts = new Drafts(parts);
    this.script = new ScriptDesk(parts);
    this.call = new CallDesk(parts);
    this.#stream = new Stream(parts);
    this.#commands = new Commands({ ...parts, wait });
    this.finishing = new FinishingDesk({
      now: this.now,
      close: ({ interaction, stop }) => this.#close(interaction, stop),
    });
    this.phone = new BrowserPhone(this.live);
    this.live.subscribe(() => this.#look());
  }

  /** The page's own clock: it only runs forward, whatever the machine's is set to. */
  readonly now = (): number => performance.now();

  /** The server's clock. */
  readonly serverNow = (): number => this.now() + this.live.get().aheadMs;

  /** Begins, or takes the workspace over from another window. */
  start(): () => void {
    this.#stream.start();
    const leave = (): void => {
      if (document.visibilityState !== 'hidden') return this.#stream.look();
      this.drafts.flushAll(true);
      void this.edits.flush(true);
      void this.script.flush(true);
    };
    const back = (): void => this.#stream.look();
    document.addEventListener('visibilitychange', leave);
    globalThis.addEventListener('pagehide', leave);
    globalThis.addEventListener('online', back);
    return () => {
      this.#stream.stop();
      document.removeEventListener('visibilitychange', leave);
      globalThis.removeEventListener('pagehide', leave);
      globalThis.removeEventListener('online', back);
    };
  }

  readonly takeOver = (): void => {
    this.live.take({ type: 'link', link: 'opening' });
    this.#stream.start();
  };

  readonly wish = (wish: DeskWish): Promise<boolean> => this.#commands.wish(wish);

  /** An act on the interaction in hand, as it was seen. */
  readonly act = (act: DeskAct): Promise<boolean> => {
    const { interaction } = this.live.get().view ?? {};
    if (interaction === null || interaction === undefined) return Promise.resolve(false);
    const { id, version } = interaction;
    return this.#commands.act(isTied(act) ? { id, version } : { id }, act);
  };

  /** Fields of the record in hand as they were typed; `isLeaving`: the page may be gone before the answer. */
  edit(interaction: string, fields: Extract<DeskAct, { do: 'edit-fields' }>['fields'], isLeaving: boolean) {
    return this.#commands.act({ id: interaction }, { do: 'edit-fields', fields }, isLeaving);
  }

  /** Done, unless a field that is being edited cannot be saved: its editor says why. */
  async finish(stop = false): Promise<void> {
    if (!(await this.edits.flush())) return;
    const { view } = this.live.get();
    const one = view?.interaction;
    if (!one) return;
    const leftMs = one.state === 'wrap-up' && one.deadlineAt !== null ? one.deadlineAt - this.serverNow() : undefined;
    this.finishing.begin(one.id, stop, leftMs);
  }

  async #close(interaction: string, stop: boolean): Promise<void> {
    await this.edits.flush();
    for (let tried = 0; tried < SAVE_TRIES; tried += 1) {
      if ((await this.script.flush()) || !this.script.get().isStuck) break;
      await wait(150);
    }
    for (let tried = 0; tried < SAVE_TRIES; tried += 1) {
      if (await this.drafts.flush(interaction)) break;
      await wait(150);
    }
    await this.#commands.act({ id: interaction }, { do: 'done', stop });
  }

  #look(): void {
    const { view } = this.live.get();
    const one = view?.interaction ?? undefined;
    if (one !== undefined) this.drafts.see(one, view?.forms);
    this.script.see(attemptOf(one));
    this.call.see(view?.call ?? null);
    this.finishing.see(one?.id);
  }
}

/** The call whose script is open: the one talked on or wrapped up. */
function attemptOf(one: DeskInteraction | undefined): string | null {
  if (one === undefined || (one.state !== 'talking' && one.state !== 'wrap-up')) return null;
  return one.call?.attempt ?? one.tried.at(-1)?.attempt ?? null;
}

/** What depends on the state that was seen; texts and remarks do not. */
function isTied({ do: what }: DeskAct): boolean {
  return what === 'call' || what === 'decline' || what === 'accept' || what === 'reject' || what === 'cancel-dial';
}

const newKey = (): string => crypto.randomUUID();
const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
