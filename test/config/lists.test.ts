// Who is called, as a campaign's file says it: lists with weights and rests, filters written and saved, do-not-call lists.

import { describe, expect, test } from 'vitest';
import { parseCampaign, readCampaign } from '../../src/config/load-campaigns.ts';
import type { CampaignContext } from '../../src/config/checking.ts';
import { campaignText } from './files.ts';

const FILE = '/etc/outdial/campaigns/renewals.yaml';

/** The faults and warnings of a file with these lines in the place of its lists. */
function reported(lines: string, context: CampaignContext = {}): string[] {
  const text = `${campaignText().replace(/^lists:.*\n/m, '')}${lines}\n`;
  return readCampaign(text, FILE, context).faults.map(
    ({ severity, column, message, hint }) => `${severity} ${column ?? 0}: ${message} ${hint}`,
  );
}

function campaignOf(lines: string, context: CampaignContext = {}) {
  return parseCampaign(`${campaignText().replace(/^lists:.*\n/m, '')}${lines}\n`, FILE, context);
}

describe('lists of a campaign', () => {
  test('[L-11] names alone: all are dialed as one', () => {
    const campaign = campaignOf('lists: [a, b]');
    expect(campaign).toMatchObject({ lists: ['a', 'b'] });
    expect(campaign).not.toHaveProperty('listWeights');
    expect(campaign).not.toHaveProperty('pausedLists');
  });

  test('[L-11] one has a weight: the others have one turn each; one rests', () => {
    expect(campaignOf('lists: [{name: a, weight: 3}, b, {name: c, paused: yes}]')).toMatchObject({
      lists: ['a', 'b', 'c'],
      listWeights: { a: 3, b: 1, c: 1 },
      pausedLists: ['c'],
    });
  });

  test.each([
    ['lists: [a, {name: a}]', 'fault 19: The list a is named twice. Name each list once.'],
    ['lists: [{name: a, weight: 0}]', 'fault 27: 0 is too little.'],
    ['lists: [{name: a, wieght: 2}]', 'fault 19: '],
    ['lists: []', 'fault 8: '],
  ])('[L-11] %s: a fault at its place', (lines, expected) => {
    expect(reported(lines)[0]).toContain(expected);
  });

  test('[L-11] a list that is not there yet, with or without weight: a warning with the nearest name', () => {
    expect(reported('lists: [{name: poeple, weight: 2}]', { lists: ['people'] })).toEqual([
      'warning 16: There is no list poeple yet. Import it: outdial list import. Did you mean "people"?',
    ]);
  });

  test('[X-01] do-not-call lists are named', () => {
    expect(campaignOf('lists: [a]\ndo_not_call: [registry, us-national]').doNotCall).toEqual([
      'registry',
      'us-national',
    ]);
  });
});

describe('the filter of a campaign', () => {
  const filters = new Map([
    ['rich', 'fields.balance > 1000'],
    ['odd', 'fields.balance == "much"'],
  ]);

  test('[L-03] a saved filter: its expression is the filter', () => {
    const campaign = campaignOf('lists: [a]\nfilter: {saved: rich}', { filters });
    expect(campaign).toMatchObject({ filter: 'fields.balance > 1000', savedFilter: 'rich' });
  });

  test('[L-03] a saved filter that is not there: a fault with the nearest name, and no one is called by it', () => {
    expect(reported('lists: [a]\nfilter: {saved: rihc}', { filters })[0]).toMatch(
      /^fault 17: There is no saved filter rihc\. .*Did you mean "rich"\?$/,
    );
    expect(campaignOf('lists: [a]\nfilter: {saved: rich}').filter).toBe('false');
  });

  const typed = 'lists: [a]\nfields: [{field: balance, type: number}, {field: signed, type: date}]\n';

  test.each([
    [`${typed}filter: fields.balnce > 3`, 'fault 9: No list of the campaign has a field balnce.'],
    [`${typed}filter: fields.balance == "3"`, 'fault 9: Field balance is taken for a text here, but is a number.'],
    [`${typed}filter: fields.signed < date("2026-13-01")`, 'fault 30: "2026-13-01" is not a date.'],
    [`${typed}filter: {saved: odd}`, 'fault 17: The saved filter odd has a fault at column 1: '],
  ])('[L-03] %j: checked against the fields of the campaign, with its column', (lines, expected) => {
    expect(reported(lines, { filters })[0]).toContain(expected);
  });

  test('[L-03] fields are typed: a filter that fits them is taken', () => {
    expect(reported(`${typed}filter: fields.balance >= 3 && fields.signed < date("2026-12-01")`)).toEqual([]);
  });
});
