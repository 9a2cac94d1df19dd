// Brings the records of a campaign in line with its file, its lists and the do-not-call lists: one for every contact on
// its lists who fits its filter. Works in slices, may be repeated at any time, and does nothing when nothing has changed.
// What it finds out of line only in passing, the choice of the next record finds again.

import type { RecordStore } from '../../engine/store/records.ts';
import type { Campaign } from '../../campaign/definition.ts';
import { asksForAnswers } from '../../conditions/campaign-filter.ts';
import { honouredLists } from '../../records/do-not-call.ts';
import { activeLists } from '../../eligibility/list-rules.ts';
import type { CampaignIds } from './campaigns.ts';
import type { Connection } from './database.ts';
import { doNotCallLookups } from './do-not-call-lookup.ts';
import { membersOf } from './members.ts';
import { recordAlignment } from './record-alignment.ts';
import { recordReorder } from './record-order.ts';
import type { Handlers, Slices } from './requests.ts';

/** Records set aside at a time. */
const WINDOW = 100;

export function recordSync(db: Connection, ids: CampaignIds): Handlers<RecordStore>['sync'] {
  const forget = db.prepare('DELETE FROM campaign_lists WHERE campaign = ?');
  const uses = db.prepare('INSERT INTO campaign_lists (campaign, list) VALUES (?, ?) ON CONFLICT DO NOTHING');
  const findList = db.prepare<[string], number>('SELECT id FROM lists WHERE name = ? AND removed_at IS NULL').pluck();
  const synced = db.prepare<[number], string>('SELECT synced FROM campaigns WHERE id = ?').pluck();
  const remember = db.prepare('UPDATE campaigns SET synced = ? WHERE id = ?');
  const reorder = recordReorder(db);
  const standOf = standQuery(db);
  const lookup = doNotCallLookups(db);
  const align = recordAlignment(db);
  const setAside = unusedLists(db);
  return function* (campaign, now): Slices<number> {
    const members = membersOf(db, campaign);
    const id = ids.of(campaign.name, now);
    forget.run(id);
    for (const list of campaign.lists) uses.run(id, list);
    const stand = standOf(campaign);
    if (synced.get(id) === stand) return 0;
    yield* reorder(id, campaign.order);
    const active = new Set(activeLists(campaign).flatMap((name) => findList.get(name) ?? []));
    const all = campaign.lists.flatMap((name) => findList.get(name) ?? []);
    const doNotCall = lookup(honouredLists(campaign));
    let made = 0;
    // Lists that are dialed come first: who is on two lists is called from the one that is not paused.
    for (const list of [...all].sort((a, b) => Number(active.has(b)) - Number(active.has(a)))) {
      for (const window of members(id, list)) {
        for (const member of window) made += align({ campaign, id, list, active, doNotCall, now }, member);
        yield;
      }
    }
    yield* setAside(id, all);
    remember.run(stand, id);
    return made;
  };
}

/** What the records depend on, as one text. */
function standQuery(db: Connection): (campaign: Campaign) => string {
  const imports = db
    .prepare<[], string>(`SELECT count(*) || '/' || coalesce(max(id), 0) FROM imports WHERE state = 'finished'`)
    .pluck();
  const lists = db
    .prepare<[], string>(`SELECT coalesce(group_concat(id), '') FROM lists WHERE removed_at IS NULL`)
    .pluck();
  const doNotCall = db
    .prepare<[], string>(
      `SELECT coalesce(group_concat(id || ':' || numbers), '') FROM do_not_call_parts WHERE state = 'live'`,
    )
    .pluck();
  const answers = db.prepare<[], number>('SELECT coalesce(max(change), 0) FROM script_runs').pluck();
  return (campaign) => {
    const { filter, fields, order, phones, rules, person, reach = [] } = campaign;
    return JSON.stringify([
      ...[campaign.lists, campaign.pausedLists ?? [], filter ?? '', fields ?? [], order, phones],
      ...[rules, person, campaign.doNotCall ?? [], imports.get(), lists.get(), doNotCall.get()],
      ...[reach, asksForAnswers(campaign) ? answers.get() : 0],
    ]);
  };
}

/** Records that come from none of the lists are set aside until one of those has their contact again. */
function unusedLists(db: Connection): (campaign: number, lists: readonly number[]) => Slices<void> {
  const queues = db
    .prepare<[number, string], number>(
      'SELECT id FROM record_queues WHERE campaign = ? AND list NOT IN (SELECT value FROM json_each(?))',
    )
    .pluck();
  const waiting = ['fresh', 'waiting'].map((state) =>
    db.prepare(`
      UPDATE records SET state = 'removed', due_at = NULL, aside = 'list', why = 'The campaign does not use its list.'
      WHERE id IN (SELECT id FROM records WHERE queue = ? AND state = '${state}' AND callback IS NULL LIMIT ${WINDOW})`),
  );
  return function* (campaign, lists) {
    for (const queue of queues.all(campaign, JSON.stringify(lists))) {
      for (const update of waiting) while (update.run(queue).changes > 0) yield;
    }
  };
}
