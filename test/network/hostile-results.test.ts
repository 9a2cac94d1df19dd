// Calls that come to an end that no carrier should make: the result, whether it counts, and what an admin is shown of it.

import { afterAll, beforeAll, expect, test } from 'vitest';
import { recordRow } from '../../src/http/wire/wire.ts';
import { DETECTIONS, NOTHING_LEFT, PeerDesk, type Outcome } from '../support/peer-desk.ts';
import type { Script } from '../support/sip-peer.ts';
import type { SipCall } from '../support/sip/call.ts';
import { until } from '../support/until.ts';

let desk: PeerDesk;

beforeAll(async () => {
  desk = await PeerDesk.open();
  await desk.staff('late', 4);
  for (const detection of DETECTIONS) await desk.staff(detection, 2, { detection });
}, 240_000);
afterAll(() => desk.close());

/** Rings until our CANCEL comes, and is picked up so long after it. */
const pickedUpAfter =
  (pickUpAfterMs: number): Script =>
  async (call) => {
    call.manners.cancel = { pickUpAfterMs };
    call.ring();
    await call.until('end');
  };

/** Rings for a moment, then does the rest. */
const afterRinging =
  (then: (call: SipCall) => Promise<void> | void): Script =>
  async (call) => {
    call.ring();
    await call.pause(400);
    await then(call);
  };

const said = ({ rows }: Outcome) => rows.map(({ result, counts, why }) => ({ result, counts, why }));

const recordOf = async ({ rows }: Outcome) =>
  desk.desk.centre.client.get(recordRow, `/records/${rows[0]?.record ?? 0}`);

test('[D-01] [X-07] picked up as our CANCEL comes, 2 s and 12 s after it: abandoned, with the time of the answer', async () => {
  const { cross, soon, later, agreed } = await desk.dial(
    'late',
    {
      cross: pickedUpAfter(0),
      soon: pickedUpAfter(2000),
      later: pickedUpAfter(12_000),
      agreed: async (call) => {
        call.ring();
        await call.until('end');
      },
    },
    90_000,
  );

  for (const late of [cross, soon, later]) {
    expect(late).toMatchObject({ results: ['abandoned'], counted: [true] });
    const [row] = late.rows;
    const [call] = late.calls;
    expect(row).toMatchObject({
      endedBy: 'dialer',
      sipCode: 200,
      why: 'picked up after we had hung up (SIP 200 OK)',
      bridgedAt: null,
    });
    expect(Math.abs((row?.answeredAt ?? 0) - (call?.seen.answeredAt ?? 0))).toBeLessThan(500);
    expect(row?.liveAt).not.toBeNull();
  }
  expect(said(agreed)).toEqual([{ result: 'no-answer', counts: true, why: 'not picked up within the ring time' }]);
  const ledger = await desk.desk.cli('report', 'abandonment', '--campaign', 'late', '--rules', 'us-federal');
  expect(JSON.stringify(ledger.json)).toContain('"abandoned":3');
  expect(await desk.leftOver()).toEqual(NOTHING_LEFT);
}, 240_000);

test('[D-01] [O-09] [X-07] the daemon is killed after our CANCEL and is back before the person picks up: abandoned', async () => {
  const number = desk.peer.number(pickedUpAfter(26_000));
  await desk.begin('late', [number]);
  await until('it was cancelled', () => Promise.resolve(desk.peer.callsTo(number)[0]?.seen.cancelledAt), 60_000);
  await new Promise((resolve) => setTimeout(resolve, 800));

  await desk.desk.centre.endDaemon('SIGKILL');
  await desk.desk.centre.startDaemon();

  const { results, counted, rows, calls } = await until(
    'it is over',
    async () => {
      const outcome = await desk.outcome(number);
      return outcome.results.some((result) => result !== null) ? outcome : undefined;
    },
    60_000,
  );
  expect({ results, counted }).toEqual({ results: ['abandoned'], counted: [true] });
  expect(rows[0]).toMatchObject({ endedBy: 'dialer', sipCode: 200, bridgedAt: null });
  expect(Math.abs((rows[0]?.answeredAt ?? 0) - (calls[0]?.seen.answeredAt ?? 0))).toBeLessThan(500);
  await desk.stop('late');
  expect(await desk.leftOver()).toEqual(NOTHING_LEFT);
}, 240_000);

// A limit of Asterisk 22 that docs/call-states.md names: should a later one do better, the page is to be changed.
test('[D-01] two phones pick up (forked 200s): the first talks; the second gets neither ACK nor BYE', async () => {
  const { forked } = await desk.dial('late', {
    forked: async (call) => {
      call.ring();
      await call.answer();
      await call.fork();
      await call.pause(6000);
      await call.hangUp();
    },
  });

  expect(forked).toMatchObject({ results: ['connected'], counted: [true] });
  const heard = forked.calls[0]?.log.map(({ what }) => what) ?? [];
  expect(heard.filter((what) => what === 'ACK')).toHaveLength(2); // one for each answer, both with the tag of the first
  expect(heard.filter((what) => what.endsWith(' fork'))).toEqual(['> 200 fork']);
  expect(await desk.leftOver()).toEqual(NOTHING_LEFT);
});

