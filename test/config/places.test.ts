import { describe, expect, test } from 'vitest';
import { renderFault } from '../../src/config/faults.ts';
import { readCampaign } from '../../src/config/load-campaigns.ts';
import { campaignText } from './files.ts';

const FILE = '/etc/outdial/campaigns/renewals.yaml';

function faults(text: string): string[] {
  return readCampaign(text, FILE).faults.map((fault) => renderFault(fault).replace(`${FILE}:`, ''));
}

describe('places of faults', () => {
  test.each([
    ['filter: fields.a = 1', '7:18: filter: A single = compares nothing.'],
    ['filter: "fields.a == \\"x\\" && foo"', '7:31: filter: There is no foo here.'],
    ["filter: 'fields.a == ''x'' && foo'", '7:31: filter: There is no foo here.'],
    ['filter: |\n  fields.a == "x" &&\n    fields.b = 2', '9:14: filter: A single = compares nothing.'],
    ['filter: >-\n  fields.a == "x"\n  && foo', '9:6: filter: There is no foo here.'],
    ['filter: fields.a == "x"\n  && foo', '8:6: filter: There is no foo here.'],
    [
      'call_again: [{when: result == "bussy", after: 5m}]',
      '7:31: call_again[0].when: result is never "bussy". Did you mean "busy"?',
    ],
    [
      'call_again: [{when: disposition == "sale", after: 5m}]',
      '7:36: call_again[0].when: disposition is never "sale".',
    ],
  ])('[C-01] condition %j: the column is that of the word in the file, %s', (more, expected) => {
    expect(faults(campaignText(`\n${more}`).replace('\n\n', '\n'))[0]).toContain(expected);
  });

  test.each([
    ['a: 1\na: 2\n', '2:1: The key is there twice.'],
    ['a: [1\n', 'No valid YAML:'],
    ['', '1:1: The file holds no keys.'],
    ['- a\n- b\n', '1:1: The file holds no keys.'],
    ['campaign: x\0y\n', '1:1: The file is not plain UTF-8 text.'],
    ['a: 1\n---\nb: 2\n', 'No valid YAML:'],
    ['a: *nobody\n', 'No valid YAML:'],
    [`a: ${'x'.repeat(1_000_001)}`, '1:1: The file is too large.'],
    [
      'a: &a [x, x, x, x, x, x]\nb: &b [*a, *a, *a, *a, *a, *a]\nc: &c [*b, *b, *b, *b, *b, *b]\nd: [*c, *c, *c, *c, *c, *c]\n',
      '1:1: ',
    ],
  ])('[C-01] file %j: refused with its place', (text, expected) => {
    const found = faults(text);
    expect(found.length).toBeGreaterThan(0);
    expect(found[0]).toContain(expected);
  });
});
