// The directory as a part of the store: each request in its own file, put together here.

import type { ContactStore } from '../../engine/store-contacts.ts';
import { contactEditing } from './contact-edit.ts';
import { contactForgetting } from './contact-forget.ts';
import { contactTimeline } from './contact-timeline.ts';
import { contactUnion } from './contact-union.ts';
import { contactQueries } from './contacts.ts';
import type { Connection } from './database.ts';
import { recordStepping } from './record-stepping.ts';
import type { Handlers } from './requests.ts';
import { scrubbing, sweeping, traceSearch } from './scrub.ts';

export function contactHandlers(db: Connection): Handlers<ContactStore> {
  const contacts = contactQueries(db);
  return {
    find: (search) => contacts.find(search),
    show: (contact) => contacts.details(contact),
    edit: contactEditing(db, contacts),
    merge: contactUnion(db, contacts),
    timeline: contactTimeline(db),
    forget: contactForgetting(db, contacts),
    scrub: scrubbing(db),
    sweep: sweeping(db),
    traces: traceSearch(db),
    stepRecord: recordStepping(db),
  };
}
