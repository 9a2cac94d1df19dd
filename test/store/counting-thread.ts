// A thread of a store that answers each request with the place of its message and its own place in that.

import { parentPort } from 'node:worker_threads';
import type { Greeting, Message, Word } from '../../src/store/worker-link.ts';

const port = parentPort;
if (!port) throw new Error('this is a thread');
let messages = 0;
port.on('message', (message: Message) => {
  if (message === 'ping') return port.postMessage('pong' satisfies Word);
  if (message === 'close') return port.close();
  messages += 1;
  port.postMessage(message.map(({ id }, place) => ({ id, value: `${messages}.${place + 1}` })) satisfies Word);
});
port.postMessage({ methods: {} } satisfies Greeting);
