// No condition may hold up whoever asks it: patterns are matched in linear time, and what could take long is refused.

import { describe, expect, test } from 'vitest';
import { compileFilter } from '../../src/conditions/conditions.ts';

const holds = (expression: string, fields: Readonly<Record<string, unknown>>) => {
  const compiled = compileFilter(expression);
  if (!compiled.ok) throw new Error(compiled.faults.map(({ message }) => message).join(' '));
  return compiled.test({ fields, contact: { name: 'Ann' } });
};
const faultOf = (expression: string) => {
  const compiled = compileFilter(expression);
  return compiled.ok ? undefined : compiled.faults[0];
};

describe('patterns', () => {
  test.each([
    ['fields.code.matches("^[A-Z]{2}[0-9]+$")', { code: 'AB12' }, true],
    ['fields.code.matches("^[A-Z]{2}[0-9]+$")', { code: 'AB' }, false],
    ['fields.a.matches("x") || fields.b . matches ( "y" )', { a: 'a', b: 'by' }, true],
    ['fields.matches.matches("(?i)yes")', { matches: 'YES' }, true],
    ['empty(fields.a) && fields.b.matches("b")', { a: '', b: 'b' }, true],
  ])('[L-03] filter %s over %o: %s', (expression, fields, expected) => {
    expect(holds(expression, fields)).toEqual({ holds: expected });
  });

  test('[L-03] a pattern over which a back-tracking matcher would sit for centuries: answered', () => {
    expect(holds('fields.x.matches("^(a+)+$")', { x: `${'a'.repeat(3000)}!` })).toEqual({ holds: false });
    expect(holds('fields.x.matches("^(a|a)*$")', { x: 'a'.repeat(3000) })).toEqual({ holds: true });
  });

  test.each([
    ['fields.x.matches("a(?=b)")', 18, 'invalid or unsupported Perl syntax'],
    ['fields.x.matches("(a")', 18, 'missing closing'],
    ['fields.x == "1" && fields.x.matches(fields.y)', 37, 'must be written out'],
    [`fields.x.matches("${'a'.repeat(1001)}")`, 18, 'longer than 1000'],
  ])('[L-03] pattern that cannot be used (case %#): refused with its column', (expression, column, message) => {
    const fault = faultOf(expression);
    expect(fault?.column).toBe(column);
    expect(fault?.message).toContain(message);
  });
});

describe('what a condition may cost', () => {
  test.each([
    'fields.tags.split(",").exists(t, t == "vip")',
    '["a", "b"].exists(x, fields.note.contains(x))',
    Array.from({ length: 90 }, (_, index) => `fields.x == "${index}"`).join(' || '),
    'fields.note.contains("x") && fields.note.size() > 100',
  ])('[L-03] an ordinary condition passes: %#', (expression) => {
    expect(faultOf(expression)).toBeUndefined();
  });

  test.each([
    ['each part of a text with each of another', 'fields.a.split("").all(x, fields.b.split("").all(y, x != y))'],
    [
      'texts that grow with each step',
      'size(fields.a.split("").map(c, fields.a).join("").split("").map(c, fields.a).join("")) > 3',
    ],
    ['every part searched in a long text', 'fields.a.split("").exists(x, fields.b.contains(x + "!"))'],
    ['a large pattern over every text', `fields.a.matches("${'(abc|abd){20}'.repeat(20)}")`],
    ['loops three deep', '[1].all(a, [1].all(b, [1].all(c, a + b + c > 0)))'],
  ])('[L-03] %s: refused before it is asked', (_what, expression) => {
    expect(faultOf(expression)?.message).toMatch(/steps for one contact|loops within loops/);
  });

  test('[L-03] a text too long for a loop counts as missing, and the answer says so; a plain condition reads it', () => {
    const long = { note: 'x'.repeat(4001) };
    expect(holds('fields.note.matches("x")', long)).toEqual({
      holds: false,
      note: 'field note is longer than 4000 characters',
    });
    expect(holds('fields.note.contains("x")', long)).toEqual({ holds: true });
  });
});
