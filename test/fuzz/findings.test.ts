// Inputs that npm run fuzz found, each with what is right.

import { describe, expect, test } from 'vitest';
import { readRulePack } from '../../src/config/rule-packs.ts';
import { settingsSchema } from '../../src/config/settings-schema.ts';
import { countryCodeOf } from '../../src/places/countries.ts';
import { stateCode } from '../../src/places/us-states.ts';
import { columnsBeside } from '../../src/store/import/beside.ts';
import { mapColumns } from '../../src/store/import/mapping.ts';
import { placeOfZip } from '../../src/places/zips.ts';
import { whereabouts } from '../../src/places/zones.ts';
import { SipAnswers } from '../../src/telephony/sip-answers.ts';

test('[O-10] a list where one value belongs: the fault says what to write, also where the key has no description', () => {
  const { faults } = readRulePack('pack: a\nclauses:\n  - name: x\n    retention: {of: [calls, [b]]}\n', 'a.yaml');
  const fault = faults.find(({ key }) => key === 'clauses[0].retention.of[1]');
  expect(fault).toMatchObject({
    message: 'A single value is expected here.',
    hint: expect.stringMatching(/^Write one/) as string,
  });
  expect(faults.filter(({ hint }) => hint === '')).toEqual([]);
});

test('[O-10] a prefix that is none: the fault says what to write', () => {
  const { error } = settingsSchema.shape.trunks.safeParse([{ name: 'a', max_lines: '1', prefix: 'abc' }]);
  expect(error?.issues).toEqual([
    expect.objectContaining({ path: [0, 'prefix'], params: { hint: expect.stringMatching(/digits/) as string } }),
  ]);
});

test.each([
  ['after a bracket that is never closed', `applies: { a: 1\nb: ${'x: '.repeat(3000)}`],
  ['commas between them', `applies: { a: 1\nb: ${'x: , '.repeat(3000)}`],
])('[O-10] thousands of keys within each other, %s: a fault of the file', (_what, text) => {
  const { pack, faults } = readRulePack(text, 'a.yaml');
  expect(pack).toBeUndefined();
  expect(faults).not.toEqual([]);
});

test('[X-03] [O-10] a place of thousands of characters is no place and may be anywhere; reading it takes no time', () => {
  const long = `0213${'40000-13'.repeat(1800)}x`;
  const before = process.cpuUsage();
  expect(stateCode('US', long)).toBeUndefined();
  expect(countryCodeOf(long)).toBeUndefined();
  expect(placeOfZip(['US', 'CA'], long)).toBeUndefined();
  const fields = { state: long, zip: long, zone: long, country: long };
  const person = { state: 'state', zip: 'zip', zone: 'zone', country: 'country' };
  const { zones } = whereabouts('+12125550123', fields, person);
  expect(zones).toEqual(
    expect.arrayContaining(['America/New_York', 'America/Los_Angeles', 'Pacific/Honolulu']) as string[],
  );
  // It was a second of processor before; fifty times less is plenty on any machine.
  expect(process.cpuUsage(before).user).toBeLessThan(100_000);
});

test.each(['1e309200 OK', '5E3 Service Unavailable', '0x3 OK', '+99 OK', '2000 OK', ' 99 OK', '199 OK'])(
  '[X-03] [O-10] an answer "%s" is no final answer: the one after it counts',
  (line) => {
    const head = 'From: <sip:a@b>;tag=1\r\nTo: <sip:c@d>\r\nCall-ID: one\r\nCSeq: 1 INVITE\r\n\r\n';
    const answers = new SipAnswers();
    answers.note(`INVITE sip:c@d SIP/2.0\r\n${head}`, 1);
    expect(answers.note(`SIP/2.0 ${line}\r\n${head}`, 2)).toBeUndefined();
    expect(answers.note(`SIP/2.0 486 Busy Here\r\n${head}`, 3)).toBe('one');
    expect(answers.finalOf('one')).toMatchObject({ code: 486, at: 3 });
  },
);

test.each([
  'http://127.0.0-0.1:8088',
  'http://999.1.1.1:8088',
  'http://127.0.0.1:99999',
  'http://[::1:8088',
  'http://%:1',
])('[O-10] an ARI address %s that is none: the fault says what to write', (url) => {
  const { error } = settingsSchema.shape.asterisk.safeParse({ ari: { url } });
  expect(error?.issues).toContainEqual(
    expect.objectContaining({
      path: ['ari', 'url'],
      params: { hint: expect.stringMatching(/^Write it like/) as string },
    }),
  );
});

describe('[L-01] [O-10] a list with thousands of columns', () => {
  const header = (count: number): readonly string[] => [
    'name',
    ...Array.from({ length: count - 1 }, (_, at) => `phone ${at}`),
  ];
  const mapped = (count: number): unknown =>
    mapColumns({
      file: 'a.csv',
      header: header(count),
      rows: [[]],
      dayOrder: 'month-first',
      given: {},
      isNumbered: false,
    });

  test('more than a thousand: refused, with how many there are', () => {
    expect(() => mapped(1001)).toThrow(/1001 columns; a list has at most 1000/);
  });

  test('a thousand phones: told apart in a moment', () => {
    const before = process.cpuUsage();
    expect(mapped(1000)).toMatchObject({ doubts: [] });
    // It was four seconds of processor before.
    expect(process.cpuUsage(before).user).toBeLessThan(500_000);
  });

  test('of two columns as near, the first belongs to the phone', () => {
    const beside = columnsBeside(['country', 'phone', 'country', 'phone type', 'phone'], () => true);
    expect(beside(1)).toEqual({ country: 0, type: 3 });
    expect(beside(4)).toEqual({ country: 2, type: 3 });
  });
});