test.each(DETECTIONS)(
  '[D-01] [X-07] detection %s, picked up and no sound can be agreed on: abandoned, ended by the network, counted',
  async (detection) => {
    const outcomes = await desk.dial(detection, {
      none: afterRinging((call) => call.answer({ sdp: 'none' })),
      g722: afterRinging((call) => call.answer({ sdp: 'g722' })),
      port: afterRinging((call) => call.answer({ sdp: 'port-0' })),
    });

    for (const mute of Object.values(outcomes)) {
      expect(mute).toMatchObject({ results: ['abandoned'], counted: [true] });
      expect(mute.rows[0]?.answeredAt).not.toBeNull();
      expect(mute.rows[0]).toMatchObject({ endedBy: 'network' });
      expect(mute.rows[0]?.why).toMatch(/^picked up, and no sound could be agreed on \(SIP 4(88|06) /);
    }
    expect(await desk.leftOver()).toEqual(NOTHING_LEFT);
  },
  120_000,
);

test.each(DETECTIONS)(
  '[D-01] detection %s, picked up and put down within 100 ms: rejected, and the agent is ready again',
  async (detection) => {
    const { quick } = await desk.dial(detection, {
      quick: afterRinging(async (call) => {
        await call.answer();
        await call.pause(80);
        await call.hangUp();
      }),
    });

    expect(quick).toMatchObject({ results: ['rejected'], counted: [true] });
    expect(quick.rows[0]?.why).toMatch(/^put down/);
    expect(await desk.leftOver()).toEqual(NOTHING_LEFT);
  },
  120_000,
);

test('[D-08] [L-10] a phone that rang and was then given up by the network: counts, and is not dialed again', async () => {
  const { timeout, error, congestion } = await desk.dial('off', {
    timeout: afterRinging((call) => call.refuse(408)),
    error: afterRinging((call) => call.refuse(500)),
    congestion: afterRinging((call) => call.refuse(503)),
  });

  expect(said(timeout)).toEqual([{ result: 'no-answer', counts: true, why: 'SIP 408 Request Timeout after ringing' }]);
  expect(said(error)).toEqual([{ result: 'failed', counts: true, why: 'SIP 500 Server Internal Error after ringing' }]);
  expect(said(congestion)).toEqual([
    { result: 'congestion', counts: true, why: 'SIP 503 Service Unavailable after ringing' },
  ]);
  for (const outcome of [timeout, error, congestion]) {
    expect(await recordOf(outcome)).toMatchObject({ state: 'finished', attempts: 1, uncounted: 0 });
  }
});

test('[D-08] [L-10] before any ringing: what failed on the way backs off, a redirection is not followed and counts', async () => {
  const { hops, elsewhere, moved } = await desk.dial('before-agent', {
    hops: (call) => call.refuse(483),
    elsewhere: (call) => call.refuse(302, [['contact', '<sip:+12125550100@127.0.0.1:9>']]),
    moved: (call) => call.refuse(301, [['contact', '<sip:+12125550100@127.0.0.1:9>']]),
  });

  expect(said(hops)).toEqual([{ result: 'failed', counts: false, why: 'SIP 483 Too Many Hops; does not count' }]);
  const waiting = await recordOf(hops);
  expect(waiting).toMatchObject({ state: 'waiting', attempts: 0, uncounted: 1 });
  const waits = (waiting.dueAt ?? 0) - (hops.rows[0]?.endedAt ?? 0);
  expect(waits).toBeGreaterThanOrEqual(60_000);
  expect(waits).toBeLessThanOrEqual(75_000);
  expect(said(elsewhere)).toEqual([
    { result: 'failed', counts: true, why: 'SIP 302 Moved Temporarily: redirected, which is not followed' },
  ]);
  expect(said(moved)).toMatchObject([{ result: 'invalid-number', counts: true }]);
  for (const outcome of [elsewhere, moved]) expect(await recordOf(outcome)).toMatchObject({ state: 'finished' });
});

test('[D-08] Retry-After: of 486 the record waits for as long, of 503 the trunk rests, and both say so', async () => {
  await desk.staff('retry', 1, { changes: { call_again: '[{when: result == "busy", after: 1m}]' } });
  const { busy } = await desk.dial('retry', { busy: (call) => call.refuse(486, [['retry-after', '3600']]) });
  const { dueAt, why } = await recordOf(busy);
  expect((dueAt ?? 0) - (busy.rows[0]?.endedAt ?? 0)).toBe(3_600_000);
  expect(why).toContain('Not before 1h: the network said so.');

  const never = desk.peer.number((call) => call.refuse(486));
  await desk.dial('retry', { away: (call) => call.refuse(503, [['retry-after', '120 (maintenance)']]) });
  await desk.desk.list('retry', [never]);
  await desk.desk.act('retry', 'start');
  await until(
    'the trunk rests for as long as it said',
    async () => ((await desk.desk.show('retry')).why.includes('its own word (Retry-After 2m)') ? true : undefined),
    20_000,
  );
  expect(desk.peer.callsTo(never)).toEqual([]);
});
