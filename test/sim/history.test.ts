import { expect, test } from 'vitest';
import type { AttemptRow } from '../../src/engine/store/attempts.ts';
import { History } from '../../src/sim/forecast/history.ts';

const DIALED_AT = 1_000_000;

test.each([
  ['hung up half a second after the answer, before an agent was sought', 'abandoned', 520, true],
  ['hung up as the agent was being joined', 'rejected', 900, true],
  ['waited two seconds for an agent and heard the message', 'abandoned', 9000, false],
  ['talked with an agent', 'connected', 60_000, false],
] as const)('[P-08] a person who %s (%#)', (_name, result, endedMs, hangsUp) => {
  const answeredAt = DIALED_AT + 8000;
  const history = new History();
  const times = { dialedAt: DIALED_AT, ringingAt: DIALED_AT + 100, answeredAt, liveAt: answeredAt + 500 };
  history.add({ ...times, record: 1, result, bridgedAt: null, endedAt: answeredAt + endedMs } as AttemptRow);

  const [sample] = history.behaviour(0, 2).dials;
  expect(sample?.dial).toMatchObject({ end: 'person', ringS: 7.9, verdictS: 0.5, hangsUp });
});
