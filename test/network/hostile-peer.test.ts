// A SIP peer of our own in the carrier's place: what it is ordered to do is what an admin sees.

import { afterAll, beforeAll, expect, test } from 'vitest';
import { ari } from './plain-ari.ts';
import { DETECTIONS, NOTHING_LEFT, PeerDesk } from '../support/peer-desk.ts';

let desk: PeerDesk;

beforeAll(async () => {
  desk = await PeerDesk.open();
  for (const detection of DETECTIONS) await desk.staff(detection, 2, { detection });
});
afterAll(() => desk.close());

test.each(DETECTIONS)(
  '[D-01] [D-02] detection %s, a person who talks and one who is busy: results, sound and books are right',
  async (detection) => {
    const { talk, busy } = await desk.dial(detection, {
      talk: async (call) => {
        call.ring();
        await call.pause(300);
        await call.answer();
        await call.pause(5000);
        await call.hangUp();
      },
      busy: (call) => call.refuse(486),
    });

    expect(talk).toMatchObject({ results: ['connected'], counted: [true] });
    expect(talk.calls[0]?.heard().firstSoundAt).toBeDefined();
    expect(busy).toMatchObject({ results: ['busy'], counted: [true], silenceMs: 0 });
    expect(await desk.leftOver()).toEqual(NOTHING_LEFT);
  },
  60_000,
);

test('[O-08] a bridge that somebody else made on our Asterisk: audit names it, until it is gone', async () => {
  await ari(desk.box.pbx, 'POST', '/bridges/stray?type=mixing');

  const seen = await desk.desk.cli('audit');
  expect(seen).toMatchObject({ code: 1, json: { content: { faults: [{ what: 'unknown-bridge', bridge: 'stray' }] } } });

  await ari(desk.box.pbx, 'DELETE', '/bridges/stray');
  expect(await desk.desk.cli('audit')).toMatchObject({ code: 0, json: { content: { checked: true, faults: [] } } });
});
