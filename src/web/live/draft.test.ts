// A typed text belongs to its interaction, however late it is saved, and is never lost to what was written elsewhere.

import { describe, expect, test } from 'vitest';
import { isToSend, isUnsaved, newDraft, stepDraft, type Draft, type DraftEvent } from './draft.ts';

const after = (...events: readonly DraftEvent[]): Draft => events.reduce(stepDraft, newDraft('i1', '', 0));
const typed = (text: string): DraftEvent => ({ type: 'typed', text });

describe('[A-15] notes that are typed', () => {
  test('typed, sent, saved: the server has them', () => {
    const draft = after(typed('Call at ten'), { type: 'sent' }, { type: 'saved', version: 1 });
    expect([draft.saved, draft.base, isUnsaved(draft)]).toEqual(['Call at ten', 1, false]);
  });

  test('typed on while they are sent: the rest is to be sent on the version that was saved', () => {
    const draft = after(typed('Call'), { type: 'sent' }, typed('Call at ten'), { type: 'saved', version: 1 });
    expect([draft.saved, draft.text, draft.base, isToSend(draft)]).toEqual(['Call', 'Call at ten', 1, true]);
  });

  test('while they are sent, nothing else is', () => {
    expect(isToSend(after(typed('a'), { type: 'sent' }, typed('ab')))).toBe(false);
  });

  test('[A-23] not saved: they stay, and are to be sent again', () => {
    const draft = after(typed('a'), { type: 'sent' }, { type: 'failed' });
    expect([draft.text, draft.isStuck, isToSend(draft)]).toEqual(['a', true, true]);
  });

  test('the answer was lost but the server has them: saved', () => {
    const draft = after(typed('a'), { type: 'sent' }, { type: 'failed' }, { type: 'seen', text: 'a', version: 1 });
    expect([draft.base, isUnsaved(draft), draft.other]).toEqual([1, false, null]);
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
