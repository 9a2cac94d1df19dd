// A thread of a store that answers, until it is asked to loop for ever.

import { parentPort } from 'node:worker_threads';
import type { Greeting, Message, Word } from '../../src/store/worker-link.ts';

const port = parentPort;
if (!port) throw new Error('this is a thread');
port.on('message', (message: Message) => {
  if (message === 'ping') return port.postMessage('pong' satisfies Word);
  if (message === 'close') return port.close();
  for (const { id, method } of message) {
    if (method === 'loop') for (;;);
    port.postMessage([{ id, value: method }] satisfies Word);
  }
});
port.postMessage({ methods: { work: ['answer', 'loop'] } } satisfies Greeting);
