// Forms that are half typed are kept as notes are: with their own interaction, within a second, and no text is lost to an
// answer that is late or does not come.

import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { aDeskRecord, aView, anInteraction } from '../../../test/web/views.ts';
import type { Ask } from './ask.ts';
import { Drafts } from './drafts.ts';
import type { DeskCommand, DeskView } from './live.ts';

type Form = DeskView['forms'][number];
type Sent = Pick<Form, 'form' | 'inputs'> & { readonly interaction: string; readonly base: number };
type Answer = 'done' | 'no network' | { readonly code: string; readonly forms?: readonly Form[] };

const NOTES = { text: '', version: 0, at: null };
const CITY = 'field:city';

/** A page, and a server that answers as the test says. */
function aPage() {
  const sent: Sent[] = [];
  const server: { answer: Answer } = { answer: 'done' };
  // eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters
  const ask: Ask = <T>(_method: string, _path: string, body?: unknown) => {
    const { interaction, act } = body as Extract<DeskCommand, { interaction: string }>;
    if (act.do === 'keep-form') sent.push({ interaction, form: act.form, inputs: act.inputs, base: act.base });
    const { answer } = server;
    if (answer === 'no network') return Promise.reject(new Error(answer));
    if (answer === 'done') return Promise.resolve({ status: 200, body: { answer } as T });
    const { code, forms = [] } = answer;
    const view = aView({ interaction: anInteraction({ id: 'a' }), forms });
    return Promise.resolve({ status: 409, body: { error: { code, message: '', hint: '' }, view } as T });
  };
  const drafts = new Drafts({ ask, newKey: () => 'k' });
  const see = (id: string, ...forms: readonly Form[]): void =>
    drafts.see({ id, notes: NOTES, record: aDeskRecord() }, forms);
  const type = (text: string, form = CITY): void => drafts.type('a', JSON.stringify({ text }), form);
  see('a');
  return { sent, server, drafts, see, type };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());
const pass = (ms: number): Promise<unknown> => vi.advanceTimersByTimeAsync(ms);

test('[A-23] what is typed is with the server within a second, however long one types on; nothing goes at each key', async () => {
  const { sent, type } = aPage();
  for (const text of ['H', 'Ha', 'Ham', 'Hamb', 'Hambu']) {
    type(text);
    await pass(100);
  }
  expect(sent).toEqual([]);
  await pass(100);
  expect(sent).toEqual([{ interaction: 'a', form: CITY, inputs: { text: 'Hambu' }, base: 0 }]);
});

test('[A-23] the page is hidden: everything half typed goes at once', () => {
  const { sent, drafts, type } = aPage();
  type('Hambu');
  type('10:3', 'callback');
  drafts.flushAll(true);
  expect(sent.map(({ form, inputs }) => [form, inputs?.['text']])).toEqual([
    [CITY, 'Hambu'],
    ['callback', '10:3'],
  ]);
});

test('[A-23] a page that comes after the crash has the same form open with the same text', () => {
  const { drafts, see } = aPage();
  see('a', { form: CITY, inputs: { text: 'Hambu' }, version: 3 });
  expect(drafts.inputs('a', CITY)).toEqual({ text: 'Hambu' });
  expect(drafts.inputs('a', 'field:premium')).toBeUndefined();
});

test('[A-23] given up or saved it is closed on the server too, and on the version that stands there', async () => {
  const { sent, drafts, see, type } = aPage();
  see('a', { form: CITY, inputs: { text: 'Hambu' }, version: 3 });
  type('Hamburg');
  drafts.drop('a', CITY);
  await pass(2_000);
  expect(sent).toEqual([{ interaction: 'a', form: CITY, inputs: null, base: 3 }]);
  expect(drafts.inputs('a', CITY)).toBeUndefined();
});

test('[A-23] opened and given up before anything was sent: nothing is sent at all', async () => {
  const { sent, drafts, type } = aPage();
  type('Ham');
  drafts.drop('a', CITY);
  await pass(5_000);
  expect(sent).toEqual([]);
});

test('[A-23] given up while it was on its way, and the answer was lost: it is closed there as soon as it is seen', async () => {
  const { sent, server, drafts, see, type } = aPage();
  server.answer = 'no network';
  type('Ham');
  await pass(600);
  drafts.drop('a', CITY);
  server.answer = 'done';
  see('a', { form: CITY, inputs: { text: 'Ham' }, version: 1 });
  await pass(3_000);
  expect(drafts.inputs('a', CITY)).toBeUndefined();
  expect(sent.at(-1)).toEqual({ interaction: 'a', form: CITY, inputs: null, base: 1 });
});

test('[A-23] the network is away: it is sent again until it is kept', async () => {
  const { sent, server, type } = aPage();
  server.answer = 'no network';
  type('Hambu');
  await pass(5_000);
  server.answer = 'done';
  await pass(2_000);
  const count = sent.length;
  expect(sent.at(-1)).toMatchObject({ inputs: { text: 'Hambu' }, base: 0 });
  await pass(10_000);
  expect(sent).toHaveLength(count);
});

test('[A-23] typed in another window meanwhile: the agent says which one stays', async () => {
  const { sent, server, drafts, type } = aPage();
  server.answer = { code: 'form-changed', forms: [{ form: CITY, inputs: { text: 'Berlin' }, version: 2 }] };
  type('Hamburg');
  await pass(600);
  const draft = drafts.get('a', CITY);
  expect(draft?.other).toEqual({ text: JSON.stringify({ text: 'Berlin' }), version: 2 });
  expect(drafts.inputs('a', CITY)).toEqual({ text: 'Hamburg' });
  server.answer = 'done';
  if (draft) drafts.settle(draft, 'keep-mine');
  await pass(600);
  expect(sent.at(-1)).toEqual({ interaction: 'a', form: CITY, inputs: { text: 'Hamburg' }, base: 2 });
});

test('[A-23] its record is gone before it could be kept: words stay to be copied, choices do not', async () => {
  const { server, drafts, see, type } = aPage();
  server.answer = { code: 'other-interaction' };
  type('Hamburg');
  drafts.type('a', JSON.stringify({ who: 'personal' }), 'callback');
  see('b');
  await pass(1_000);
  expect(drafts.homeless.map(({ form, text }) => [form, text])).toEqual([[CITY, JSON.stringify({ text: 'Hamburg' })]]);
  const [lost] = drafts.homeless;
  if (lost) drafts.forgetHomeless(lost);
  expect(drafts.homeless).toEqual([]);
});

test('[A-23] refused because the server had only just started: it is kept once the record is seen in hand again', async () => {
  const { sent, server, drafts, see, type } = aPage();
  server.answer = { code: 'other-interaction' };
  type('Hamburg');
  await pass(600);
  expect(drafts.homeless).toHaveLength(1);
  server.answer = 'done';
  see('a');
  await pass(600);
  expect(sent.map(({ inputs }) => inputs?.['text'])).toEqual(['Hamburg', 'Hamburg']);
  expect(drafts.homeless).toEqual([]);
});
