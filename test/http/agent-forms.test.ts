// Forms that are half typed at a workspace: kept as they are typed, given back after whatever has died, and gone with their
// interaction.

import { afterEach, expect, test } from 'vitest';
import { deskChange } from '../../src/http/wire/desk.ts';
import type { RigOptions } from '../support/rig.ts';
import { stays } from '../support/call-plans.ts';
import { DeskCentre, type Seat } from './desk-centre.ts';

let centre: DeskCentre | undefined;
afterEach(async () => {
  await centre?.close();
  centre = undefined;
});

const CAMPAIGN: NonNullable<RigOptions['campaign']> = {
  dispositions: [{ code: 'sale', label: 'Sold', key: '1' }],
  fields: [{ field: 'city', label: 'City', type: 'text', editable: true, required: false }],
};

async function talking(agents = 1): Promise<{ on: DeskCentre; seat: Seat; other: Seat }> {
  centre = await DeskCentre.open({ agents: 2, records: 4, plan: stays, campaign: CAMPAIGN });
  const seats: Seat[] = [];
  for (let index = 0; index < agents; index += 1) seats.push(await (await centre.seat(index)).sitDown());
  for (const seat of seats) await seat.isIn('talking');
  const [seat, other = seat] = seats;
  if (!seat || !other) throw new Error('no seat');
  return { on: centre, seat, other };
}

const keep = (text: string | null, base = 0, form = 'field:city') =>
  ({ do: 'keep-form', form, base, inputs: text === null ? null : { text } }) as const;
const CITY = { form: 'field:city', inputs: { text: 'Hambu' }, version: 1 };

test('[A-23] a half-typed form is in the view, is no value of the record, and stands there after the daemon was killed', async () => {
  const { on, seat } = await talking();
  const kept = await seat.act(keep('Hambu'));
  expect(kept).toMatchObject({ code: 200, body: { view: { forms: [CITY] } } });

  await on.restart();

  const { forms, interaction } = await seat.view();
  expect(forms).toEqual([CITY]);
  expect(interaction?.record?.fields).toMatchObject([{ field: 'city', value: null }]);
  const contact = await on.rig.store.contacts.show(interaction?.record?.contact ?? 0);
  expect(contact?.fields).not.toHaveProperty('city');
  expect(await on.rig.store.audit.list({ subject: `contact ${interaction?.record?.contact ?? 0}`, limit: 5 })).toEqual(
    [],
  );
});

test('[A-23] given up it is empty; sent twice it is done once; of two tabs the later is shown what stands there', async () => {
  const { seat } = await talking();
  expect((await seat.act(keep('Hambu'))).code).toBe(200);
  expect((await seat.act(keep('Hambu'))).code).toBe(200);
  const late = await seat.act(keep('Berlin'));
  expect(late).toMatchObject({ code: 409, body: { error: { code: 'form-changed' }, view: { forms: [CITY] } } });
  await seat.act(keep(null, 1));
  expect((await seat.view()).forms).toEqual([{ form: 'field:city', inputs: null, version: 2 }]);
});

test('[A-23] a key that is typed sends the page its forms alone, not the record once more', async () => {
  const { seat } = await talking();
  const stream = await seat.stream();
  await stream.has('state');
  await seat.act(keep('Hambu'));
  const { data } = await stream.has('change', ({ forms }) => Array.isArray(forms) && forms.length > 0);
  const { at: _at, version: _version, ...sections } = deskChange.parse(data);
  expect(sections).toEqual({ forms: [CITY] });
  stream.close();
});

test('[A-23] it is gone with its interaction: the next record has none, and the store neither', async () => {
  const { on, seat } = await talking();
  const { interaction } = await seat.view();
  await seat.act(keep('Hambu'));
  await seat.act({ do: 'hang-up', attempt: interaction?.call?.attempt ?? '' });
  await seat.isIn('wrap-up');
  await seat.act({ do: 'dispose', code: 'sale' });
  expect((await seat.act({ do: 'done', stop: false })).code).toBe(200);
  expect((await seat.view()).forms).toEqual([]);
  await seat.isIn('talking');
  expect((await seat.view()).forms).toEqual([]);
  expect(await on.rig.store.forms.of(interaction?.id ?? '')).toEqual([]);
  const late = await seat.send({ key: seat.key(), interaction: interaction?.id ?? '', act: keep('Hamburg', 1) });
  expect(late).toMatchObject({ code: 409, body: { error: { code: 'other-interaction' } } });
  expect(await on.rig.store.forms.of(interaction?.id ?? '')).toEqual([]);
});

test('[S-07] in another agent’s record nothing is typed', async () => {
  const { on, seat, other } = await talking(2);
  const id = (await other.view()).interaction?.id ?? '';
  const reached = await seat.send({ key: seat.key(), interaction: id, act: keep('Hambu') });
  expect([reached.code, reached.body.error?.code]).toEqual([403, 'not-your-interaction']);
  expect(await on.rig.store.forms.of(id)).toEqual([]);
});

test('[A-23] more forms than a person half types are refused with what to do, and those before stay', async () => {
  const { seat } = await talking();
  for (let place = 0; place < 20; place += 1) await seat.act(keep('x', 0, `field:${place}`));
  const refused = await seat.act(keep('x'));
  expect(refused).toMatchObject({
    code: 409,
    body: { error: { code: 'too-many-forms', hint: 'Save or give up one of those that the view shows.' } },
  });
  expect((await seat.view()).forms).toHaveLength(20);
});

test.each([
  { form: '', inputs: { text: 'x' }, base: 0 },
  { form: 'f'.repeat(81), inputs: { text: 'x' }, base: 0 },
  { form: 'field:city', inputs: { text: 'bell \u0007' }, base: 0 },
  { form: 'field:city', inputs: { text: 'x'.repeat(4001) }, base: 0 },
  { form: 'field:city', inputs: { one: 'x'.repeat(4000), two: 'x'.repeat(4000), three: 'x'.repeat(4000) }, base: 0 },
  { form: 'field:city', inputs: { 'a name': 'x' }, base: 0 },
  { form: 'field:city', inputs: { text: 7 }, base: 0 },
  { form: 'field:city', inputs: { text: 'x' }, base: -1 },
])('[A-23] no name, control characters, too long, no text: 400, and nothing is kept: %j', async (act) => {
  const { seat } = await talking();
  const { interaction } = await seat.view();
  const sent = await seat.send({
    key: seat.key(),
    interaction: interaction?.id ?? '',
    act: { do: 'keep-form', ...act },
  });
  expect(sent.code).toBe(400);
  expect((await seat.view()).forms).toEqual([]);
});
