// Events that are lost on the way from Asterisk, while the link stands: what became of a leg is found out by looking, and
// no person waits in silence for it.

import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import * as numbers from '../../asterisk/box/numbers.ts';
import { Desk, type DeskAgent } from '../support/desk.ts';
import { EventSieve, type SievedEvent } from '../support/event-sieve.ts';
import { firstSoundMs } from '../support/hearing.ts';
import { until } from '../support/until.ts';

const LIMIT_MS = 240_000;

let desk: Desk;
let sieve: EventSieve;

beforeAll(async () => {
  desk = await Desk.open({
    record: true,
    link: async ({ ariUrl, amiHost, amiPort }) => {
      const { hostname, port } = new URL(ariUrl);
      sieve = await EventSieve.open(hostname, Number(port));
      return { ariUrl: `http://127.0.0.1:${sieve.port}`, amiHost, amiPort };
    },
  });
});
afterEach(() => {
  sieve.drop(() => false);
});
afterAll(async () => {
  await desk.close();
  await sieve.close();
});

const isPersons = ({ channel }: SievedEvent): boolean => channel?.id.startsWith('c-') === true;
/** Events of people's legs of these types are lost. */
const lost =
  (...types: string[]) =>
  (event: SievedEvent): boolean =>
    isPersons(event) && types.includes(event.type) && event.channel?.state !== 'Ringing';

const CAMPAIGN = {
  mode: 'ratio',
  pacing: '{ratio: 1, abandon_target: 3%, ring: 20s, min_ring: 15s, max_lines: 20, max_calls_per_second: 20}',
  wrap_up: '{limit: 1s, disposition: optional, over: ready}',
};

async function calling(campaign: string, index: number, talksS = 6): Promise<DeskAgent[]> {
  const people = [0, 1].map((place) => numbers.personAnswers({ afterS: 2, talksS }, index + place));
  await desk.ready(campaign, people, CAMPAIGN);
  const agents = [await desk.readyAgent(campaign), await desk.readyAgent(campaign)];
  await desk.act(campaign, 'start');
  return agents;
}

describe('[O-09] people pick up, agents are ready, and for 8 s there is no word of', () => {
  test.each([
    [1, 'their arrival', ['StasisStart']],
    [2, 'their answer', ['ChannelStateChange']],
    [3, 'their entering the bridge', ['ChannelEnteredBridge']],
  ] as const)(
    '%i: %s: they meet within 2 s all the same',
    async (place, _what, types) => {
      const campaign = `lost-${place}`;
      sieve.drop(lost(...types));
      await calling(campaign, 700 + 10 * place);
      setTimeout(() => sieve.drop(() => false), 8_000);

      const rows = await desk.ended(campaign, 2, 40_000);

      expect(sieve.dropped).toBeGreaterThan(0);
      for (const row of rows) {
        expect(row).toMatchObject({ result: 'connected' });
        expect(firstSoundMs(desk.heard(row))).toBeLessThanOrEqual(2_000);
      }
    },
    LIMIT_MS,
  );

  test(
    'anything but what rings: they hear the message within 2 s and are abandoned, not failed',
    async () => {
      sieve.drop(lost('StasisStart', 'ChannelStateChange'));
      await calling('lost-all', 750, 40);

      const rows = await desk.ended('lost-all', 2, 40_000);
      sieve.drop(() => false);

      for (const row of rows) {
        expect(row.result).toBe('abandoned');
        expect(firstSoundMs(desk.heard(row))).toBeLessThanOrEqual(2_050);
      }
    },
    LIMIT_MS,
  );
});

test(
  '[O-09] the agent hangs up and there is no word of the end: the attempt is closed within 4 s',
  async () => {
    const agents = await calling('lost-end', 760, 60);
    for (const agent of agents) await desk.isIn(agent, 'talking');
    sieve.drop(lost('ChannelDestroyed', 'ChannelHangupRequest'));

    for (const agent of agents) await agent.phone.press('**');

    const rows = await desk.ended('lost-end', 2, 6_000);
    for (const row of rows) expect(row).toMatchObject({ result: 'connected', endedBy: 'agent' });
    await until(
      'the agents are ready',
      async () => {
        const states = await Promise.all(agents.map(async (agent) => (await desk.view(agent)).state));
        return states.every((state) => state === 'ready') ? true : undefined;
      },
      8_000,
    );
  },
  LIMIT_MS,
);
