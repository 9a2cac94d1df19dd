// Forged caller IDs and dear numbers on the real network: what the carrier's own books say was dialed.

import { afterAll, beforeAll, expect, test } from 'vitest';
import { personAnswers } from '../../asterisk/box/numbers.ts';
import { inboundRow } from '../../src/http/wire/callbacks.ts';
import { Desk } from '../support/desk.ts';
import { until } from '../support/until.ts';

const LIMIT_MS = 240_000;
const SHOP = '+12125550164';
const HONEST = personAnswers({ afterS: 0, talksS: 2 }, 90);
const LISTED = personAnswers({ afterS: 0, talksS: 2 }, 91);
const LISTED_PREMIUM = '+19005550199';
const FORGED = ['+911', '+112', '+19005550123', '+19001230123', '+881612345678', '+447012345678', '+18765230123'];

let desk: Desk;

beforeAll(async () => {
  desk = await Desk.open();
  await desk.ready('shop', [LISTED_PREMIUM, LISTED], { caller_ids: `{choose: fixed, numbers: ["${SHOP}"]}` });
  await desk.campaign('back', {
    mode: 'auto-callback',
    auto_callback: '{from: [shop], after: 1s}',
    caller_ids: '{choose: fixed, numbers: ["+12125550165"]}',
    wrap_up: '{limit: 0s, disposition: optional}',
  });
  await desk.act('back', 'approve');
  await desk.act('back', 'start');
}, LIMIT_MS);
afterAll(() => desk.close());

const inbound = () => desk.centre.client.get(inboundRow.array(), '/inbound?campaign=shop');

/** The numbers that the carrier was asked for; its own calls to us stand there with their plus. */
async function dialed(): Promise<readonly string[]> {
  const records = await desk.centre.box.readCdr('carrier');
  const numbers = records.map(({ accountCode }) => accountCode);
  return numbers.flatMap((number) => (/^\d/.test(number) ? [`+${number}`] : []));
}

test(
  '[C-15] eight people call with forged numbers and reach no agent: the one honest caller is called back, also after a restart',
  async () => {
    for (const caller of [...FORGED, HONEST]) desk.centre.box.callIn({ caller, called: SHOP, talksS: 20 });
    await until(
      'all of them stand in the books as missed',
      async () =>
        (await inbound()).filter(({ outcome }) => outcome === 'missed').length > FORGED.length ? true : undefined,
      60_000,
    );
    const back = await desk.readyAgent('back');
    expect(await desk.ended('back', 1, 60_000)).toMatchObject([{ number: HONEST, result: 'connected' }]);
    await desk.centre.endDaemon('SIGKILL');
    await desk.centre.startDaemon();
    await desk.isIn(back, 'ready');

    const rows = await inbound();
    expect(rows.filter(({ notCalledBack }) => notCalledBack === null).map(({ caller }) => caller)).toEqual([HONEST]);
    expect(rows.find(({ caller }) => caller === '+911')?.notCalledBack).toBe(
      "The caller's number is an emergency number: never dialed.",
    );
  },
  LIMIT_MS,
);

test(
  '[L-12] a list holds a premium number: the carrier never hears of it, and the record says why',
  async () => {
    await desk.readyAgent('shop');
    await desk.act('shop', 'start');
    expect(await desk.ended('shop', 1, 60_000)).toMatchObject([{ number: LISTED }]);
    const [record] = (await desk.cli('record', 'find', LISTED_PREMIUM)).json as readonly object[];
    expect(record).toMatchObject({ state: 'removed' });
    const shown = await desk.cli('campaign', 'show', 'shop');
    expect(JSON.stringify(shown.json)).toContain(
      'the trunks dial none of their numbers (allow_countries, allow_classes)',
    );
    const explained = await desk.cli('record', 'explain', LISTED_PREMIUM);
    expect(JSON.stringify(explained.json)).toContain(
      `${LISTED_PREMIUM} is a premium number of US: not allowed on trunk main (allow_classes).`,
    );
  },
  LIMIT_MS,
);

test(
  '[X-09] in the end the carrier has been asked for two numbers alone',
  async () => {
    await until(
      'the carrier has written its books',
      async () => ((await dialed()).length >= 2 ? true : undefined),
      30_000,
    );
    expect(new Set(await dialed())).toEqual(new Set([HONEST, LISTED]));
  },
  LIMIT_MS,
);
