// Opt-outs that the dialplan took down while no daemon was there: kept in Asterisk's own database
// by attempt, until they are in ours.

import type { NotedOptOut } from '../engine/ports.ts';
import type { AttemptId } from '../terms.ts';
import { field } from './ami-events.ts';
import type { AmiLink } from './ami.ts';

/** Family of keys in Asterisk's database; asterisk/pbx/extensions.conf writes there. */
const FAMILY = 'outdial-wishes';

export async function readOptOuts(ami: AmiLink): Promise<readonly NotedOptOut[]> {
  const rows = await ami.list('DBGetTree', { family: FAMILY });
  return rows.flatMap((row): NotedOptOut[] => {
    const attempt = field(row, 'key').split('/').at(-1) ?? '';
    const seconds = Number(field(row, 'val'));
    return attempt === '' || !Number.isFinite(seconds) ? [] : [{ attempt, at: seconds * 1000 }];
  });
}

export async function forgetOptOut(ami: AmiLink, attempt: AttemptId): Promise<void> {
  await ami.action('DBDel', { family: FAMILY, key: attempt });
}
