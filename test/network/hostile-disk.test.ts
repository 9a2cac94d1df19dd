// The disk under the database has no room, and then refuses every write.

import { testTroubles } from '../support/hostile-tests.ts';

testTroubles('disk');
