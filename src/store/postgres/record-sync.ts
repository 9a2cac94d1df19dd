// Brings the records of a campaign in line with its file, its lists and the do-not-call lists: one for every contact on
// its lists who fits its filter. May be repeated at any time, and does nothing when nothing has changed. What it finds out
// of line only in passing, the choice of the next record finds again.

import type { Campaign } from '../../campaign/definition.ts';
import { asksForAnswers } from '../../conditions/campaign-filter.ts';
import { honouredLists } from '../../records/do-not-call.ts';
import { activeLists } from '../../eligibility/list-rules.ts';
import { campaignMade } from './campaigns.ts';
import { sql } from './database.ts';
import type { Db } from './database.ts';
import type { BulkDb } from './lanes.ts';
import { membersOf } from './members.ts';
import { alignMembers } from './record-alignment.ts';
import { reorderRecords } from './record-order.ts';

/** Records set aside in one transaction. */
const WINDOW = 1000;

const CAMPAIGN = sql<{ id: number }>(campaignMade('$1', '$2'));
const FORGET_LISTS = sql('DELETE FROM campaign_lists WHERE campaign = $1');
const USE_LISTS = sql('INSERT INTO campaign_lists (campaign, list) SELECT DISTINCT $1::bigint, unnest($2::text[])');
const LIST_IDS = sql<{ id: number; name: string }>(
  'SELECT id, name FROM lists WHERE name = ANY ($1) AND removed_at IS NULL',
);
const SYNCED = sql<{ synced: string }>('SELECT synced FROM campaigns WHERE id = $1');
const REMEMBER = sql('UPDATE campaigns SET synced = $2 WHERE id = $1');
const ANALYZE = { text: 'ANALYZE records' };

/** How many records were made or taken up again. Refused with `filter-invalid`. */
export async function syncRecords(db: BulkDb, campaign: Campaign, now: number): Promise<number> {
  const members = membersOf(db, campaign);
  const id = (await db.first(CAMPAIGN, [campaign.name, now]))?.id ?? 0;
  await db.transaction(async (inside) => {
    await inside.run(FORGET_LISTS, [id]);
    await inside.run(USE_LISTS, [id, campaign.lists]);
  });
  await reorderRecords(db, id, campaign.order);
  const stand = await standOf(db, campaign);
  if ((await db.first(SYNCED, [id]))?.synced === stand) return 0;
  const ids = new Map((await db.all(LIST_IDS, [campaign.lists])).map((list) => [list.name, list.id]));
  const active = new Set(activeLists(campaign).flatMap((name) => ids.get(name) ?? []));
  const all = [...new Set(campaign.lists.flatMap((name) => ids.get(name) ?? []))];
  const doNotCall = honouredLists(campaign);
  let made = 0;
  // Lists that are dialed come first: who is on two lists is called from the one that is not paused.
  for (const list of all.sort((a, b) => Number(active.has(b)) - Number(active.has(a)))) {
    for await (const window of members(id, list)) {
      made += await alignMembers(db, { campaign, id, list, active, doNotCall, now }, window);
    }
  }
  await setAsideUnused(db, id, all);
  await db.run(REMEMBER, [id, stand]);
  if (made > 0) await db.run(ANALYZE);
  return made;
}

const STAND = sql<{ imports: string; lists: string; numbers: string; answers: number }>(`
  SELECT (SELECT coalesce(max(change), 0) FROM script_runs) AS answers,
    (SELECT count(*) || '/' || coalesce(max(id), 0) FROM imports WHERE state = 'finished') AS imports,
    (SELECT coalesce(string_agg(id::text, ',' ORDER BY id), '') FROM lists WHERE removed_at IS NULL) AS lists,
    (SELECT coalesce(string_agg(id || ':' || numbers, ',' ORDER BY id), '') FROM do_not_call_parts
      WHERE state = 'live') AS numbers`);

/** What the records depend on, as one text. */
async function standOf(db: Db, campaign: Campaign): Promise<string> {
  const { filter, fields, order, phones, rules, person, reach = [] } = campaign;
  const found = await db.first(STAND);
  return JSON.stringify([
    ...[campaign.lists, campaign.pausedLists ?? [], filter ?? '', fields ?? [], order, phones],
    ...[rules, person, campaign.doNotCall ?? [], found?.imports, found?.lists, found?.numbers],
    ...[reach, asksForAnswers(campaign) ? found?.answers : 0],
  ]);
}

const SET_ASIDE = sql(`
  UPDATE records SET state = 'removed', due_at = NULL, aside = 'list', why = 'The campaign does not use its list.'
  WHERE id IN (
    SELECT r.id FROM record_queues q JOIN records r ON r.queue = q.id AND r.state IN ('fresh', 'waiting')
    WHERE q.campaign = $1 AND q.list <> ALL ($2::bigint[]) AND r.callback IS NULL LIMIT $3)`);

/** Records that come from none of the lists are set aside until one of those has their contact again. */
async function setAsideUnused(db: Db, campaign: number, lists: readonly number[]): Promise<void> {
  while ((await db.run(SET_ASIDE, [campaign, lists, WINDOW])) > 0);
}
