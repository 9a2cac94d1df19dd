// What agents hear by name on the phone, on a real Asterisk: names made by espeak-ng, played from a folder of our own.

import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { personAnswers } from '../../asterisk/box/numbers.ts';
import { Desk } from '../support/desk.ts';
import { until } from '../support/until.ts';
import { StasisListener } from './plain-ari.ts';

const LIMIT_MS = 240_000;
const SPEAK = ['sh', '-c', 'espeak-ng -v en-us -s 200 --stdin --stdout | sox -q -t wav - -t wav -r 8000 -c 1 -b 16 -'];

let desk: Desk;
let exchange: StasisListener;

beforeAll(async () => {
  desk = await Desk.open({ speech: SPEAK });
  exchange = await StasisListener.openBeside(desk.centre.box.pbx);
});
afterAll(async () => {
  await exchange.close();
  await desk.close();
});

/** The sound of a name, by the command that makes it. */
const nameOf = (text: string, kind = ''): string => {
  const digest = createHash('sha256').update(JSON.stringify([SPEAK, text]));
  return `${kind}${digest.digest('hex').slice(0, 24)}`;
};

/** As Asterisk has it. */
const soundOf = (text: string, kind?: string): string =>
  path.join(desk.centre.box.pbx.names.sounds, nameOf(text, kind));

const fileOf = (text: string, kind?: string): string =>
  path.join(desk.centre.box.pbx.names.folder, `${nameOf(text, kind)}.wav`);

const isMade = (text: string) => until(`${text} is made`, () => Promise.resolve(existsSync(fileOf(text))), LIMIT_MS);

/** What is being played now, the last first. */
const heard = (): readonly string[] =>
  exchange.events
    .filter(({ type }) => type === 'PlaybackStarted' || type === 'PlaybackContinuing')
    .map(({ playback }) => (playback?.media_uri ?? '').replace(/^sound:/, ''));

/** The exchange may speak of each more than once: twice the same is once. */
const joined = (sounds: readonly string[]): string =>
  sounds.filter((sound, place) => sound !== sounds[place - 1]).join(',');

/** A sound that Asterisk cannot find ends its playback as failed. */
const failed = () => exchange.events.filter(({ playback }) => playback?.state === 'failed');

/** Resolves when these have been played one after the other, among others. */
const hears = (...sounds: readonly string[]) =>
  until(
    () => `${sounds.join(', ')} is heard; heard ${heard().join(', ')}`,
    () => Promise.resolve(joined(heard()).includes(joined(sounds))),
    LIMIT_MS,
  );

describe('[A-01] names on the phone', () => {
  test(
    'several campaigns: each is read out by name with its key, * says them once more',
    async () => {
      await desk.ready('spring-offer', [personAnswers({ afterS: 1 }, 1)], { agents: '[both]' });
      await desk.ready('winter', [personAnswers({ afterS: 1 }, 2)], { agents: '[both]' });
      await isMade('spring offer');
      await isMade('winter');
      const agent = await desk.agent('both');

      await desk.typeIn(agent, agent.pin);

      const first = ['outdial/for-campaign', soundOf('spring offer'), 'outdial/press', 'digits/1'];
      await hears('outdial/choose-campaign', ...first, 'outdial/for-campaign', soundOf('winter'));
      const before = heard().length;
      await agent.phone.press('*');
      await until(
        'said once more',
        () => Promise.resolve(joined(heard().slice(before)).includes(joined(first))),
        LIMIT_MS,
      );
      await agent.phone.press('2');
      await desk.isIn(agent, 'paused');
      expect((await desk.view(agent)).campaign).toBe('winter');
    },
    LIMIT_MS * 2,
  );

  test(
    '0: the reasons for a pause by name; a key cuts them short',
    async () => {
      await desk.ready('reasons', [personAnswers({ afterS: 1 }, 3)]);
      await isMade('Lunch');
      const agent = await desk.readyAgent('reasons');

      await agent.phone.press('0');

      const reasons = [soundOf('Break'), 'outdial/press', 'digits/1', soundOf('Lunch'), 'outdial/press', 'digits/2'];
      await hears('outdial/choose-pause-reason', ...reasons);
      await agent.phone.press('1');
      await desk.isIn(agent, 'paused', 'break');
    },
    LIMIT_MS * 2,
  );

  test(
    'in wrap-up: after a wrong key, and for who presses nothing for a while, the dispositions by name; the right key is given at once',
    async () => {
      await desk.ready('results', [personAnswers({ afterS: 1, talksS: 2 }, 4)], {
        wrap_up: '{limit: 120s, disposition: required, over: ready}',
      });
      await isMade('Not interested');
      const agent = await desk.readyAgent('results');
      await desk.act('results', 'start');
      await desk.isIn(agent, 'wrap-up');
      const choices = [
        soundOf('Sold'),
        'outdial/press',
        'digits/1',
        soundOf('Not interested'),
        'outdial/press',
        'digits/2',
      ];

      await hears('outdial/wrap-up', 'outdial/silence-3', ...choices);
      await agent.phone.press('7');
      await hears('outdial/not-a-choice', 'outdial/choose-disposition', ...choices);
      await agent.phone.press('2');

      await hears('outdial/disposition-saved');
      // Written beside the call: a moment after the agent hears it.
      await until(
        'the disposition is in the books',
        async () => (await desk.ended('results', 1))[0]?.disposition === 'no' || undefined,
        5000,
      );
      expect(failed()).toEqual([]);
    },
    LIMIT_MS * 2,
  );

  test(
    'preview by phone: the person’s name and number are read out, a key dials, the name is whispered at the connection and is gone after the call',
    async () => {
      const number = personAnswers({ afterS: 2, talksS: 4 }, 5);
      await desk.ready('looked-at', [number], {
        mode: 'preview',
        agent_phone: '{whisper: yes, tones: yes}',
        wrap_up: '{limit: 120s, disposition: required, over: ready}',
      });
      await desk.act('looked-at', 'start');
      const agent = await desk.readyAgent('looked-at');
      const name = soundOf('Person 1', 'person-');

      await agent.phone.press('2');
      await hears(name, ...Array.from(number.replace('+', ''), (digit) => `digits/${digit}`), 'outdial/keys-record');
      await agent.phone.press('1');
      await desk.isIn(agent, 'talking');
      await hears('outdial/connect', name);
      await desk.isIn(agent, 'wrap-up');
      await agent.phone.press('2');

      const [row] = await desk.ended('looked-at', 1);
      expect(row).toMatchObject({ result: 'connected', agent: agent.number });
      await until(
        'the disposition is in the books',
        async () => (await desk.attempts('looked-at'))[0]?.disposition === 'no' || undefined,
        LIMIT_MS,
      );
      await until('the name is gone', () => Promise.resolve(!existsSync(fileOf('Person 1', 'person-'))), LIMIT_MS);
      expect(failed()).toEqual([]);
    },
    LIMIT_MS * 2,
  );
});
