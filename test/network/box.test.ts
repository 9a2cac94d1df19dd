// Whether the network in a box behaves as its numbering plan says, seen from both Asterisks: SIP codes,
// verdicts, call records, phones. Uses neither outdial's adapters nor its core.

import { existsSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startBox } from '../../asterisk/box.ts';
import { makeAccount } from '../../asterisk/box/accounts.ts';
import * as numbers from '../../asterisk/box/numbers.ts';
import { Network, ofChannel, until } from './network.ts';
import { ari, type AriEvent } from './plain-ari.ts';

/** How a call without answer shows: SIP code, hangup cause, disposition in our call record. */
interface Ending {
  readonly sip: number;
  readonly cause: number;
  readonly written: string;
}

let network: Network;

beforeAll(async () => {
  network = await Network.start();
});

afterAll(async () => {
  await network.app.close();
  await network.box.stop();
  expect(existsSync(network.box.dir)).toBe(false);
});

describe('numbers that are not answered', () => {
  const cases: readonly (readonly [string, string, Ending])[] = [
    ['busy', numbers.busy(1), { sip: 486, cause: 17, written: 'BUSY' }],
    ['busy after ringing', numbers.busy(2, 1), { sip: 486, cause: 17, written: 'BUSY' }],
    ['declined', numbers.declined(1, 1), { sip: 603, cause: 21, written: 'NO ANSWER' }],
    ['rejected', numbers.rejected(1), { sip: 403, cause: 21, written: 'NO ANSWER' }],
    ['unknown number', numbers.unknownNumber(1), { sip: 404, cause: 1, written: 'NO ANSWER' }],
    ['number of no plan', '+19075550123', { sip: 404, cause: 1, written: 'NO ANSWER' }],
    ['no number at all', '4420', { sip: 404, cause: 1, written: 'NO ANSWER' }],
    ['congestion', numbers.congestion(1), { sip: 503, cause: 34, written: 'CONGESTION' }],
    ['changed number', numbers.changedNumber(1), { sip: 410, cause: 22, written: 'NO ANSWER' }],
    ['failure', numbers.failure(1), { sip: 500, cause: 38, written: 'NO ANSWER' }],
    ['incomplete number', numbers.incompleteNumber(1), { sip: 484, cause: 28, written: 'NO ANSWER' }],
    ['bad gateway', numbers.badGateway(1), { sip: 502, cause: 27, written: 'NO ANSWER' }],
    ['early media, then busy', numbers.announcedBusy(1), { sip: 486, cause: 17, written: 'BUSY' }],
    ['early media, then unknown', numbers.announcedUnknown(1), { sip: 404, cause: 1, written: 'NO ANSWER' }],
    ['early media, then congestion', numbers.announcedCongestion(1), { sip: 503, cause: 34, written: 'CONGESTION' }],
  ];
  test.concurrent.each(cases)(
    '[O-11] %s (%s): ends as %j, one record on each side',
    async (_name, number, expected) => {
      const id = await network.place(number);
      const ended = await network.app.first(`end of ${id}`, ofChannel('ChannelDestroyed', id));
      const { pbx, carrier } = await network.records(id);
      expect({ sip: ended.tech_cause, cause: ended.cause, written: pbx.disposition }).toEqual(expected);
      expect(pbx.userField).toBe(id);
      expect(carrier.accountCode).toBe(number.replace('+', carrier.accountCode.startsWith('+') ? '+' : ''));
      expect(carrier.talkMs).toBe(0);
    },
  );

  test.concurrent('[O-11] no answer: rings until the caller gives up, one record on each side', async () => {
    const id = await network.place(numbers.noAnswer(1), { timeoutS: 3 });
    await network.app.first(
      'ringing',
      (event) => ofChannel('ChannelStateChange', id)(event) && event.channel?.state === 'Ringing',
    );
    const ended = await network.app.first(`end of ${id}`, ofChannel('ChannelDestroyed', id));
    expect(ended.cause).toBe(19);
    const { pbx, carrier } = await network.records(id);
    expect(pbx.disposition).toBe('NO ANSWER');
    expect(carrier.disposition).toBe('NO ANSWER');
    expect(carrier.durationMs).toBeGreaterThanOrEqual(2000);
  });
});

