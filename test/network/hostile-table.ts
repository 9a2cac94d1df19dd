// npx tsx test/network/hostile-table.ts: every hostile call with every detection mode, as a table.

import { ANSWERED, LONG_RING, UNANSWERED, type HostileCall } from '../support/hostile-calls.ts';
import { DETECTIONS, PeerDesk } from '../support/peer-desk.ts';
import type { Detection } from '../../src/terms.ts';

async function table(desk: PeerDesk, calls: readonly HostileCall[], detection: Detection): Promise<void> {
  const scripts = Object.fromEntries(calls.map((call) => [call.name, call.script()]));
  const outcomes = await desk.dial(detection, scripts, 120_000);
  for (const call of calls) {
    const outcome = outcomes[call.name];
    if (!outcome) continue;
    const log = outcome.calls
      .map((each) => each.log.map(({ what, at }) => `${at - each.seen.invitedAt}:${what}`).join(' '))
      .join(' | ');
    process.stdout.write(
      `${detection} | ${call.name} | ${outcome.results.join(' ')} | ${outcome.counted.join(' ')} | ${outcome.silenceMs} | ${outcome.rows.map((r) => `${r.endedBy} ${r.sipCode} ${r.cause} ${r.verdict}`).join(' ')} | ${log}\n`,
    );
  }
}

const which = process.argv[2] ?? 'all';
const desk = await PeerDesk.open();
try {
  if (which !== 'unanswered') {
    await Promise.all(DETECTIONS.map((detection) => desk.staff(detection, 6, { detection })));
    await Promise.all(DETECTIONS.map((detection) => table(desk, ANSWERED, detection)));
  } else {
    const changes = {
      mode: 'ratio',
      pacing: `{ring: ${LONG_RING}, min_ring: 15s, ratio: 10, max_lines: 40, max_calls_per_second: 40}`,
    };
    await Promise.all(DETECTIONS.map((detection) => desk.staff(detection, 2, { detection, changes })));
    await Promise.all(DETECTIONS.map((detection) => table(desk, UNANSWERED, detection)));
  }
  process.stdout.write(`${JSON.stringify(await desk.leftOver())}\n`);
} finally {
  await desk.close();
}
