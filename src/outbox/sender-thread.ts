// The thread that speaks to the outside: what hangs or answers slowly there, and what signing costs, is no matter of the
// thread that controls calls.

import { parentPort, workerData } from 'node:worker_threads';
import { giveWay } from '../base/thread.ts';
import type { OutboxMessage } from '../engine/store/outbox.ts';
import type { Outcome, Receiver, SendAnswer, SendOrder } from './receivers.ts';
import { postEvent } from './webhook.ts';

/** Messages to one receiver that are under way at a time; none of them has the key of another. */
const AT_ONCE = 4;

const port = parentPort;
if (!port) throw new Error('the thread is started by Sender');
giveWay();
const { receivers } = workerData as { readonly receivers: readonly Receiver[] };
const byName = new Map(receivers.map((receiver) => [receiver.name, receiver]));

port.on('message', ({ order, receiver, messages }: SendOrder) => {
  sendAll(byName.get(receiver), messages).then(
    (outcomes) => port.postMessage({ order, outcomes } satisfies SendAnswer),
    (fault: unknown) => {
      const failed = messages.map(({ id }): Outcome => ({ id, kind: 'message', fault: String(fault) }));
      port.postMessage({ order, outcomes: failed } satisfies SendAnswer);
    },
  );
});

/** The library for mail is loaded where there is mail. */
async function sendOne(receiver: Receiver, message: OutboxMessage): Promise<Outcome> {
  if (receiver.kind === 'webhook') return postEvent(receiver, message, Date.now());
  const { sendMail } = await import('./mail.ts');
  return sendMail(receiver, message);
}

/** Sends them side by side; once one meets a receiver that takes nothing, the rest is left. */
async function sendAll(
  receiver: Receiver | undefined,
  messages: readonly OutboxMessage[],
): Promise<readonly Outcome[]> {
  if (!receiver) return messages.map(({ id }) => ({ id, kind: 'message', fault: 'there is no such receiver' }));
  const waiting = [...messages];
  const outcomes: Outcome[] = [];
  let isAway = false;
  const sendNext = async (): Promise<void> => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const outcome: Outcome = isAway ? { id: next.id, kind: 'untried' } : await sendOne(receiver, next);
      isAway ||= outcome.kind === 'receiver';
      outcomes.push(outcome);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, sendNext));
  return outcomes;
}
