// The models of the records' view: what is asked for, what a form changes, what a line of the timeline says.

import { describe, expect, test } from 'vitest';
import { askedOf, foldedCount, queryOf, tablePath } from './asked.ts';
import { editOf, formOf, type Contact, type Field } from './contact-form.ts';
import type { RecordWords } from './record-words.ts';
import { pastLine, type PastEvent } from './timeline-lines.ts';

describe('[S-05] what of the table is looked at', () => {
  test('the address has what differs from the first view, and nothing that names a person', () => {
    const asked = askedOf(new URLSearchParams('state=waiting&campaign=renewals&text=moss'));
    expect(queryOf(asked)).toEqual({ state: 'waiting', campaign: 'renewals' });
    expect(queryOf(askedOf(new URLSearchParams()))).toEqual({});
    expect(foldedCount({ ...asked, agent: '7', from: '2026-11-01' })).toBe(2);
  });

  test('days become midnights here, the last day itself included; what is empty is not asked for', () => {
    const asked = askedOf(new URLSearchParams('from=2026-11-01&to=2026-11-01&state='));
    const query = new URL(tablePath(asked, { text: ' moss ', condition: '' }, '5.7'), 'http://x').searchParams;
    expect(Object.fromEntries(query)).toEqual({
      sort: 'last-attempt',
      order: 'down',
      text: 'moss',
      after: '5.7',
      from: String(new Date(2026, 10, 1).getTime()),
      to: String(new Date(2026, 10, 2).getTime()),
    });
  });

  test('a day that is none is not asked for', () => {
    const asked = askedOf(new URLSearchParams('from=soon'));
    expect(tablePath(asked, { text: '', condition: '' }, undefined)).not.toContain('from');
  });
});

describe('[S-05] the form of a contact', () => {
  const contact: Contact = {
    id: 1,
    name: 'Ada Moss',
    phones: [{ number: '+12125550101', type: 'mobile' }],
    fields: { city: 'Troy', balance: 12.5, mails: true },
  };
  const known: readonly Field[] = [{ field: 'mails', lists: [], type: 'check-box', choices: [] }];

  test('nothing changed: nothing is sent', () => {
    expect(editOf(contact, formOf(contact), known)).toBeNull();
  });

  test('only what differs is sent; emptied is taken away, a check box stays one', () => {
    const form = { ...formOf(contact), fields: { city: ' ', balance: '12,50', mails: 'false' } };
    expect(editOf(contact, form, known)).toEqual({ fields: { city: null, balance: '12,50', mails: false } });
    expect(editOf(contact, { ...formOf(contact), name: 'Ada M.' }, known)).toEqual({ name: 'Ada M.' });
  });

  test('phones are sent as a whole, without those that were left empty', () => {
    const phones = [
      ...contact.phones,
      { number: ' ', type: 'work' as const },
      { number: '030 1', type: 'home' as const },
    ];
    expect(editOf(contact, { ...formOf(contact), phones }, known)).toEqual({
      phones: [contact.phones[0], { number: '030 1', type: 'home' }],
    });
  });
});

describe('[L-05] a line of the timeline', () => {
  // The words themselves come with the page's preferences, which only a browser has.
  const words = {
    priority: 'Priority',
    empty: 'nothing',
    greeting: 'The first seconds',
    events: {
      attempt: 'Dialed',
      record: 'Record',
      edited: 'Edited',
      answers: 'Answers',
      transfer: 'Another line',
      recording: 'Recording',
    },
    from: (value: string) => `was ${value}`,
    talked: (span: string) => `talked ${span}`,
    deleted: (by: string) => `deleted by ${by}`,
    parts: { held: 'on hold', 'third-party': 'with the other line alone' },
  } as unknown as RecordWords;
  const sayings = { words, result: (code: string) => code.toUpperCase(), span: (ms: number) => `${ms / 1000} s` };
  const line = (event: Partial<PastEvent> & Pick<PastEvent, 'what'>) =>
    pastLine({ at: 0, by: '7', campaign: 'renewals', detail: {}, ...event }, sayings);

  test.each<[Partial<PastEvent> & Pick<PastEvent, 'what'>, string, readonly string[]]>([
    [{ what: 'attempt', detail: { result: 'busy' } }, 'Dialed: BUSY', []],
    [
      { what: 'attempt', detail: { result: 'connected', disposition: 'sale', reason: 'wants it' } },
      'Dialed: sale (CONNECTED)',
      ['wants it'],
    ],
    [{ what: 'record', detail: { record: 1, from: 'finished', to: 'waiting' } }, 'Record: finished → waiting', []],
    [{ what: 'record', detail: { priority: { from: 0, to: 5 } } }, 'Record: Priority 0 → 5', []],
    [
      { what: 'edited', detail: { changes: [{ what: 'city', from: 'Troy', to: null }] } },
      'Edited',
      ['city: nothing (was Troy)'],
    ],
    [{ what: 'answers', detail: { answers: [{ question: 'cars', answer: 2 }] } }, 'Answers', ['cars: 2']],
    [{ what: 'transfer', detail: { who: 'claims', result: 'connected' } }, 'Another line: claims, connected', []],
  ])('%o', (event, title, texts) => {
    expect(line(event)).toMatchObject({ title, texts });
  });

  test('what went on in a call stands beside the talk, each kind with its whole time; what has no word or no end does not', () => {
    const parts = [
      { part: 'held', who: '7', startedAt: 1_000, endedAt: 3_000 },
      { part: 'talk', who: '7', startedAt: 0, endedAt: 1_000 },
      { part: 'held', who: '7', startedAt: 5_000, endedAt: 8_000 },
      { part: 'third-party', who: 'claims', startedAt: 8_000, endedAt: null },
      { part: 'new-kind', who: '7', startedAt: 0, endedAt: 1_000 },
    ];
    const detail = { call: 'i-1', bridgedAt: 0, endedAt: 9_000, parts };
    expect(line({ what: 'attempt', detail }).aside).toBe('renewals · 7 · talked 9 s · on hold 5 s');
  });

  test('a recording is to be heard as long as it is there', () => {
    const detail = { attempt: 'a1', kind: 'greeting', durationMs: 3000, deletedAt: null, deletedBy: null };
    expect(line({ what: 'recording', detail })).toMatchObject({
      title: 'Recording: The first seconds',
      sound: { attempt: 'a1', kind: 'greeting' },
      aside: 'renewals · 7 · 3 s',
    });
    const gone = line({ what: 'recording', detail: { ...detail, deletedAt: 5, deletedBy: 'retention' } });
    expect(gone.sound).toBeUndefined();
    expect(gone.aside).toContain('deleted by retention');
  });
});
