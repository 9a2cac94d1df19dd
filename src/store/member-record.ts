// What both databases know of a contact on a campaign's list: the record that it has in the campaign.

import type { RecordState } from '../terms.ts';

export interface MemberRecord {
  readonly id: number;
  readonly state: RecordState;
  readonly queue: number;
  /** The list of its queue. */
  readonly list: number;
  readonly isAside: boolean;
  readonly wasDialed: boolean;
  readonly hasCallback: boolean;
}
