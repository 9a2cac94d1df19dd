// outdial contact …: find, show, edit, merge, timeline, forget. With the daemon when one is running, else on the store.

import { defined } from '../../base/defined.ts';
import { contactUnknown } from '../../engine/store/refusals.ts';
import { setTimeout as sleep } from 'node:timers/promises';
import { InvalidArgumentError } from 'commander';
import type { ContactDetails, ContactEvent, ContactSearch } from '../../engine/store/contacts.ts';
import type { ContactRow } from '../../engine/store/lists.ts';
import { contactRow } from '../../http/wire/wire.ts';
import { contactDetails, contactEdited, contactEvent, forgetProof, scrubAnswer } from '../../http/wire/contacts.ts';
import { asCount } from '../arguments.ts';
import { changeInDaemonOrStore, fromDaemonOrStore, type CommandContext } from '../context.ts';
import { callerActor, callerName } from '../daemon-client.ts';
import { e164Of } from '../phone-numbers.ts';
import { showInstant } from '../render/instants.ts';
import type { Outcome } from '../outcome.ts';
import type { AddCommands } from '../add-commands.ts';
import { cut, cutOff, harmless, pairs, table } from '../render/table.ts';
import { showValue } from '../render/words.ts';
import { noteChange } from '../../engine/audit-trail.ts';
import { PHONE_TYPES, type PhoneType } from '../../terms.ts';

interface EditOptions {
  readonly name?: string;
  readonly set: Readonly<Record<string, string | null>>;
  readonly phone?: readonly PhoneRequest[];
}

interface PhoneRequest {
  readonly number: string;
  readonly type: PhoneType;
}

export const contactCommands: AddCommands = (parent, carryOf) => {
  const group = parent.command('contact').description('the directory: find, show, edit, merge, timeline, forget');
  const find = group
    .command('find')
    .description('contacts that hold a text in their name, a number or a field; accents and case do not matter')
    .argument('<text>')
    .option('--in <place>', 'name, number, or the name of a field: only there')
    .option('--limit <count>', 'at most this many', asCount, 50)
    .action((text: string, options: { in?: string; limit: number }) =>
      carryOf(find)((context) => findContacts(context, text, options)),
    );
  const show = group
    .command('show')
    .description('one contact with its phones, fields, lists and records')
    .argument('<contact>', 'contact id', asCount)
    .action((id: number) => carryOf(show)((context) => showContact(context, id)));
  const edit = group
    .command('edit')
    .description('change name, fields or phones; every change is kept with the value before it')
    .argument('<contact>', 'contact id', asCount)
    .option('--name <name>')
    .option('--set <field=value>', 'a field; nothing behind = takes its value away; repeat', asFieldValue, {})
    .option('--phone <number:type>', 'all phones in their order: mobile, home, work, other; repeat', asPhoneRequest)
    .action((id: number, options: EditOptions) => carryOf(edit)((context) => editContact(context, id, options)));
  const merge = group
    .command('merge')
    .description('make one contact of two; the first one’s values win')
    .argument('<keep>', 'contact id', asCount)
    .argument('<gone>', 'contact id', asCount)
    .action((keep: number, gone: number) => carryOf(merge)((context) => mergeContacts(context, keep, gone)));
  const timeline = group
    .command('timeline')
    .description('everything that happened to a contact, over all campaigns, newest first')
    .argument('<contact>', 'contact id', asCount)
    .option('--limit <count>', 'at most this many', asCount, 100)
    .action((id: number, { limit }: { limit: number }) =>
      carryOf(timeline)((context) => showTimeline(context, id, limit)),
    );
  const forget = group
    .command('forget')
    .description('take away whatever shows who it is, everywhere, and print the proof; what was counted stays')
    .argument('<contact>', 'contact id', asCount)
    .option('--reason <text>', 'why; stands in the audit log', '')
    .option('--do-not-call', 'put the numbers on the global do-not-call list first; kept there as keyed hashes')
    .action((id: number, options: { reason: string; doNotCall?: boolean }) =>
      carryOf(forget)((context) => forgetOne(context, id, options)),
    );
  const scrub = group
    .command('scrub')
    .description('rewrite the store so that nothing of forgotten people is left; off-peak');
  scrub.action(() => carryOf(scrub)(scrubStore));
};

