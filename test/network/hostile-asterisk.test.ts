// Our Asterisk restarts by command, is killed and stands still. What dies with it is lost; nothing else is.

import { testTroubles } from '../support/hostile-tests.ts';

testTroubles('Asterisk');
