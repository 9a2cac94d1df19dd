// What a browser signs in with that is the phone of one session.

import type { SipDigest } from '../../base/sip-digest.ts';

export interface BrowserAccount {
  readonly name: string;
  readonly digest: SipDigest;
}
