// The directory as a part of the store: each request in its own file, put together here.

import type { ContactStore } from '../../engine/store-contacts.ts';
import { editContact } from './contact-edit.ts';
import { contactDetails, findContacts } from './contact-find.ts';
import { forgetContact } from './contact-forget.ts';
import { contactTimeline } from './contact-timeline.ts';
import { mergeContactPair } from './contact-union.ts';
import type { Lanes } from './lanes.ts';
import { takeStep } from './record-stepping.ts';
import { countTraces, scrubTables, sweepTexts } from './scrub.ts';

export function contactStore({ read, write, bulk }: Lanes): ContactStore {
  return {
    find: (search) => findContacts(read, search),
    show: (contact) => contactDetails(read, contact),
    edit: (edit) => write.do((db) => editContact(db, edit)),
    merge: (merge) => write.do((db) => mergeContactPair(db, merge)),
    timeline: (query) => contactTimeline(read, query),
    forget: (forgetting) => write.do((db) => forgetContact(db, forgetting)),
    scrub: (how) => bulk.do((db) => scrubTables(db, how)),
    sweep: (needles) => write.do((db) => sweepTexts(db, needles)),
    traces: (needles) => countTraces(read, needles),
    stepRecord: (step) => write.do((db) => takeStep(db, step)),
  };
}
