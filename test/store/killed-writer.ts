// A process that opens a store, does what it is ordered without end, and writes a line for all that was acknowledged.

import { openSqliteStore } from '../../src/store/sqlite/open.ts';
import { Desk, HOUR_MS, NOON, waitingUntil } from '../contract/store-desk.ts';

const [file = '', what = ''] = process.argv.slice(2);
const store = await openSqliteStore({ file });
const desk = new Desk(store);

/** Dials and ends calls of many records at a time. */
async function dial(): Promise<void> {
  const campaign = await desk.people(400, { attempts: { max: 1000, perDay: 1000 } });
  const one = async (now: number): Promise<void> => {
    const { opened } = await desk.open(campaign, 2, now);
    for (const { attempt } of opened) {
      console.log(`opened ${attempt}`);
      await desk.close(attempt, { next: waitingUntil(now + HOUR_MS) });
      console.log(`closed ${attempt}`);
    }
  };
  for (let round = 0; ; round += 1) {
    await Promise.all(Array.from({ length: 20 }, () => one(NOON + round * HOUR_MS)));
  }
}

/** Imports a list that never ends. */
async function importContacts(): Promise<void> {
  const known = desk.contact({ name: 'Known' });
  await desk.list([known], 'finished');
  const batch = { importId: 'endless', list: 'endless', source: 'x.csv', duplicates: 'merge' } as const;
  for (;;) {
    const contacts = Array.from({ length: 50 }, () => desk.contact());
    const twin = { ...known, name: 'Changed' };
    await store.lists.importBatch({ ...batch, contacts: [...contacts, twin] });
    console.log('batch');
  }
}

/** A campaign starts and stops without end, and a webhook wants to know. */
async function writeOutside(): Promise<void> {
  await store.outbox.subscribe([{ hook: 'crm', events: ['campaign.changed'] }], ['crm'], NOON);
  for (let turn = 1; ; turn += 1) {
    const step = { campaign: 'renewals', from: 'stopped', to: 'running', by: 'ann', reason: '' } as const;
    await store.campaigns.saveState({ ...step, at: NOON + turn });
    console.log(`reported ${turn}`);
  }
}

if (what === 'outside') await writeOutside();
else if (what === 'dial') await dial();
else if (what === 'import') await importContacts();
else console.log('holding');
setInterval(() => undefined, 1000);
