// Loaded into a daemon (node --import): its wall clock is off by what the file OUTDIAL_TEST_CLOCK says, ms, from the moment
// it says so; timers and performance.now() go on, as they do when somebody sets a machine's clock.

import { readFileSync } from 'node:fs';

const file = process.env.OUTDIAL_TEST_CLOCK ?? '';
const RealDate = Date;
let offsetMs = 0;

globalThis.Date = class extends RealDate {
  constructor(...parts) {
    if (parts.length === 0) super(RealDate.now() + offsetMs);
    else super(...parts);
  }

  static now() {
    return RealDate.now() + offsetMs;
  }
};

setInterval(() => {
  try {
    offsetMs = Number(readFileSync(file, 'utf8')) || 0;
  } catch {
    // nothing has been said yet
  }
}, 50).unref();
