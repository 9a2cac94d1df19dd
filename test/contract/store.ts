// What everybody relies on of every store, in telephony words. One store serves the whole suite; each test uses a
// campaign, a list and numbers of its own.

import { afterAll, beforeAll, describe } from 'vitest';
import type { Store } from '../../src/engine/store/store.ts';
import { describeAnswers } from './store-answers.ts';
import { describeAttempts } from './store-attempts.ts';
import { describeAudit } from './store-audit.ts';
import { describeThirdParties } from './store-third-parties.ts';
import { describeCallParts } from './store-call-parts.ts';
import { describeCallbacks } from './store-callbacks.ts';
import { describeGate } from './store-gate.ts';
import { describeMissed } from './store-missed.ts';
import { describeCallerIds } from './store-caller-ids.ts';
import { describeDetection } from './store-detection.ts';
import { describeChoice } from './store-choice.ts';
import { Desk } from './store-desk.ts';
import { describeDoNotCall } from './store-do-not-call.ts';
import { describeFilters } from './store-filters.ts';
import { describeHeld } from './store-engaged.ts';
import { describeInteractions } from './store-interactions.ts';
import { describeLists } from './store-lists.ts';
import { describeNext } from './store-next.ts';
import { describeEmergencies } from './store-emergencies.ts';
import { describeForms } from './store-forms.ts';
import { describeNotes } from './store-notes.ts';
import { describeOutbox } from './store-outbox.ts';
import { describeOutbound } from './store-outbound.ts';
import { describePeople } from './store-people.ts';
import { describeRecordings } from './store-recordings.ts';
import { describeRecords } from './store-records.ts';
import { describeReservations } from './store-reservations.ts';
import { describeScripts } from './store-scripts.ts';
import { describeUsers } from './store-users.ts';
import { describeValidation } from './store-validation.ts';

export interface StoreHarness {
  readonly store: Store;
  /** Closes the store and removes what it was kept in. */
  stop(): Promise<void>;
}

/** Describes the whole contract of the `Store` port for one store. */
export function storeContract(name: string, makeHarness: () => Promise<StoreHarness>): void {
  describe(name, () => {
    let harness: StoreHarness | undefined;
    let desk: Desk | undefined;
    const current = (): Desk => {
      if (!desk) throw new Error('the harness did not start');
      return desk;
    };
    beforeAll(async () => {
      harness = await makeHarness();
      desk = new Desk(harness.store);
    });
    afterAll(async () => {
      await harness?.stop();
    });

    describeOutbound(current);
    describeEmergencies(current);
    describeNotes(current);
    describeForms(current);
    describeScripts(current);
    describeRecordings(current);
    describeCallParts(current);
    describeThirdParties(current);
    describeValidation(current);
    describeDetection(current);
    describeChoice(current);
    describeNext(current);
    describeHeld(current);
    describeDoNotCall(current);
    describeFilters(current);
    describeCallerIds(current);
    describeAttempts(current);
    describeAnswers(current);
    describeRecords(current);
    describeReservations(current);
    describeInteractions(current);
    describeCallbacks(current);
    describeMissed(current);
    describeGate(current);
    describeLists(current);
    describePeople(current);
    describeUsers(current);
    describeAudit(current);
    describeOutbox(current);
  });
}
