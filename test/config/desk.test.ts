// What agents do with records at their desks, as a campaign's file says it: what does not go together with its mode.

import { expect, test } from 'vitest';
import { renderFault } from '../../src/config/faults.ts';
import { parseCampaign, readCampaign } from '../../src/config/load-campaigns.ts';
import { campaignText } from './files.ts';

const FILE = '/etc/outdial/campaigns/renewals.yaml';

const faults = (more: string): string[] =>
  readCampaign(campaignText(more, ['mode']), FILE, undefined).faults.map((fault) => renderFault(fault));

test.each([
  [
    'mode: predictive\ndesk: {accept: yes}',
    'desk.accept: A person who has picked up would wait for the agent to accept',
  ],
  ['mode: ratio\ndesk: {accept: yes}', 'desk.accept: Only one line for each agent may wait'],
  ['mode: manual\ndesk: {engaged: yes}', 'desk.engaged: In mode manual no agent waits for whoever picks up.'],
  ['mode: predictive\ndesk: {before_call: 10s}', 'desk.before_call: There is nothing to look at before the call here.'],
  ['mode: preview\ndesk: {preview_over: dial}', 'desk.preview_over: The look at a record is never over.'],
  ['mode: predictive\ndesk: {hand_dialing: yes}', 'desk.hand_dialing: In mode predictive outdial dials by itself.'],
  [
    'mode: preview\ndesk: {hand_dialing: yes, preview: 30s, preview_over: dial}',
    'desk.preview_over: With hand_dialing no timer dials.',
  ],
])('[C-05] %s is refused', (more, expected) => {
  expect(faults(more).join()).toContain(expected);
  expect(faults(more)).toHaveLength(1);
});

test.each([
  'mode: predictive\ndesk: {accept: yes, engaged: yes}',
  'mode: ratio\npacing: {ratio: 1}\ndesk: {accept: yes, before_call: 10s}',
  'mode: progressive\ndesk: {before_call: 10s, countdown: 5s}',
  'mode: preview\ndesk: {preview: 30s, preview_over: dial}',
  'mode: push-preview\ndesk: {hand_dialing: yes}',
  'mode: direct-push-preview\ndesk: {before_call: 5s}',
  'mode: manual\ndesk: {new_numbers: yes, hand_dialing: yes}',
])('[C-05] %s is allowed', (more) => {
  expect(faults(more)).toEqual([]);
});

test('[C-05] every key is read', () => {
  const keys =
    'accept: yes, offer: 20s, before_call: 5s, preview: 1m, preview_over: dial, new_numbers: yes, countdown: 5s';
  const { desk } = parseCampaign(campaignText(`mode: push-preview\ndesk: {${keys}}`, ['mode']), FILE);
  expect(desk).toEqual({
    accept: true,
    engaged: false,
    handDialing: false,
    newNumbers: true,
    atPreviewEnd: 'dial',
    offerMs: 20_000,
    beforeCallMs: 5_000,
    previewMs: 60_000,
    countdownMs: 5_000,
  });
});