function asFieldValue(text: string, before: EditOptions['set']): EditOptions['set'] {
  const cutAt = text.indexOf('=');
  if (cutAt < 1) throw new InvalidArgumentError('Write field=value.');
  const value = text.slice(cutAt + 1);
  return { ...before, [text.slice(0, cutAt)]: value === '' ? null : value };
}

function asPhoneRequest(text: string, before: readonly PhoneRequest[] = []): readonly PhoneRequest[] {
  const [, number = '', kind = 'other'] = /^([^:]+)(?::(.*))?$/.exec(text) ?? [];
  const type = PHONE_TYPES.find((one) => one === kind);
  if (number === '' || type === undefined)
    throw new InvalidArgumentError('Write number:type with mobile, home, work or other.');
  return [...before, { number, type }];
}

async function findContacts(
  context: CommandContext,
  text: string,
  { in: place, limit }: { readonly in?: string; readonly limit: number },
): Promise<Outcome> {
  const isFixed = place === 'name' || place === 'number';
  const where: Pick<ContactSearch, 'in'> =
    place === undefined ? {} : { in: isFixed ? place : { field: place.replace(/^fields\./, '') } };
  const query = isFixed || place === undefined ? { in: place } : { in: 'field', field: place.replace(/^fields\./, '') };
  const rows = await fromDaemonOrStore<readonly ContactRow[]>(
    context,
    (daemon) => daemon.get(contactRow.array(), '/contacts', { text, limit, ...query }),
    (store) => store.contacts.find({ text, limit, ...where }),
  );
  const shown = table(
    rows,
    [
      { title: 'CONTACT', value: (row) => row.id, align: 'right' },
      { title: 'NAME', value: (row) => harmless(row.name) },
      { title: 'PHONES', value: (row) => row.phones.map(({ number, type }) => `${number} (${type})`).join(' ') },
      { title: 'FIELDS', value: (row) => cut(harmless(fieldsText(row.fields)), 60) },
    ],
    'No contact holds that.',
  );
  return { data: rows, text: shown + cutOff(rows.length, limit) };
}

function fieldsText(fields: ContactRow['fields']): string {
  return Object.entries(fields)
    .map(([field, value]) => `${field}=${String(value)}`)
    .join(' ');
}

async function showContact(context: CommandContext, id: number): Promise<Outcome> {
  const found = await fromDaemonOrStore<ContactDetails | undefined>(
    context,
    (daemon) => daemon.get(contactDetails, `/contacts/${id}`),
    (store) => store.contacts.show(id),
  );
  if (!found) throw contactUnknown(id);
  return { data: found, text: contactText(found) };
}

function contactText(contact: ContactDetails): string {
  return pairs([
    ['contact', contact.id],
    ['name', harmless(contact.name)],
    ...contact.phones.map(({ number, type }) => [type, number] as const),
    ...Object.entries(contact.fields).map(([key, value]) => [harmless(key), harmless(String(value))] as const),
    ['lists', contact.lists.join(', ')],
    ...contact.records.map(({ id, campaign, state }) => [`record ${id}`, `${campaign}: ${state}`] as const),
  ]);
}

async function editContact(context: CommandContext, id: number, options: EditOptions): Promise<Outcome> {
  const { name, set, phone } = options;
  const fields = Object.keys(set).length === 0 ? {} : { fields: set };
  const wanted = { ...defined({ name }), ...fields };
  const edited = await changeInDaemonOrStore(
    context,
    (daemon) => daemon.patch(contactEdited, `/contacts/${id}`, { ...wanted, ...(phone ? { phones: phone } : {}) }),
    async (store) => {
      const phones = phone ? { phones: await readPhones(context, phone) } : {};
      const [by, at] = [callerName(), context.clock.now()];
      const definitions = (await context.campaigns()).flatMap((campaign) =>
        (campaign.fields ?? []).map((definition) => ({ ...definition, campaign: campaign.name })),
      );
      const done = await store.contacts.edit({ contact: id, by, at, definitions, ...wanted, ...phones });
      const values = (side: 'from' | 'to') => Object.fromEntries(done.changes.map((one) => [one.what, one[side]]));
      const change = { at, what: 'contact.edit', subject: `contact ${id}`, from: values('from'), to: values('to') };
      await noteChange(store, callerActor(), change);
      return done;
    },
  );
  const lines = edited.changes.map(({ what, from, to }) => `${harmless(what)}: ${showValue(from)} → ${showValue(to)}`);
  return { data: edited, text: lines.length === 0 ? 'Nothing was changed.' : lines.join('\n') };
}

