// ARI alone is cut, half open and slow.

import { testTroubles } from '../support/hostile-tests.ts';

testTroubles('ARI');