describe('numbers that are answered', () => {
  test.concurrent('[O-11] person who talks for 3 s: answers after ringing, hangs up by itself', async () => {
    const id = await network.place(numbers.personAnswers({ afterS: 1, talksS: 3 }, 7));
    const ended = await network.app.first(`end of ${id}`, ofChannel('ChannelDestroyed', id));
    expect(ended.cause).toBe(16);
    const { pbx, carrier } = await network.records(id);
    expect(pbx.disposition).toBe('ANSWERED');
    expect(carrier.talkMs).toBeGreaterThanOrEqual(2000);
    expect(carrier.talkMs).toBeLessThanOrEqual(4000);
  });

  test.concurrent('[O-11] person who never hangs up: stays until we hang up', async () => {
    const id = await network.place(numbers.personAnswers({ afterS: 0 }, 8));
    await network.app.first('hand-over', ofChannel('StasisStart', id));
    await network.hangUp(id);
    const { carrier } = await network.records(id);
    expect(carrier.disposition).toBe('ANSWERED');
  });

  test.concurrent('[O-11] recording asked for: what the person hears is in a file named by the attempt', async () => {
    const id = await network.place(numbers.personAnswers({ afterS: 0, talksS: 2 }, 9));
    await network.records(id);
    const { size } = await stat(`${network.box.carrier.recordingsDir}/${id}.wav`);
    expect(size).toBeGreaterThan(16_000);
  });

  test.concurrent(
    '[O-11] no agent takes the call within its answer limit: the safe-harbour message plays',
    async () => {
      const variables = { OUTDIAL_ANSWER_LIMIT: '1' };
      const id = await network.place(numbers.personAnswers({ afterS: 0 }, 10), { variables });
      await network.app.first('hand-over', ofChannel('StasisStart', id));
      await network.app.first('taken back', ofChannel('StasisEnd', id));
      const { pbx } = await network.records(id, 30_000);
      expect(pbx.context).toBe('outdial-safe-harbour');
    },
    40_000,
  );

  test.concurrent('[O-11] call taken, answer limit lifted: stays with the daemon', async () => {
    const variables = { OUTDIAL_ANSWER_LIMIT: '1' };
    const id = await network.place(numbers.personAnswers({ afterS: 0, talksS: 3 }, 11), { variables });
    await network.app.first('hand-over', ofChannel('StasisStart', id));
    await ari(network.box.pbx, 'POST', `/channels/${id}/variable?variable=TIMEOUT(absolute)&value=0`);
    const { pbx } = await network.records(id);
    expect(pbx.context).toBe('outdial-out');
    expect(pbx.talkMs).toBeGreaterThanOrEqual(2000);
  });

  test.concurrent('[O-11] hangs up at once: answered on both sides, no talk', async () => {
    const id = await network.place(numbers.hangsUpAtOnce(1));
    const { pbx, carrier } = await network.records(id);
    expect([pbx.disposition, carrier.disposition]).toEqual(['ANSWERED', 'ANSWERED']);
    expect(carrier.talkMs).toBeLessThanOrEqual(1000);
  });

  test.concurrent('[O-11] rings in early media, then a person: progress, no ringing, answered', async () => {
    const id = await network.place(numbers.ringsInEarlyMedia(1, 1));
    await network.app.first('hand-over', ofChannel('StasisStart', id));
    const states = network.app.events.filter(ofChannel('ChannelStateChange', id)).map((event) => event.channel?.state);
    expect(states).toEqual(['Up']);
    await network.hangUp(id);
  });

  const verdicts: readonly (readonly [string, string, string])[] = [
    ['person', numbers.personAnswers({ afterS: 1, talksS: 20 }, 9), 'HUMAN'],
    ['machine with a long greeting', numbers.machineLong(1, 1), 'MACHINE'],
    ['silent answer', numbers.silentAnswer(1), 'MACHINE'],
    ['fax', numbers.fax(1), 'FAX'],
    ['machine with a short greeting, which AMD takes for a person', numbers.machineShort(1, 1), 'HUMAN'],
    ['person with a long greeting, which AMD takes for a machine', numbers.personLongGreeting(1), 'MACHINE'],
  ];
  test.concurrent.each(verdicts)('[O-11] %s (%s), detection before the agent: %s', async (_name, number, expected) => {
    const id = await network.place(number, { context: 'outdial-detect' });
    const [kind, status] = await network.verdict(id);
    expect([kind, status]).toEqual(['verdict', expected]);
    await network.hangUp(id);
  });

  test.concurrent.each(verdicts)(
    '[O-11] %s (%s), detection on a snoop channel: %s',
    async (_name, number, expected) => {
      const id = await network.place(number);
      await network.app.first('hand-over', ofChannel('StasisStart', id));
      const snoop = `${id}-snoop`;
      await ari(network.box.pbx, 'POST', `/channels/${id}/snoop/${snoop}?spy=in&app=${network.box.pbx.app}`);
      await network.app.first('snoop channel', ofChannel('StasisStart', snoop));
      await ari(network.box.pbx, 'POST', `/channels/${snoop}/continue?context=outdial-snoop&extension=s&priority=1`);
      const verdict = await network.app.first(
        `verdict on ${snoop}`,
        (event) => ofChannel('StasisStart', snoop)(event) && event.args?.[0] === 'snoop-verdict',
      );
      expect(verdict.args?.[1]).toBe(expected);
      await network.hangUp(id);
    },
  );
});

