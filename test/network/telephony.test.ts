// Real Asterisk keeps the contract that the engine relies on.

import { telephonyContract } from '../contract/telephony.ts';
import { AsteriskHarness } from '../telephony/asterisk-harness.ts';

telephonyContract('real Asterisk', () => AsteriskHarness.start());
