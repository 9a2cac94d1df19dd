// A typed text belongs to its interaction, however late it is saved, and is never lost to what was written elsewhere.

import { describe, expect, test } from 'vitest';
import { aDeskRecord } from '../../../test/web/views.ts';
import type { Ask } from './ask.ts';
import { Drafts } from './drafts.ts';
import { isToSend, isUnsaved, newDraft, stepDraft, type Draft, type DraftEvent } from './draft.ts';

const after = (...events: readonly DraftEvent[]): Draft => events.reduce(stepDraft, newDraft('i1', '', 0));
const typed = (text: string): DraftEvent => ({ type: 'typed', text });

describe('[A-15] notes that are typed', () => {
  test('typed, sent, saved: the server has them', () => {
    const draft = after(typed('Call at ten'), { type: 'sent' }, { type: 'saved', text: 'Call at ten', version: 1 });
    expect([draft.saved, draft.base, isUnsaved(draft)]).toEqual(['Call at ten', 1, false]);
  });

  test('typed on while they are sent: the rest is to be sent on the version that was saved', () => {
    const draft = after(typed('Call'), { type: 'sent' }, typed('Call at ten'), {
      type: 'saved',
      text: 'Call',
      version: 1,
    });
    expect([draft.saved, draft.text, draft.base, isToSend(draft)]).toEqual(['Call', 'Call at ten', 1, true]);
  });

  test('while they are sent, nothing else is', () => {
    expect(isToSend(after(typed('a'), { type: 'sent' }, typed('ab')))).toBe(false);
  });

  test('[A-23] not saved: they stay, and are to be sent again', () => {
    const draft = after(typed('a'), { type: 'sent' }, { type: 'failed', text: 'a' });
    expect([draft.text, draft.isStuck, isToSend(draft)]).toEqual(['a', true, true]);
  });

  test('the answer was lost but the server has them: saved', () => {
    const draft = after(
      typed('a'),
      { type: 'sent' },
      { type: 'failed', text: 'a' },
      { type: 'seen', text: 'a', version: 1 },
    );
    expect([draft.base, isUnsaved(draft), draft.other]).toEqual([1, false, null]);
  });
});

describe('[A-23] answers that are late or lost, while the agent types on', () => {
  const seenAs = (text: string, version: number): DraftEvent => ({ type: 'seen', text, version });
  const saved = (text: string, version: number): DraftEvent => ({ type: 'saved', text, version });

  test('the stream is faster than the answer, and the next is sent between them: each answer is of its own text', () => {
    const between = after(typed('a'), { type: 'sent' }, typed('ab'), seenAs('a', 1), { type: 'sent' }, saved('a', 1));
    expect([between.saved, between.sent, between.base, isUnsaved(between)]).toEqual(['a', 'ab', 1, true]);
    const done = [seenAs('ab', 2), saved('ab', 2)].reduce(stepDraft, between);
    expect([done.saved, done.base, isUnsaved(done)]).toEqual(['ab', 2, false]);
  });

  test('an answer that comes last takes nothing back', () => {
    const draft = after(
      typed('a'),
      { type: 'sent' },
      seenAs('a', 1),
      typed('ab'),
      { type: 'sent' },
      seenAs('ab', 2),
      saved('a', 1),
    );
    expect([draft.saved, draft.base, draft.sent]).toEqual(['ab', 2, null]);
  });

  test('the answer was lost with the server, which had it: typed on, it is no one else’s text', () => {
    const draft = after(typed('a'), { type: 'sent' }, typed('ab'), { type: 'failed', text: 'a' }, seenAs('a', 1));
    expect([draft.other, draft.base, isToSend(draft)]).toEqual([null, 1, true]);
  });
});

describe('notes that were written elsewhere meanwhile', () => {
  const other = after(typed('mine'), { type: 'seen', text: 'theirs', version: 3 });

  test('with nothing unsaved here: theirs are shown', () => {
    expect(after({ type: 'seen', text: 'theirs', version: 3 }).text).toBe('theirs');
  });

  test('with something unsaved: both stand, and nothing is sent before the agent chooses', () => {
    expect([other.text, other.other?.text, isToSend(other)]).toEqual(['mine', 'theirs', false]);
  });

  test('mine stay: to be written over theirs', () => {
    const kept = stepDraft(other, { type: 'keep-mine' });
    expect([kept.text, kept.base, isToSend(kept)]).toEqual(['mine', 3, true]);
  });

  test('theirs are taken', () => {
    const taken = stepDraft(other, { type: 'take-other' });
    expect([taken.text, isUnsaved(taken)]).toEqual(['theirs', false]);
  });
});

test('the record went away before they were saved: they are kept to be shown, and not sent to another', () => {
  const draft = after(typed('late'), { type: 'sent' }, { type: 'homeless' });
  expect([draft.interaction, draft.text, isUnsaved(draft), isToSend(draft)]).toEqual(['i1', 'late', true, false]);
});

test('[A-23] refused as gone while the record is in hand, as right after a restart: sent again, and not shown as lost', () => {
  const draft = after(typed('late'), { type: 'sent' }, { type: 'homeless' }, { type: 'home' });
  expect([draft.isHomeless, isToSend(draft)]).toEqual([false, true]);
});

test('[A-23] typed for one, saved when another is in hand: it goes to its own, and says so until that is read', async () => {
  const sent: { interaction: string; text: string }[] = [];
  let isUp = false;
  // eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters
  const ask: Ask = <T>(_method: string, _path: string, body?: unknown) => {
    if (!isUp) return Promise.reject(new Error('no network'));
    const { interaction, act } = body as { interaction: string; act: { text: string } };
    sent.push({ interaction, text: act.text });
    return Promise.resolve({ status: 200, body: { answer: 'done' } as T });
  };
  const drafts = new Drafts({ ask, newKey: () => 'k' });
  const notes = { text: '', version: 0, at: null };
  drafts.see({ id: 'a', notes, record: aDeskRecord({ name: 'Ada' }) });
  drafts.type('a', 'for Ada');
  await drafts.flush('a');
  drafts.see({ id: 'b', notes, record: aDeskRecord({ name: 'Ben' }) });
  drafts.type('b', 'for Ben');
  isUp = true;
  await drafts.flush('a');
  await drafts.flush('b');
  expect(sent).toEqual([
    { interaction: 'a', text: 'for Ada' },
    { interaction: 'b', text: 'for Ben' },
  ]);
  expect(drafts.late).toEqual([{ interaction: 'a', name: 'Ada' }]);
  drafts.readLate('a');
  expect(drafts.late).toEqual([]);
});
