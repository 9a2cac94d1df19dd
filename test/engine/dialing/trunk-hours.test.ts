import { expect, test } from 'vitest';
import type { Hub, TrunkSettings } from '../../../src/engine/hub.ts';
import { TrunkHours } from '../../../src/engine/dialing/trunk-hours.ts';
import { kindOf } from '../../../src/numbers/kinds.ts';
import { aCampaign } from '../../records/builders.ts';
import { US_GATE } from '../../support/trunk-gate.ts';

const TRUNK: TrunkSettings = {
  name: 'main',
  maxLines: 9,
  maxCallsPerSecond: 9,
  prefix: '',
  plus: true,
  reach: { ...US_GATE.reach, countries: ['US', 'AT'] },
  hourly: { home: 'US', perHour: 10, perHourAbroad: 3 },
};

function hours(): TrunkHours {
  const parts = { settings: { trunks: [TRUNK] }, kindOf };
  return new TrunkHours({ parts, now: () => 1000 } as unknown as Hub);
}

test('[X-09] lines for which records are being chosen count as calls: to the limit in all, and abroad for the others', () => {
  const trunk = hours();
  trunk.placed(TRUNK, '+4313456701');
  trunk.placed(TRUNK, '+16505550123');
  trunk.opening('main', 2);
  trunk.opening('main', 1);
  expect(trunk.left(TRUNK)).toMatchObject({ left: 5 });
  expect(trunk.quotas(aCampaign(), ['main', 'main'])).toMatchObject([{ most: 2, used: { AT: { calls: 1 } } }]);
  for (let line = 0; line < 3; line += 1) trunk.opened('main');
  expect(trunk.left(TRUNK)).toMatchObject({ left: 8 });
  expect(trunk.quotas(aCampaign(), [])).toMatchObject([{ most: 3, used: { AT: { calls: 1 } } }]);
});
