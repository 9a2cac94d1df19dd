// What a campaign's file gives its agents to read, and the address of the page about the person in hand.

import { expect, test } from 'vitest';
import { parseCampaign, readCampaign } from '../../src/config/load-campaigns.ts';
import { campaignText } from './files.ts';

const FILE = '/tmp/renewals.yaml';
const faults = (more: string): (string | undefined)[] =>
  readCampaign(campaignText(more), FILE, {}).faults.map(({ key, message }) => `${key ?? ''}: ${message}`);

test('[C-12] without any of them agents have nothing to read; with them, the text is kept to the letter', () => {
  expect(parseCampaign(campaignText(), FILE).texts).toBeUndefined();
  const more = 'instructions: |\n  Say who calls.\n  <b>Then</b> why.\ncompany_page: https://www.example.com/about';
  expect(parseCampaign(campaignText(more), FILE).texts).toEqual({
    instructions: 'Say who calls.\n<b>Then</b> why.\n',
    companyPage: 'https://www.example.com/about',
  });
});

test.each([
  ['javascript:alert(1)', /is no http\(s\) address/],
  ['https://crm.example@evil.example/', /is no http\(s\) address/],
  ['https://{fields.host}/x', /\{fields\.host\} names nothing/],
  ['https://crm.example/{phone}', /\{phone\} names nothing/],
])('[O-04] screen_pop %s: refused', (address, why) => {
  const [fault, ...others] = faults(`screen_pop: '${address}'`);
  expect(fault).toMatch(/^screen_pop: /);
  expect(fault).toMatch(why);
  expect(others).toEqual([]);
});

test('[O-04] screen_pop with places that are known: taken', () => {
  const address = 'https://crm.example/p?phone={number}&region={fields.region}';
  expect(parseCampaign(campaignText(`screen_pop: '${address}'`), FILE).texts).toEqual({ screenPop: address });
});
