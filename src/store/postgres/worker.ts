// The thread of the PostgreSQL store: carries requests out and sends the answers back. Large answers are read here, not
// where calls are controlled.

import { parentPort, workerData } from 'node:worker_threads';
import { DefinitionReceiver } from '../definitions.ts';
import { packFailure } from '../failure.ts';
import type { Greeting, Message, Request, Response } from '../worker-link.ts';
import { openToRead, openToWrite } from './nouns.ts';
import type { OpenNouns } from './nouns.ts';

export interface WorkerSettings {
  readonly url: string;
  readonly readOnly: boolean;
}

const port = parentPort;
if (!port) throw new Error('the thread of the store is started by openPostgresStore');
const { url, readOnly } = workerData as WorkerSettings;

/** Answers given together travel together. */
let unsent: Response[] = [];
const answer = (response: Response): void => {
  unsent.push(response);
  if (unsent.length > 1) return;
  queueMicrotask(() => {
    port.postMessage(unsent);
    unsent = [];
  });
};

async function carryOut(open: OpenNouns, { id, noun, method, args }: Request): Promise<void> {
  try {
    const part = (open.nouns as Readonly<Record<string, object>>)[noun];
    const work: unknown = part && Reflect.get(part, method);
    if (typeof work !== 'function') throw new Error(`the store has no ${noun}.${method}`);
    answer({ id, value: await (Reflect.apply(work, part, args) as Promise<unknown>) });
  } catch (error) {
    answer({ id, failure: packFailure(error) });
  }
}

try {
  const open = await (readOnly ? openToRead(url) : openToWrite(url));
  const underWay = new Set<Promise<void>>();
  const definitions = new DefinitionReceiver();
  port.on('message', (message: Message) => {
    if (message === 'ping') return port.postMessage('pong');
    if (message === 'close') {
      void open
        .close()
        .then(() => Promise.all(underWay))
        .then(() => port.close());
      return;
    }
    for (const request of message) {
      const work = carryOut(open, { ...request, args: definitions.unpack(request.args) });
      underWay.add(work);
      void work.then(() => underWay.delete(work));
    }
  });
  const methods = Object.entries(open.nouns).map(([noun, part]) => [noun, Object.keys(part as object)] as const);
  port.postMessage({ methods: Object.fromEntries(methods) } satisfies Greeting);
} catch (error) {
  port.postMessage({ failure: packFailure(error) } satisfies Greeting);
  port.close();
}
