// Readers of single values: telephone numbers, lines of do-not-call files, conditions, fields, times, places.

import { NUMBER_CLASSES } from '../../src/campaign/number-gate.ts';
import { timeFromKeys } from '../../src/eligibility/callbacks.ts';
import { compileCallAgain, compileFilter } from '../../src/conditions/conditions.ts';
import { readConsent } from '../../src/rules/consent.ts';
import { countryCodeOf } from '../../src/places/countries.ts';
import { readDecimal } from '../../src/campaign/decimals.ts';
import { FIELD_TYPES, guessFieldType, readFieldJson, readFieldValue } from '../../src/campaign/fields.ts';
import { stateCode } from '../../src/places/us-states.ts';
import { placeOfZip } from '../../src/places/zips.ts';
import { whereabouts } from '../../src/places/zones.ts';
import { kindOf } from '../../src/numbers/kinds.ts';
import { looksLikePhone, readPhone } from '../../src/numbers/phone.ts';
import { lineReader } from '../../src/store/import/number-lines.ts';
import { Broken, type Target } from './fuzz.ts';
import type { TargetEntry } from './targets.ts';

const AT = Date.UTC(2026, 10, 29, 12);

const entry = (target: Target, rounds: number): TargetEntry => ({
  name: target.name,
  rounds,
  start: () => Promise.resolve(target),
});

const NUMBERS = [
  '+1 (212) 555-0123',
  '0044 20 7946 0958',
  '49 177 3333333',
  "'+4930123456",
  '="0212 5550123"',
  'tel:+1-212-555-0123;ext=12',
  'p:+12125550123',
  '02 12 34 56 78 ::: 0612345678',
  '+525512345678',
];

/** What is read as a number is one, and reads the same again. */
function readNumber(input: string): void {
  looksLikePhone(input);
  for (const country of ['US', 'DE', 'MX', 'IT', 'NZ'] as const) {
    const reading = readPhone(input, country);
    if (reading.kind !== 'number') continue;
    if (!/^\+[1-9]\d{4,14}$/.test(reading.number)) throw new Broken(`no E.164: ${reading.number}`);
    const again = readPhone(reading.number, country);
    if (again.kind !== 'number' || again.number !== reading.number)
      throw new Broken(`${reading.number} reads as another number the second time`);
    const { class: kind } = kindOf(reading.number);
    if (kind === 'unreadable') throw new Broken(`${reading.number} is a number and unreadable`);
  }
  const { class: kind } = kindOf(input);
  if (typeof kind !== 'string' || (NUMBER_CLASSES as readonly string[]).length === 0) throw new Broken('no class');
}

const numbers: Target = {
  name: 'numbers',
  seeds: NUMBERS,
  words: [
    '+',
    '00',
    '0',
    '1',
    '(0)',
    'ext. 5',
    'x12',
    '*',
    '#',
    ';',
    ',',
    '/',
    '-',
    '.',
    ' ',
    '\u00a0',
    '911',
    '+881',
    '+4470',
  ],
  run: readNumber,
};

const READ_LINE = [lineReader('US'), lineReader('DE', 'present'), lineReader('GB', 'absent')];

const doNotCallLines: Target = {
  name: 'do-not-call-lines',
  seeds: ['2125550123', '212,5550123', '+12125550123 # asked by mail', '"0212 5550123";"x"', '\uFEFF+49301234567'],
  words: [',', ';', '\t', '|', '#', '"', '=', '+'],
  run(input) {
    for (const read of READ_LINE) {
      const reading = read(input);
      if (reading.kind === 'number' && !Number.isSafeInteger(reading.digits)) throw new Broken('digits are lost');
    }
  },
};

const CONTACT = {
  name: 'Ada Moss',
  fields: { city: 'Troy', age: '41', vip: 'yes', since: '2026-01-31', note: 'a'.repeat(200), zip: '' },
};

const ANSWERS = { happy: 'yes', wishes: 'glass,travel', 'how-many': 3, remarks: 'a'.repeat(200) };

