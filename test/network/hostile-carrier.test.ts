// The carrier dies in mid-campaign, forgets every call and is back seconds later.

import { testTroubles } from '../support/hostile-tests.ts';

testTroubles('carrier');
