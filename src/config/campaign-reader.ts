// Campaign files are read and checked on a thread of their own, one after the other, each within a limit: whatever a file
// holds, and whatever it names, calls never wait for it.

import type { Worker } from 'node:worker_threads';
import { startThread } from '../base/thread.ts';
import type { CampaignContext } from './checking.ts';
import { faultsError } from './faults.ts';
import type { CampaignText, ReadCampaign } from './load-campaigns.ts';
import type { ReadAnswer, ReadRequest } from './reader-thread.ts';
import type { Campaign } from '../campaign/definition.ts';

const THREAD = new URL(import.meta.url.endsWith('.ts') ? './reader-thread.ts' : './reader-thread.js', import.meta.url);
/** No file that somebody wrote takes so long; the thread's own start is in it. */
const LIMIT_MS = 20_000;

export class CampaignReader {
  readonly #limitMs: number;
  #thread: Worker | undefined;
  #last: Promise<unknown> = Promise.resolve();
  #nextId = 1;

  constructor({ limitMs = LIMIT_MS }: { readonly limitMs?: number } = {}) {
    this.#limitMs = limitMs;
  }

  /** The file's campaign with its faults; a fault of its own when it takes too long. */
  read(text: CampaignText, context: CampaignContext): Promise<ReadCampaign> {
    const reading = this.#last.then(() => this.#ask(text, context));
    this.#last = reading.catch(() => undefined);
    return reading;
  }

  /** The campaign that `text` holds; rejects with `campaign-faulty`, which has every fault. */
  async check(text: string, file: string, context: CampaignContext): Promise<Campaign> {
    const { campaign, faults } = await this.read({ file, text }, context);
    if (campaign) return campaign;
    throw faultsError('campaign-faulty', faults);
  }

  async stop(): Promise<void> {
    await this.#last;
    await this.#thread?.terminate();
    this.#thread = undefined;
  }

  #ask(text: CampaignText, context: CampaignContext): Promise<ReadCampaign> {
    const thread = (this.#thread ??= this.#start());
    const id = this.#nextId++;
    return new Promise((resolve, reject) => {
      const late = setTimeout(() => {
        settle();
        this.#thread = undefined;
        void thread.terminate();
        resolve(tooSlow(text));
      }, this.#limitMs);
      const answered = (answer: ReadAnswer): void => {
        if (answer.id !== id) return;
        settle();
        if ('read' in answer) resolve(answer.read);
        else reject(new Error(`reading ${text.file} failed: ${answer.fault}`));
      };
      const ended = (): void => {
        settle();
        this.#thread = undefined;
        reject(new Error(`the thread that reads campaign files ended while it read ${text.file}`));
      };
      const settle = (): void => {
        clearTimeout(late);
        thread.off('message', answered).off('exit', ended);
      };
      thread.on('message', answered).on('exit', ended);
      thread.postMessage({ id, text, context } satisfies ReadRequest);
    });
  }

  #start(): Worker {
    const thread = startThread(THREAD, {});
    thread.unref();
    // An error ends the thread, which is what the reading that waits for it hears.
    thread.on('error', () => undefined);
    return thread;
  }
}

function tooSlow({ file }: CampaignText): ReadCampaign {
  const message = 'The file takes too long to read.';
  return { file, faults: [{ file, severity: 'fault', message, hint: 'Make it smaller and flatter.' }] };
}
