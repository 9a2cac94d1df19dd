// The contacts on a campaign's list, window by window, each with whether it fits the filter, with its phones and with the
// record that it has in the campaign.

import type { Campaign } from '../../campaign/definition.ts';
import { campaignFilter } from '../../conditions/campaign-filter.ts';
import type { Phone } from '../../terms.ts';
import { filterCondition } from '../filter-dialects.ts';
import type { MemberRecord } from '../member-record.ts';
import type { Db } from './database.ts';
import { phonesOf } from './record-facts.ts';
import { filterInvalid } from '../refusals.ts';

export interface Member {
  readonly contact: number;
  readonly fits: boolean;
  readonly fields: Readonly<Record<string, unknown>>;
  readonly phones: readonly Phone[];
  readonly record: MemberRecord | undefined;
}

interface Row {
  readonly contact: number;
  readonly visible: boolean;
  readonly fits: boolean | null;
  readonly name: string;
  readonly fields: Readonly<Record<string, unknown>>;
  readonly answers: Readonly<Record<string, string | number>>;
  readonly phones: readonly Phone[];
  readonly record: MemberRecord | null;
}

/** Contacts of one window, and of the transaction that brings them in line. */
const WINDOW = 2000;

/** Members of a list (by id) for a campaign (by id), as they are at each window. Refused with `filter-invalid`. */
export function membersOf(
  db: Db,
  campaign: Campaign,
): (id: number, list: number) => AsyncGenerator<readonly Member[], void, undefined> {
  const filter = campaignFilter(campaign);
  if (filter?.ok === false) throw filterInvalid(campaign, filter.faults[0]?.message ?? '');
  const said = filterCondition(filter?.predicate, 3);
  const window = {
    text: `
      SELECT m.contact, i.state = 'finished' AS visible, ${said ? `(${said.sql}) IS TRUE` : 'NULL'} AS fits, c.name,
        c.fields, c.answers, ${phonesOf('c.id')} AS phones,
        CASE WHEN r.id IS NOT NULL THEN json_build_object('id', r.id, 'state', r.state, 'queue', r.queue,
          'list', coalesce(q.list, 0), 'isAside', r.aside IS NOT NULL, 'wasDialed', r.last_attempt IS NOT NULL,
          'hasCallback', r.callback IS NOT NULL) END AS record
      FROM list_contacts m JOIN imports i ON i.id = m.import JOIN contacts c ON c.id = m.contact
      LEFT JOIN records r ON r.contact = m.contact AND r.campaign = $1 LEFT JOIN record_queues q ON q.id = r.queue
      WHERE m.list = $2 AND m.contact > $3 ORDER BY m.contact LIMIT ${WINDOW}`,
  };
  const fits = ({ fits: bySql, name, fields, answers }: Row): boolean => {
    if (!filter) return true;
    return said ? bySql === true : filter.test({ fields, answers, contact: { name } }).holds;
  };
  return async function* (id, list) {
    for (let after = 0; ;) {
      const rows = await db.all<Row>(window, [id, list, after, ...(said?.values ?? [])]);
      const last = rows.at(-1)?.contact;
      if (last === undefined) return;
      yield rows
        .filter(({ visible }) => visible)
        .map((row) => ({ ...row, fits: fits(row), record: row.record ?? undefined }));
      after = last;
    }
  };
}
