// A batch of an import as text: what its thread writes down is what the store reads.

import { expect, test } from 'vitest';
import type { ImportBatch, NewContact } from '../../src/engine/store/lists.ts';
import { contactsOf, textOfContacts, unnamedIn } from '../../src/store/contact-batch.ts';

const ann: NewContact = {
  ...{ name: 'Ann "O\'Hara"\n', line: 2, fields: { town: 'Łódź, "x"\n', since: '' } },
  phones: [
    { number: '+12125550101', type: 'mobile' },
    { number: '+12125550101', type: 'home' },
    { number: '+12125550102', type: 'home' },
  ],
};
const bob: NewContact = {
  ...{ name: '', line: 7, fields: { balance: 12.5, vip: true } },
  phones: [{ number: '+12125550103', type: 'work' }],
};
const none: NewContact = { name: 'No phone', line: 9, fields: {}, phones: [] };

test('[L-01] contacts travel as text: name, fields, line and each number once come out as they went in', () => {
  const read = contactsOf({ contacts: textOfContacts([ann, bob, none]) });
  expect(read.map(({ name, line, fields, phones }) => ({ name, line, fields, phones }))).toEqual([
    { ...ann, phones: [ann.phones[0], ann.phones[2]] },
    bob,
    none,
  ]);
});

test('[L-01] what is written of them is worked out before; the database says the text of typed fields itself', () => {
  const [first, second, third] = contactsOf({ contacts: textOfContacts([ann, bob, none]) });
  expect(first?.fieldsText).toBe(JSON.stringify(ann.fields));
  expect(first?.searchText).toBe('Ann "O\'Hara"\n\nŁódź, "x"\n\n\n+12125550101\n+12125550102');
  expect([second?.searchText, third?.searchText]).toEqual([undefined, undefined]);
});

test('[L-01] no contacts are no text to trip over; contacts that come as they are stay so', () => {
  expect(contactsOf({ contacts: textOfContacts([]) })).toEqual([]);
  expect(contactsOf({ contacts: [bob] })).toEqual([bob]);
});

test('[L-01] the fields of a batch that names them need not be looked for in its contacts', () => {
  const batch: ImportBatch = { importId: 'i', list: 'l', source: 's', duplicates: 'skip', contacts: [bob] };
  const asText = { ...batch, contacts: textOfContacts([bob]) };
  expect(unnamedIn({ ...asText, fields: ['balance', 'vip'] }, [bob])).toEqual([]);
  expect(unnamedIn(asText, [bob])).toEqual([bob]);
  expect(unnamedIn({ ...batch, fields: ['town'] }, [bob])).toEqual([bob]);
});