async function readPhones(context: CommandContext, phones: readonly PhoneRequest[]): Promise<readonly PhoneRequest[]> {
  return Promise.all(phones.map(async (wanted) => ({ ...wanted, number: await e164Of(context, wanted.number) })));
}

async function mergeContacts(context: CommandContext, keep: number, gone: number): Promise<Outcome> {
  const merged = await changeInDaemonOrStore(
    context,
    (daemon) => daemon.post(contactDetails, `/contacts/${keep}/merge`, { gone }),
    async (store) => {
      const [by, at] = [callerName(), context.clock.now()];
      const done = await store.contacts.merge({ keep, gone, by, at });
      const change = {
        at,
        what: 'contact.merge',
        subject: `contact ${keep}`,
        from: { contact: gone },
        to: { contact: keep },
      };
      await noteChange(store, callerActor(), change);
      return done;
    },
  );
  return { data: merged, text: contactText(merged) };
}

async function showTimeline(context: CommandContext, id: number, limit: number): Promise<Outcome> {
  const events = await fromDaemonOrStore<readonly ContactEvent[]>(
    context,
    (daemon) => daemon.get(contactEvent.array(), `/contacts/${id}/timeline`, { limit }),
    (store) => store.contacts.timeline({ contact: id, limit }),
  );
  const text = table(
    events,
    [
      { title: 'WHEN', value: (event) => showInstant(event.at) },
      { title: 'WHAT', value: (event) => event.what },
      { title: 'CAMPAIGN', value: (event) => event.campaign ?? '' },
      { title: 'BY', value: (event) => harmless(event.by ?? '') },
      { title: 'DETAIL', value: (event) => cut(showValue(event.detail), 90) },
    ],
    'Nothing is known of this contact.',
  );
  return { data: events, text };
}

async function forgetOne(
  context: CommandContext,
  id: number,
  { reason, doNotCall = false }: { readonly reason: string; readonly doNotCall?: boolean },
): Promise<Outcome> {
  const proof = await changeInDaemonOrStore(
    context,
    (daemon) => daemon.post(forgetProof, `/contacts/${id}/forget`, { reason, doNotCall }),
    async (store) => {
      const { forgetContact } = await import('../../privacy/forget.ts');
      const removeRecording = await recordingRemover(context);
      const wanted = { contact: id, by: callerName(), at: context.clock.now(), reason, doNotCall };
      return forgetContact({ store, campaigns: await context.everyCampaign(), removeRecording, sleep }, wanted);
    },
  );
  const rows = Object.entries(proof.rows).filter(([, count]) => count > 0);
  const text = pairs([
    ['contact', `${proof.contact} is forgotten`],
    ...rows.map(([name, count]) => [name, count] as const),
    ...proof.kept.map(
      ({ what, clause, until }) => [`kept: ${what}`, `until ${showInstant(until)} (${clause})`] as const,
    ),
    ...Object.entries(proof.swept)
      .filter(([, count]) => count > 0)
      .map(([name, count]) => [`named in ${name}`, `${count}, emptied`] as const),
    ['traces left', proof.traces],
    ...proof.files.map((file) => ['still named in', `${file}: yours to delete`] as const),
    ['proven', proof.proven ? 'yes' : 'no: outdial contact scrub, off-peak'],
    ['audit entry', proof.entry],
    ['seal', proof.seal],
  ]);
  return { data: proof, text, exitCode: proof.proven ? 0 : 1 };
}

async function recordingRemover(context: CommandContext): Promise<(name: string) => Promise<void>> {
  const { recordings } = await context.settings();
  if (!recordings) return () => Promise.resolve();
  const { recordingFolder } = await import('../../store/recording-files.ts');
  const folder = recordingFolder(recordings.folder);
  return async (name) => {
    await folder.remove(name);
  };
}

async function scrubStore(context: CommandContext): Promise<Outcome> {
  const { done } = await changeInDaemonOrStore(
    context,
    (daemon) => daemon.post(scrubAnswer, '/contacts/scrub'),
    async (store) => {
      const { scrubbed } = await import('../../privacy/forget.ts');
      return { done: await scrubbed({ store, sleep }, true) };
    },
  );
  const text = done ? 'The store is rewritten.' : 'The store is being read all the time: try again.';
  return { data: { done }, text, exitCode: done ? 0 : 1 };
}
