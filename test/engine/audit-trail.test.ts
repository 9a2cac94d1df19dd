// Who did it: every kind of actor has a name, everything that changes something says who, and one file writes it down.

import path from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { nameOf, RECORDS, SCHEDULE, type Actor } from '../../src/engine/actor.ts';
import { by } from '../support/actors.ts';
import { Rig } from '../support/rig.ts';
import { readSource, sourceFiles } from '../support/source-imports.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
const MINUTE_MS = 60_000;

let rig: Rig | undefined;

afterEach(async () => {
  await rig?.close();
  rig = undefined;
});

describe('actors', () => {
  test.each<[Actor, string]>([
    [{ kind: 'token-file' }, 'api'],
    [{ kind: 'token-file', word: 'cli.ann' }, 'cli.ann'],
    [{ kind: 'token', name: 'crm' }, 'token:crm'],
    [{ kind: 'user', name: 'ann', role: 'admin' }, 'user:ann'],
    [{ kind: 'command', name: 'cli.ann' }, 'cli.ann'],
    [{ kind: 'agent', agent: '100' }, 'agent 100'],
    [{ kind: 'phone', account: 'a100' }, 'phone a100'],
    [{ kind: 'address', address: '127.0.0.1' }, 'address 127.0.0.1'],
    [{ kind: 'person' }, 'person'],
    [SCHEDULE, 'schedule'],
    [RECORDS, 'outdial'],
    [{ kind: 'system', part: 'retention' }, 'retention'],
    [{ kind: 'system', part: 'file' }, 'file'],
  ])('[O-08] %j stands in the books as %s', (actor, name) => {
    expect(nameOf(actor)).toBe(name);
  });

  test('[O-08] one file writes into the audit log, and it asks for who', () => {
    const writes = sourceFiles(ROOT, 'src').filter((file) => /\baudit\s*\.\s*append\(/.test(readSource(ROOT, file)));
    expect(writes).toEqual(['src/engine/audit-trail.ts']);
  });
});

test('[O-08] given a schedule, when its window opens and closes, then the audit log has both steps as the schedule’s', async () => {
  const schedule = { timezone: 'UTC', start: '10,30 * * * *', stop: '20,40 * * * *', holidays: [] };
  const on = await Rig.start({ records: 5, campaign: { schedule } });
  rig = on;
  on.engine.followSchedules();
  for (let minute = 0; minute < 25; minute += 1) {
    await on.clock.runFor(MINUTE_MS);
    on.engine.followSchedules();
  }
  await on.clock.settle(on.engine.actOnCampaign(on.campaign.name, 'archive', by('ann')));
  const entries = await on.store.audit.list({ what: 'campaign', limit: 9 });
  const { name } = on.campaign;
  expect([...entries].reverse()).toMatchObject([
    ...[{ who: 'schedule', what: 'campaign.start', subject: name, from: 'approved', to: 'running' }],
    ...[{ who: 'schedule', what: 'campaign.stop', subject: name, from: 'running', to: 'stopped' }],
  ]);
});
