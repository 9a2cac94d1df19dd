// The sounds of a campaign: without the message for people who get no agent nothing is dialed, and it is said what to do.

import { afterEach, expect, test } from 'vitest';
import { OperationalError } from '../../../src/base/errors.ts';
import type { CampaignState } from '../../../src/terms.ts';
import { aCampaign } from '../../records/builders.ts';
import { Rig, type RigOptions } from '../../support/rig.ts';

let rig: Rig | undefined;

afterEach(async () => {
  await rig?.close();
  rig = undefined;
});

/** What Asterisk lacks; `undefined`: it does not answer. */
let lacking: readonly string[] | undefined = [];
const soundFiles = {
  missing: (sounds: readonly string[]) =>
    lacking === undefined
      ? Promise.reject(new Error('no answer'))
      : Promise.resolve(sounds.filter((sound) => lacking?.includes(sound))),
};

async function working(campaign: RigOptions['campaign'] = {}): Promise<Rig> {
  const answer = { ...aCampaign().answer, noAgentSound: 'outdial/abandon' };
  rig = await Rig.start({
    agents: 2,
    records: 300,
    campaign: { mode: 'progressive', answer, ...campaign },
    soundFiles,
  });
  rig.startRobots();
  await rig.clock.runFor(20_000);
  return rig;
}

const stateOf = (on: Rig): CampaignState | undefined => on.engine.campaign(on.campaign.name)?.state;

const start = async (on: Rig): Promise<unknown> =>
  on.startCampaign().then(
    () => 'started',
    (error: unknown) => (error instanceof OperationalError ? [error.code, error.message, error.hint] : error),
  );

test('[X-07] the message for people without an agent is missing: a start is refused with what to do; once there: it starts', async () => {
  lacking = ['outdial/abandon'];
  const on = await working();

  expect(await start(on)).toEqual([
    'message-sound-missing',
    'Asterisk has no sound outdial/abandon: the message for people who get no agent.',
    expect.stringContaining('render.sh'),
  ]);
  expect(stateOf(on)).toBe('approved');
  lacking = [];
  expect(await start(on)).toBe('started');
  await on.clock.runFor(60_000);
  expect(on.exchange.calls.length).toBeGreaterThan(0);
});

test('[X-07] another sound is missing: it starts, and the sound is named', async () => {
  lacking = ['custom/hello'];
  const inbound = {
    take: true,
    greeting: 'custom/hello',
    waiting: 'music' as const,
    waitMs: 1000,
    busySound: 'outdial/inbound-busy',
    closedSound: 'outdial/inbound-closed',
  };
  const on = await working({ inbound });

  expect(await start(on)).toBe('started');
  expect(await on.engine.missingSounds(on.campaign.name)).toMatchObject([
    { sound: 'custom/hello', key: 'inbound.greeting', isLegalMessage: false },
  ]);
});

test('[X-07] started by its schedule without the message: nothing is dialed, and why; the sound comes: it dials', async () => {
  lacking = ['outdial/abandon'];
  const everyTenMinutes = { timezone: 'UTC', start: '*/10 * * * *', stop: '5-55/10 * * * *', holidays: [] };
  const on = await working({ schedule: everyTenMinutes });
  const until = async (isSo: () => boolean): Promise<void> => {
    for (let minute = 0; minute < 25 && !isSo(); minute += 1) {
      on.engine.followSchedules();
      await on.clock.runFor(60_000);
    }
  };
  await until(() => stateOf(on) === 'running');

  expect(on.engine.campaign(on.campaign.name)).toMatchObject({
    state: 'running',
    dialing: false,
    why: 'Dialing has stopped: Asterisk has no sound outdial/abandon: the message for people who get no agent (`outdial doctor` says what to do).',
  });
  expect(on.exchange.calls).toEqual([]);
  lacking = [];
  await until(() => on.exchange.calls.length > 0);
  expect(on.exchange.calls.length).toBeGreaterThan(0);
});

test('[X-07] running, and its file names another message that is not there: no further call, those that live go on', async () => {
  lacking = [];
  const on = await working();
  await start(on);
  await on.clock.runFor(60_000);
  lacking = ['custom/ours'];
  await on.changeCampaign({ answer: { ...on.campaign.answer, noAgentSound: 'custom/ours' } });
  const before = on.exchange.calls.length;
  const living = on.engine.health().calls;
  await on.clock.runFor(120_000);

  expect(on.exchange.calls.length).toBe(before);
  expect(living).toBeGreaterThan(0);
  expect(on.engine.campaign(on.campaign.name)?.why).toContain('custom/ours');
});

test('[X-07] Asterisk does not say which sounds it has: nothing is dialed until it does', async () => {
  lacking = undefined;
  const on = await working();
  expect(await start(on)).toBe('started');
  await on.clock.runFor(30_000);

  expect(on.exchange.calls).toEqual([]);
  expect(on.engine.campaign(on.campaign.name)?.why).toBe(
    'Dialing has stopped: whether Asterisk has its message is not known yet.',
  );
  expect(await on.engine.missingSounds(on.campaign.name)).toBeUndefined();
  lacking = [];
  await on.clock.runFor(30_000);
  expect(on.exchange.calls.length).toBeGreaterThan(0);
});
