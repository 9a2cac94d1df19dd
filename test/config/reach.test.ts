import { expect, test } from 'vitest';
import { USUAL_CLASSES } from '../../src/campaign/number-gate.ts';
import { parseCampaign, readCampaign } from '../../src/config/load-campaigns.ts';

const text = (trunks: string, rules = '[]'): string => `campaign: renewals
mode: predictive
lists: [people]
agents: [team]
trunk: ${trunks}
caller_ids: {numbers: ["+12125550100"]}
rules: ${rules}
`;

const reach = (...countries: readonly string[]) => ({ countries, classes: USUAL_CLASSES });
const CONTEXT = {
  reaches: new Map([
    ['main', reach('US')],
    ['spare', reach('US', 'CA')],
    ['berlin', reach('DE')],
  ]),
};

const warnings = (written: string): readonly string[] =>
  readCampaign(written, '/tmp/renewals.yaml', CONTEXT).faults.flatMap(({ severity, message }) =>
    severity === 'warning' && message.includes('trunks') ? [message] : [],
  );

test('[X-09] a campaign knows what each of its trunks may dial', () => {
  expect(parseCampaign(text('[main, spare]'), '/tmp/renewals.yaml', CONTEXT).reach).toEqual([
    { trunk: 'main', ...reach('US') },
    { trunk: 'spare', ...reach('US', 'CA') },
  ]);
  expect(parseCampaign(text('main'), '/tmp/renewals.yaml').reach).toBeUndefined();
});

test('[X-09] calling rules of a country that the trunk does not dial: a warning', () => {
  expect(warnings(text('main', '[us-federal]'))).toEqual([]);
  expect(warnings(text('spare', '[us-federal, canada-crtc]'))).toEqual([]);
  expect(warnings(text('main', '[us-federal, canada-crtc]'))).toEqual([
    'The rules canada-crtc are for CA, and the trunks dial US alone.',
  ]);
  expect(warnings(text('[main, spare]', '[canada-crtc]'))).toHaveLength(1);
});

test('[X-09] trunks without a country in common: a warning', () => {
  expect(warnings(text('[main, berlin]'))).toEqual(['There is no country that all of these trunks may dial.']);
});
