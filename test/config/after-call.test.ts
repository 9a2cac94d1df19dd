// The keys about what comes after a call: what they become, and what is wrong with them, to the column.

import { describe, expect, test } from 'vitest';
import { parseCampaign, readCampaign } from '../../src/config/load-campaigns.ts';
import { campaignText } from './files.ts';

const FILE = 'campaigns/renewals.yaml';

/** The faults of a campaign with these lines, without its file's name. */
function faultsOf(lines: string, without: readonly string[] = []): readonly string[] {
  const { faults } = readCampaign(campaignText(lines, without), FILE);
  return faults
    .filter(({ severity }) => severity === 'fault')
    .map(({ column, key, message }) => `${column ?? 0}: ${key ?? ''}: ${message}`);
}

test('[L-09] [A-16] [C-16] every key written out reaches the campaign', () => {
  const written = `
call_again:
  - {when: result == "busy", after: 10m, phone: first, priority: +2}
  - {when: result == "no-answer", after: 1h, priority: "-1", prefix: {add: "49"}}
  - {when: result == "machine", after: 1h, priority: 7, prefix: {replace: "490", with: "49"}}
  - {when: connected, remove_contact: yes}
callbacks: {personal_wait: 10m, then: cancel, max_ahead: 7d}
do_not_call_back: 30d
dispositions:
  - {code: later, label: Later, key: 1, ask: callback}
  - {code: stop, label: Stop, then: do-not-call, list: campaign, numbers: all}
  - {code: rest, label: Rest, then: do-not-call-back, ask: reason}
inbound: {take: no, waiting: silence, wait: 2m, greeting: outdial/welcome}
`;
  expect(parseCampaign(campaignText(written), FILE)).toMatchObject({
    callAgain: [
      { then: { do: 'call-again', phone: 'first' }, priority: { by: 2 } },
      { then: { number: { do: 'add', digits: '49' } }, priority: { by: -1 } },
      { then: { number: { do: 'replace', digits: '490', with: '49' } }, priority: { to: 7 } },
      { then: { do: 'remove-contact' } },
    ],
    callbacks: { personalWaitMs: 600_000, then: 'cancel', maxAheadMs: 7 * 86_400_000 },
    doNotCallBackMs: 30 * 86_400_000,
    dispositions: [
      { code: 'later', ask: 'callback' },
      { then: { do: 'do-not-call', list: 'campaign', numbers: 'all' } },
      { then: { do: 'do-not-call-back' }, ask: 'reason' },
    ],
    inbound: { take: false, waiting: 'silence', waitMs: 120_000, greeting: 'outdial/welcome' },
  });
});

test('[C-15] a campaign of mode auto-callback names whose missed people it calls', () => {
  const written = 'mode: auto-callback\nauto_callback: {from: [renewals], missed: [inbound], after: 5m}';
  expect(parseCampaign(campaignText(written, ['mode']), FILE)).toMatchObject({
    mode: 'auto-callback',
    autoCallback: { from: ['renewals'], missed: ['inbound'], afterMs: 300_000 },
  });
});

describe('faults, with their column', () => {
  test.each([
    [
      'call_again: [{when: connected, after: 1m, remove_contact: yes}]',
      '59: call_again[0].remove_contact: The rule both calls again and removes the contact.',
    ],
    [
      'call_again: [{when: connected, give_up: yes, priority: +1}]',
      '56: call_again[0].priority: A rule that gives up dials no phone.',
    ],
    [
      'call_again: [{when: connected, after: 1m, prefix: {add: "4", strip: "0"}}]',
      '69: call_again[0].prefix.strip: The number is changed in two ways at once.',
    ],
    [
      'call_again: [{when: connected, after: 1m, prefix: {replace: "4"}}]',
      '61: call_again[0].prefix.replace: Nothing says what takes its place.',
    ],
    [
      'call_again: [{when: connected, after: 1m, priority: high}]',
      '53: call_again[0].priority: "high" is no priority.',
    ],
    [
      'dispositions: [{code: a, label: A, list: global}]',
      '42: dispositions[0].list: list goes with then: do-not-call alone.',
    ],
    [
      'dispositions: [{code: a, label: A, ask: callback, then: close}]',
      '41: dispositions[0].ask: A disposition cannot agree on a callback and end the record at once.',
    ],
    ['auto_callback: {from: [a]}', '16: auto_callback: Only a campaign of mode auto-callback has this.'],
  ])('[L-09] %s', (line, wanted) => {
    expect(faultsOf(line)).toEqual([wanted]);
  });

  test('[C-15] mode auto-callback without its people', () => {
    expect(faultsOf('mode: auto-callback', ['mode'])).toEqual([
      '7: mode: Nothing says whose missed people are called.',
    ]);
  });
});