/** A condition is refused with places within its text, or holds or does not, whatever the contact is. */
function runCondition(source: string): void {
  const filter = compileFilter(source);
  if (filter.ok) filter.test({ contact: CONTACT, fields: CONTACT.fields, answers: ANSWERS });
  else placed(filter.faults, source);
  const again = compileCallAgain(source);
  const call = { result: 'no-answer', disposition: '', attempts: 2, connected: false, phone_type: 'mobile' };
  if (again.ok) again.test({ ...call, fields: CONTACT.fields, answers: ANSWERS });
  else placed(again.faults, source);
}

function placed(faults: readonly { readonly column: number; readonly message: string }[], source: string): void {
  if (faults.length === 0) throw new Broken('refused without a reason');
  for (const { column, message } of faults) {
    if (message === '') throw new Broken('a fault without words');
    if (!(column >= 1 && column <= source.length + 2))
      throw new Broken(`a fault at column ${column} of ${source.length}`);
  }
}

const conditions: Target = {
  name: 'conditions',
  seeds: [
    'fields.city == "Troy" && fields.age > 40',
    'empty(fields.zip) || !fields.vip',
    'fields.note.matches("^(a+)+$")',
    'date(fields.since) < timestamp("2026-11-29T00:00:00Z")',
    'result in ["no-answer", "busy"] && attempts < 3',
    'contact.name.startsWith("A") ? fields.age + 1 > 3 : size(fields.city) == 4',
    '["a", "b"].exists(x, x == fields.city)',
    'answers.happy == "yes" && "glass" in answers.wishes',
    'answers["how-many"] > 2 || empty(answers.remarks)',
  ],
  words: [
    '(',
    ')',
    '[',
    ']',
    '{',
    '}',
    '&&',
    '||',
    '!',
    '==',
    '<',
    '? :',
    '.matches("',
    '.*',
    'size(',
    'date(',
    'fields.',
    'fields["',
    'answers.',
    'answers["',
    '"',
    "'",
    'b"',
    'r"',
    '//',
    '1u',
    '1.5e3',
    '-',
    'in',
    'has(',
    '.map(x, x)',
    '.all(x, true)',
  ],
  run: runCondition,
};

const fields: Target = {
  name: 'fields',
  seeds: [
    '1.234,56',
    '31.01.2026',
    '01/31/2026 14:30',
    '2026-01-31T14:30:00Z',
    'yes',
    'ja',
    'Calif.',
    '02134-',
    '1430',
    'America/New_York',
    'N.C.',
  ],
  words: ['.', ',', ':', '/', '-', 'T', 'Z', '+02:00', ' ', 'pm', '0000', '9999', 'revoked', 'EST'],
  run(input) {
    for (const type of FIELD_TYPES) {
      const kind = { type, choices: ['a', 'b'] };
      readFieldValue(kind, input);
      readFieldValue(kind, input, 'month-first', 'comma');
      readFieldJson(kind, input);
    }
    guessFieldType([input, input.slice(1)]);
    const decimal = readDecimal(input);
    if ('value' in decimal && !Number.isFinite(decimal.value)) throw new Broken('a number that is none');
    readConsent(input, AT);
    countryCodeOf(input);
    stateCode('US', input);
    placeOfZip(['US', 'CA'], input);
    const place = whereabouts(
      '+12125550123',
      { state: input, zip: input, zone: input, country: input },
      { state: 'state', zip: 'zip', zone: 'zone', country: 'country' },
    );
    if (place.zones.length === 0) throw new Broken('nowhere at all: no hours would hold');
    const at = timeFromKeys(input, AT, 'America/New_York');
    if (at !== undefined && !(at > AT - 60_000 && at < AT + 3 * 86_400_000)) throw new Broken('another day');
  },
};

export const TEXT_TARGETS: readonly TargetEntry[] = [
  entry(numbers, 500),
  entry(doNotCallLines, 500),
  entry(conditions, 500),
  entry(fields, 300),
];
