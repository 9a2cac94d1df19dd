import { defined } from '../../src/base/defined.ts';
import { describe, expect, test } from 'vitest';
import { e164Reader } from '../../src/numbers/phone.ts';
import { contextOf } from '../../src/config/campaign-context.ts';
import type { CampaignContext } from '../../src/config/checking.ts';
import { US_GATE } from '../support/trunk-gate.ts';
import { parseCampaign, readCampaign } from '../../src/config/load-campaigns.ts';

const trunk = (name: string, numbers?: readonly string[]): Parameters<typeof contextOf>[0]['trunks'][number] => ({
  ...US_GATE,
  name,
  endpoint: name,
  maxLines: 1,
  maxCallsPerSecond: 1,
  prefix: '',
  plus: true,
  ...defined({ numbers }),
});

const text = (callerIds: string, trunks = 'main', mode = 'predictive'): string => `campaign: renewals
mode: ${mode}
lists: [people]
agents: [team]
trunk: ${trunks}
caller_ids: ${callerIds}
`;

function faults(written: string, context: CampaignContext): string[] {
  return readCampaign(written, '/tmp/renewals.yaml', context).faults.map(
    ({ severity, key, message, hint }) => `${severity} ${key ?? ''}: ${message} ${hint}`,
  );
}

test('[C-11] local with a daily cap and a number for when all are used up: read', () => {
  const written = '{choose: local, numbers: ["+12125550100"], per_day: 100, used_up: "+12125550199"}';
  expect(parseCampaign(text(written), '/tmp/renewals.yaml').callerIds).toEqual({
    choose: 'local',
    numbers: ['+12125550100'],
    perDay: 100,
    usedUp: '+12125550199',
  });
});

test('[C-11] used_up: stop is what happens without it', () => {
  const written = '{numbers: ["+12125550100"], per_day: 5, used_up: stop}';
  expect(parseCampaign(text(written), '/tmp/renewals.yaml').callerIds).toEqual({
    choose: 'fixed',
    numbers: ['+12125550100'],
    perDay: 5,
  });
});

test('[C-11] a number with a trunk prefix behind its code: refused, with the number that it is', () => {
  const context = { readNumber: e164Reader('US') };
  expect(faults(text('{numbers: ["+12125550100", "+4407911123456"]}'), context)).toEqual([
    'fault caller_ids.numbers[1]: +4407911123456 is written with a digit too many: it is +447911123456. Write "+447911123456".',
  ]);
});

describe('numbers of ours', () => {
  const numbers = ['+12125550100', '+12125550101', '+12125550102', '+12125550103', '+12125550104', '+12125550105'];
  const context = contextOf({ trunks: [trunk('main', numbers), trunk('spare', ['+13055550100']), trunk('other')] });

  test('[X-09] a number that no trunk of the campaign has: refused, with numbers that would do', () => {
    expect(faults(text('{numbers: ["+12125550100", "+19005550100"]}'), context)).toEqual([
      "fault caller_ids.numbers[1]: +19005550100 is no number of the campaign's trunks. " +
        'Numbers of ours: +12125550100, +12125550101, +12125550102, +12125550103, +12125550104 and 1 more.',
    ]);
  });

  test('[X-09] a number of another trunk of the campaign: fine', () => {
    expect(faults(text('{numbers: ["+13055550100"]}', '[main, spare]'), context)).toEqual([]);
  });

  test('[X-09] the number for when all are used up: must be ours as well', () => {
    const written = text('{numbers: ["+12125550100"], per_day: 5, used_up: "+19005550100"}');
    expect(faults(written, context)).toHaveLength(1);
  });

  test('[X-09] a trunk that does not say which numbers it has: nothing is known, nothing is refused', () => {
    expect(faults(text('{numbers: ["+19005550100"]}', '[main, other]'), context)).toEqual([]);
  });
});

test('[C-11] chosen by the agent in a mode that knows none when it dials: a warning', () => {
  expect(faults(text('{choose: agent, numbers: ["+12125550100"]}'), {})).toEqual([
    'warning caller_ids.choose: No agent is known when this mode dials: no one can choose the number. ' +
      'Write local, which is what happens then.',
  ]);
});
