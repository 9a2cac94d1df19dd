// What trunks of tests may dial, where a test says nothing of it: the United States, the usual classes.

import type { HourlyLimits } from '../../src/trunks/hourly.ts';
import { USUAL_CLASSES, type Reach } from '../../src/campaign/number-gate.ts';

export const US_GATE: { readonly reach: Reach; readonly hourly: HourlyLimits } = {
  reach: { countries: ['US'], classes: USUAL_CLASSES },
  hourly: { home: 'US', perHourAbroad: 120 },
};
