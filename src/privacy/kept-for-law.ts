// What must not be deleted yet, although somebody asks: by the rule packs of the campaigns that called the person. Asked
// before a person is forgotten and before a list goes; what becomes of it is theirs.

import { own } from '../base/own.ts';
import { OperationalError } from '../base/errors.ts';
import type { Campaign } from '../campaign/definition.ts';
import { keptByLaw, leastKeptMs } from '../campaign/retention.ts';
import type { ContactDetails, KeptForLaw } from '../engine/store/contacts.ts';
import type { Store } from '../engine/store/store.ts';

interface Parts {
  readonly store: Pick<Store, 'attempts' | 'recordings'>;
  readonly campaigns: readonly Campaign[];
}

/** Recordings of one record that are looked at. */
const MOST_RECORDINGS = 10_000;

/** What the law wants kept of the contact at `at`: the books of its calls, the proof of its consent, its recordings. */
export async function keptForLaw(parts: Parts, contact: ContactDetails, at: number): Promise<readonly KeptForLaw[]> {
  const kept: KeptForLaw[] = [];
  for (const { id: record, campaign: name } of contact.records) {
    const campaign = parts.campaigns.find((one) => one.name === name);
    if (campaign === undefined || campaign.rules.length === 0) continue;
    const lastAt = (await parts.store.attempts.list({ campaign: name, record })).at(-1)?.dialedAt;
    if (lastAt === undefined) continue;
    const books = [ofCalls(campaign, lastAt), ofConsent(campaign, contact, lastAt)];
    const all = [...books, ...(await ofRecordings(parts, campaign, record))];
    kept.push(...all.filter((one) => one !== undefined).filter(({ until }) => until > at));
  }
  return kept;
}

function ofCalls({ name, rules }: Campaign, lastAt: number): KeptForLaw | undefined {
  const keeping = keptByLaw(rules, 'calls', lastAt);
  return keeping && { what: 'calls', campaign: name, ...keeping };
}

function ofConsent({ name, rules, person }: Campaign, contact: ContactDetails, lastAt: number): KeptForLaw | undefined {
  const keeping = keptByLaw(rules, 'consent', lastAt);
  const field = person.consent;
  const value = field === undefined ? undefined : own(contact.fields, field);
  if (keeping === undefined || field === undefined || value === undefined || value === '') return undefined;
  const said = typeof value === 'string' ? value : JSON.stringify(value);
  return { what: 'consent', campaign: name, ...keeping, consent: { field, value: said } };
}

async function ofRecordings(
  { store }: Parts,
  { name, rules }: Campaign,
  record: number,
): Promise<readonly KeptForLaw[]> {
  if (leastKeptMs(rules, 'recordings') === 0) return [];
  const rows = await store.recordings.list({ campaign: name, record, limit: MOST_RECORDINGS });
  return rows.flatMap(({ name: recording, startedAt, deletedAt }) => {
    const keeping = deletedAt === null ? keptByLaw(rules, 'recordings', startedAt) : undefined;
    return keeping === undefined ? [] : [{ what: 'recordings' as const, campaign: name, ...keeping, recording }];
  });
}

/** Refuses to let a list go while its contacts hold the proof of consents that calls have relied on. */
export async function refuseProofs(
  {
    store,
    campaigns,
    clock,
  }: {
    readonly store: Pick<Store, 'attempts'>;
    readonly campaigns: { all(): readonly { readonly campaign: Campaign }[] };
    readonly clock: { now(): number };
  },
  list: string,
): Promise<void> {
  for (const { campaign } of campaigns.all()) {
    const keptMs = leastKeptMs(campaign.rules, 'consent');
    if (keptMs === 0 || campaign.person.consent === undefined || !campaign.lists.includes(list)) continue;
    const [call] = await store.attempts.list({ campaign: campaign.name, fromAt: clock.now() - keptMs, limit: 1 });
    const keeping = call && keptByLaw(campaign.rules, 'consent', call.dialedAt);
    if (!keeping) continue;
    const message = `The list ${list} holds the proof of consents on which calls of ${campaign.name} relied (${keeping.clause}).`;
    throw new OperationalError('list-kept', message, {
      hint: `${keeping.citation} demands that it is kept; pause the list in the campaign, or forget single contacts.`,
      httpCode: 409,
    });
  }
}