describe('mixed population', () => {
  test('[O-11] every number meets the fate that its seed says', async () => {
    const fates = numbers.population(1, 400).map((number) => ({ number, fate: numbers.fateInPopulation(number) }));
    const refused = fates.filter(({ fate }) => fate.kind === 'refused').slice(0, 8);
    const quick = fates.filter(({ fate }) => fate.kind === 'person' && fate.ringMs < 3000).slice(0, 4);
    expect([refused.length, quick.length]).toEqual([8, 4]);
    await Promise.all(
      refused.map(async ({ number, fate }) => {
        const id = await network.place(number);
        const ended = await network.app.first(`end of ${id}`, ofChannel('ChannelDestroyed', id));
        expect(ended.tech_cause).toBe(fate.kind === 'refused' ? fate.sipCode : undefined);
      }),
    );
    await Promise.all(
      quick.map(async ({ number }) => {
        const id = await network.place(number);
        await network.app.first('hand-over', ofChannel('StasisStart', id));
        await network.hangUp(id);
      }),
    );
  });
});

describe("agents' phones", () => {
  test('[O-11] phone with an account made at run time: registers, dials *55, its keys are heard', async () => {
    await makeAccount(network.box.pbx, 'ann', 'ann-secret');
    const phones = await network.box.startPhones([{ username: 'ann', password: 'ann-secret' }], { toneSeconds: 60 });
    const ann = phones.phone('ann');
    await ann.until('registered');
    await ann.dial('*55');
    const start = await network.app.first(
      'sign-in',
      (event) => event.type === 'StasisStart' && event.args?.[0] === 'agent',
    );
    const channel = start.channel?.id ?? '';
    await ari(network.box.pbx, 'POST', `/channels/${channel}/answer`);
    await ann.until('established');
    await ann.press('12#');
    const isKey = (event: AriEvent): boolean => event.type === 'ChannelDtmfReceived';
    await until('three keys', () => Promise.resolve(network.app.events.filter(isKey).length >= 3 ? true : undefined));
    const keys = network.app.events.filter(isKey).map((event) => event.digit);
    expect(keys).toEqual(['1', '2', '#']);
    await ann.hangUp();
    await ann.until('idle');
    await network.app.first('end', ofChannel('StasisEnd', channel));
    await phones.stop();
  });

  test('[O-11] wrong password: the registration is refused', async () => {
    await makeAccount(network.box.pbx, 'bob', 'bob-secret');
    const phones = await network.box.startPhones([{ username: 'bob', password: 'wrong' }], { toneSeconds: 10 });
    await phones.phone('bob').until('refused');
    await phones.stop();
  });

  test('[O-11] phone that dials a number: refused by a message, no call leaves for the trunk', async () => {
    await makeAccount(network.box.pbx, 'cleo', 'cleo-secret');
    const phones = await network.box.startPhones([{ username: 'cleo', password: 'cleo-secret' }], { toneSeconds: 60 });
    const cleo = phones.phone('cleo');
    await cleo.until('registered');
    const before = (await network.box.readCdr('carrier')).length;
    await cleo.dial(numbers.personAnswers());
    await cleo.until('established');
    await cleo.until('idle', 15_000);
    expect((await network.box.readCdr('carrier')).length).toBe(before);
    await phones.stop();
  });

  test('[O-11] two phones in one process, one calls the other by way of ARI: both are in one bridge', async () => {
    for (const name of ['dora', 'eve']) await makeAccount(network.box.pbx, name, 'secret');
    const accounts = [
      { username: 'dora', password: 'secret', autoAnswer: true },
      { username: 'eve', password: 'secret', autoAnswer: false },
    ];
    const phones = await network.box.startPhones(accounts, { toneSeconds: 60 });
    await phones.registered();
    const { app } = network.box.pbx;
    for (const name of ['dora', 'eve']) {
      await ari(network.box.pbx, 'POST', `/channels?endpoint=PJSIP/${name}&app=${app}&channelId=leg-${name}`);
    }
    await phones.phone('dora').until('established');
    await phones.phone('eve').until('incoming');
    await phones.phone('eve').answer();
    await phones.phone('eve').until('established');
    await ari(network.box.pbx, 'POST', '/bridges/pair?type=mixing');
    for (const name of ['dora', 'eve']) await network.app.first(name, ofChannel('StasisStart', `leg-${name}`));
    await ari(network.box.pbx, 'POST', '/bridges/pair/addChannel?channel=leg-dora,leg-eve');
    await phones.phone('eve').hangUp();
    await phones.phone('eve').until('idle');
    expect(phones.phone('dora').is('established')).toBe(true);
    await phones.kill();
    await ari(network.box.pbx, 'DELETE', '/channels/leg-dora');
    await ari(network.box.pbx, 'DELETE', '/bridges/pair');
  });
});

