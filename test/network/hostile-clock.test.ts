// Somebody sets the clock of the daemon's machine, an hour on and an hour back.

import { testTroubles } from '../support/hostile-tests.ts';

testTroubles('clock');
