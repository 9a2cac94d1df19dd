import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compileCallAgain, compileFilter } from '../../src/conditions/conditions.ts';
import type { CallAgainContext } from '../../src/conditions/conditions.ts';

function passes(source: string, fields: Record<string, unknown>): boolean | string {
  const compiled = compileFilter(source);
  if (!compiled.ok) return compiled.faults.map((fault) => `${fault.column}: ${fault.message}`).join(' ');
  const { holds, note } = compiled.test({ fields, contact: { name: 'Ada Moss' } });
  return note ?? holds;
}

function faults(source: string, options?: Parameters<typeof compileCallAgain>[1]): string[] {
  const compiled = compileCallAgain(source, options);
  return compiled.ok ? [] : compiled.faults.map(({ column, message, hint }) => `${column}: ${message} | ${hint}`);
}

const BUSY: CallAgainContext = {
  fields: {},
  result: 'busy',
  disposition: '',
  attempts: 2,
  connected: false,
  phone_type: 'mobile',
};

describe('filters', () => {
  test.each([
    ['fields.region == "north" && fields.balance > 0', { region: 'north', balance: '12.50' }, true],
    ['fields.region == "north" && fields.balance > 0', { region: 'north', balance: '0' }, false],
    ['fields.zip == "01234"', { zip: '01234' }, true],
    ['fields.balance + 10 > fields.limit * 2', { balance: '91', limit: '50' }, true],
    ['fields.vip', { vip: 'yes' }, true],
    ['!fields.vip', { vip: '0' }, true],
    ['fields["last order"] in ["2025", "2026"]', { 'last order': '2026' }, true],
    ['fields.code in [1, 2]', { code: '2' }, true],
    ['contact.name.startsWith("Ada")', {}, true],
    ['has(fields.email)', {}, false],
    ['fields.email == ""', { email: '' }, true],
    ['fields.note == "5"', { note: 5 }, true],
  ])('[L-03] %s with %j: %s', (source, fields, expected) => {
    expect(passes(source, fields)).toBe(expected);
  });

  test.each([
    ['fields.balance > 0', {}, 'missing field: balance'],
    ['fields.balance > 0', { balance: 'n/a' }, 'missing field: balance'],
    ['fields.balance > 0 || true', {}, true],
    ['has(fields.balance) && fields.balance > 0', {}, false],
  ])(
    '[L-03] %s with %j: false with a note instead of an exception, unless it does not matter: %s',
    (source, fields, expected) => {
      expect(passes(source, fields)).toBe(expected);
    },
  );

  test.each([
    ['answers.right == "yes"', { right: 'yes' }, true],
    ['answers.right == "yes"', {}, false],
    ['answers["right-person"] == "yes"', { 'right-person': 'yes' }, true],
    ['answers.cars > 1 && fields.cars == "1"', { cars: 2 }, true],
    ['"glass" in answers.wishes', { wishes: 'glass,travel' }, true],
    ['"gla" in answers.wishes', { wishes: 'glass,travel' }, false],
    ['has(answers.wishes) && !empty(answers.wishes)', { wishes: 'glass' }, true],
    ['empty(answers.cars)', {}, true],
    ['date(answers.ends) < date("2027-01-01")', { ends: '2026-05-01' }, true],
  ])('[A-14] %s with the answers %j: %s', (source, answers, expected) => {
    const compiled = compileFilter(source);
    const outcome = compiled.ok && compiled.test({ fields: { cars: '1' }, answers, contact: { name: '' } });
    expect(outcome && outcome.holds).toBe(expected);
  });

  test('[A-14] a condition says which questions it asks for, beside the fields', () => {
    const compiled = compileFilter('fields.a == "x" && answers.b == "y"');
    expect(compiled).toMatchObject({ named: [{ field: 'a' }], questions: [{ field: 'b', column: 20 }] });
  });

  test('[A-14] one answer taken for a number and for text: a fault that names it as the condition does', () => {
    const compiled = compileFilter('answers.a > 1 && answers.a == "x"');
    expect(compiled).toMatchObject({
      faults: [{ column: 18, message: 'The answer answers.a is taken for a text here, but is a number.' }],
    });
  });

  test('[L-03] field schema given: an unknown field is a fault at its column with the nearest known one', () => {
    const compiled = compileFilter('true && fields.regoin == "north"', {
      fields: { region: 'text', balance: 'number' },
    });
    expect(compiled).toMatchObject({
      ok: false,
      faults: [{ column: 9, message: 'No list of the campaign has a field regoin.' }],
    });
    expect(compiled.ok || compiled.faults[0]?.hint).toContain('Did you mean region?');
  });

  test('[L-03] one field taken for a number and for text: a fault at the second place', () => {
    expect(passes('fields.a > 1 && fields.a == "x"', {})).toBe(
      '17: Field a is taken for a text here, but is a number.',
    );
  });

  test('[L-03] whatever stands in the fields, a compiled filter never throws and answers the same again', () => {
    const compiled = compileFilter('fields.a > 3 && fields.b.matches("^x") || fields.c == "y" || fields.d[0] == 1');
    expect(compiled.ok).toBe(true);
    if (!compiled.ok) return;
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd'), fc.anything()), (fields) => {
        const context = { fields, contact: { name: '' } };
        expect(typeof compiled.test(context).holds).toBe('boolean');
        expect(compiled.test(context)).toEqual(compiled.test(context));
      }),
    );
  });
});

describe('conditions of call-again rules', () => {
  test.each([
    ['result == "busy"', true],
    ['result in ["no-answer", "busy"] && attempts < 3', true],
    ['attempts >= 3', false],
    ['!connected && phone_type == "mobile"', true],
    ['disposition == "call-later"', false],
  ])('[L-09] %s on a second attempt that met busy: %s', (source, expected) => {
    const compiled = compileCallAgain(source);
    expect(compiled.ok && compiled.test(BUSY)).toEqual({ holds: expected });
  });

  test.each([
    ['result = "busy"', ['8: A single = compares nothing. | Write == to compare.']],
    [
      'reslut == "busy"',
      [
        '1: There is no reslut here. | Did you mean result? Known: fields, answers, result, disposition, attempts, connected, phone_type.',
      ],
    ],
    [
      'attempts',
      [
        '1: The condition gives a value of type int and not a yes or no. | Compare it with something, such as attempts >= 3.',
      ],
    ],
    ['  ', ['1: The condition is empty. | Write one, or leave the key out.']],
  ])('[L-09] %s: refused with its column and what to write', (source, expected) => {
    expect(faults(source)).toEqual(expected);
  });

  test.each([
    ['attempts > "2"', 1],
    ['connected && result.foo == 1', 21],
    ['result == "busy" &&', 20],
    ['result == "busy', 11],
    ['(result == "busy"', 18],
  ])('[L-09] %s: a fault at column %i', (source, column) => {
    expect(faults(source)[0]).toMatch(new RegExp(`^${column}: `));
  });

  test('[L-09] a result that does not exist: a fault with the nearest one that does', () => {
    const words = { result: ['busy', 'no-answer'] };
    expect(faults('attempts > 1 && result == "bussy"', { words })).toEqual([
      '27: result is never "bussy". | Did you mean "busy"? Known: busy, no-answer.',
    ]);
    expect(faults('result in ["busy", "no_answer"]', { words })[0]).toContain('Did you mean "no-answer"?');
  });
});
