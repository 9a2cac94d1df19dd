// The contacts on a campaign's list, window by window, each with whether it fits the filter and with the record that it
// has in the campaign.

import type { Campaign } from '../../campaign/definition.ts';
import { campaignFilter } from '../../conditions/campaign-filter.ts';
import { filterParameters, SQLITE_FILTERS } from '../filter-dialects.ts';
import { filterSql } from '../filter-sql.ts';
import type { MemberRecord } from '../member-record.ts';
import type { Connection } from './database.ts';
import { parseObject } from './record-facts.ts';
import type { RecordState } from '../../terms.ts';
import { filterInvalid } from '../refusals.ts';

export interface Member {
  readonly contact: number;
  readonly fits: boolean;
  readonly fields: Readonly<Record<string, unknown>>;
  readonly record: CohortRecord | undefined;
}

export interface CohortRecord extends MemberRecord {
  readonly cohort: string;
}

interface Row {
  readonly contact: number;
  readonly visible: number;
  readonly fits: number | null;
  readonly name: string;
  readonly fields: string;
  readonly answers: string;
  readonly record: number | null;
  readonly state: RecordState;
  readonly queue: number;
  readonly list: number | null;
  readonly cohort: string | null;
  readonly aside: string | null;
  readonly lastAttempt: string | null;
  readonly callback: number | null;
}

/** Contacts looked at per window; most have their record already. */
const WINDOW = 100;

/** Members of a list (by id) for a campaign (by id), as they are at each window. Refused with `filter-invalid`. */
export function membersOf(
  db: Connection,
  campaign: Campaign,
): (id: number, list: number) => Generator<readonly Member[], void, undefined> {
  const filter = campaignFilter(campaign);
  if (filter?.ok === false) throw filterInvalid(campaign, filter.faults[0]?.message ?? '');
  const said = filter?.predicate && filterSql(filter.predicate, SQLITE_FILTERS);
  const window = db.prepare<[Record<string, unknown>], Row>(`
    SELECT m.contact, i.state = 'finished' AS visible, ${said ? `(${said.sql}) IS TRUE` : 'NULL'} AS fits, c.name, c.fields, c.answers,
      r.id AS record,
      r.state, r.queue, q.list, q.cohort, r.aside, r.last_attempt AS lastAttempt, r.callback
    FROM list_contacts m JOIN imports i ON i.id = m.import JOIN contacts c ON c.id = m.contact
    LEFT JOIN records r ON r.contact = m.contact AND r.campaign = :campaign LEFT JOIN record_queues q ON q.id = r.queue
    WHERE m.list = :list AND m.contact > :after ORDER BY m.contact LIMIT ${WINDOW}`);
  const fits = ({ fits: bySql, name, answers }: Row, fields: Member['fields']): boolean => {
    if (!filter) return true;
    if (said) return bySql === 1;
    return filter.test({ fields, answers: parseObject<string | number>(answers), contact: { name } }).holds;
  };
  return function* (id, list) {
    const common = { ...(said && filterParameters(said)), campaign: id, list };
    for (let rows = window.all({ ...common, after: 0 }); rows.length > 0;) {
      yield rows
        .filter(({ visible }) => visible === 1)
        .map((row) => {
          const fields = parseObject<unknown>(row.fields);
          return { contact: row.contact, fits: fits(row, fields), fields, record: recordOf(row) };
        });
      rows = window.all({ ...common, after: rows.at(-1)?.contact ?? 0 });
    }
  };
}

function recordOf(row: Row): CohortRecord | undefined {
  if (row.record === null) return undefined;
  const { record: id, state, queue, list, cohort } = row;
  return {
    id,
    state,
    queue,
    list: list ?? 0,
    cohort: cohort ?? '',
    isAside: row.aside !== null,
    wasDialed: row.lastAttempt !== null,
    hasCallback: row.callback !== null,
  };
}