describe('calls to our numbers', () => {
  test('[O-11] [C-16] a person calls in: handed to the daemon with both numbers, one record on either side', async () => {
    network.box.callIn({ caller: '+12125550177', called: '+12125550100', talksS: 20 });
    const arrived = await network.app.first('a call comes in', ({ type, args }) => {
      return type === 'StasisStart' && args?.[0] === 'inbound';
    });
    expect(arrived.args).toEqual(['inbound', '+12125550100', '+12125550177']);
    await network.hangUp(arrived.channel?.id ?? '');
    const record = await until('record of the inbound call', async () =>
      (await network.box.readCdr('pbx')).find((each) => each.uniqueId === arrived.channel?.id),
    );
    expect(record.context).toBe('outdial-inbound');
    const carrier = await until('the carrier’s record', async () => {
      const records = (await network.box.readCdr('carrier')).filter(
        ({ accountCode }) => accountCode === '+12125550100',
      );
      return records.length === 0 ? undefined : records;
    });
    expect(carrier).toHaveLength(1);
  });
});

describe('while the daemon is away', () => {
  beforeAll(() => network.app.close());

  test.concurrent(
    '[O-11] answered call: the safe-harbour message plays, then the call ends',
    async () => {
      const id = await network.place(numbers.personAnswers({ afterS: 1 }, 20));
      const { pbx, carrier } = await network.records(id, 30_000);
      expect(pbx.context).toBe('outdial-safe-harbour');
      expect(carrier.talkMs).toBeGreaterThan(8000);
    },
    40_000,
  );

  test.concurrent(
    '[O-11] answered call with detection: the safe-harbour message plays',
    async () => {
      const id = await network.place(numbers.personAnswers({ afterS: 1 }, 21), { context: 'outdial-detect' });
      const { pbx } = await network.records(id, 40_000);
      expect(pbx.context).toBe('outdial-safe-harbour');
    },
    50_000,
  );

  test.concurrent('[O-11] agent who dials *55: hears that the dialer is not available', async () => {
    await makeAccount(network.box.pbx, 'fay', 'fay-secret');
    const phones = await network.box.startPhones([{ username: 'fay', password: 'fay-secret' }], { toneSeconds: 60 });
    await phones.phone('fay').until('registered');
    await phones.phone('fay').dial('*55');
    await phones.phone('fay').until('established');
    await phones.phone('fay').until('idle', 15_000);
    await phones.stop();
  });
});

describe('the box itself', () => {
  test('[O-11] our Asterisk is killed and started again: accounts and call records are still there', async () => {
    await makeAccount(network.box.pbx, 'gil', 'gil-secret');
    const before = (await network.box.readCdr('pbx')).length;
    await network.box.killPbx();
    await expect(ari(network.box.pbx, 'GET', '/asterisk/info')).rejects.toThrow();
    await network.box.startPbx();
    expect(await network.box.command('pbx', 'pjsip show endpoint gil')).toContain('gil');
    expect(await network.channelCount()).toBe(0);
    expect((await network.box.readCdr('pbx')).length).toBe(before);
  });

  test('[O-11] second box at the same time: has ports of its own; the first one of its name refuses a third', async () => {
    const second = await startBox({ noload: ['res_musiconhold.so'] });
    try {
      expect(second.portBase).not.toBe(network.box.portBase);
      expect(await second.command('pbx', 'module show like res_musiconhold')).toContain('0 modules loaded');
      await expect(startBox({ portBase: second.portBase })).rejects.toMatchObject({ code: 'box-in-use' });
    } finally {
      await second.stop();
    }
  });

  test('[O-11] carrier directory without a dialplan: refused, nothing is left running', async () => {
    await expect(startBox({ carrierDir: import.meta.dirname })).rejects.toMatchObject({
      code: 'carrier-without-dialplan',
    });
  });
});
