// Legs that were given up while they rang and whose far end has not spoken yet, kept in Asterisk's own database: a daemon
// that takes over must hear of a pick-up that comes after our CANCEL, and Asterisk knows nothing of such a leg any more.

import type { LegId } from '../terms.ts';
import { field } from './ami-events.ts';
import type { AmiLink } from './ami.ts';

const FAMILY = 'outdial-given-up';

export interface HeldLeg {
  readonly leg: LegId;
  readonly callId: string;
  /** Number of the INVITE in its dialog. */
  readonly cseq: number;
  /** Q.850, as Asterisk gave it. */
  readonly cause: number;
  /** When the CANCEL left, epoch ms. */
  readonly at: number;
}

export async function readHeldLegs(ami: AmiLink): Promise<readonly HeldLeg[]> {
  const rows = await ami.list('DBGetTree', { family: FAMILY });
  return rows.flatMap((row): HeldLeg[] => {
    const leg = field(row, 'key').split('/').at(-1) ?? '';
    const found = /^(\d+) (\d+) (\d+) (\S+)$/.exec(field(row, 'val'));
    if (leg === '' || !found) return [];
    const [at = 0, cause = 0, cseq = 0] = found.slice(1, 4).map(Number);
    return [{ leg, at, cause, cseq, callId: found[4] ?? '' }];
  });
}

export async function keepHeldLeg(ami: AmiLink, { leg, callId, cseq, cause, at }: HeldLeg): Promise<void> {
  await ami.action('DBPut', { family: FAMILY, key: leg, val: `${at} ${cause} ${cseq} ${callId}` });
}

export async function forgetHeldLeg(ami: AmiLink, leg: LegId): Promise<void> {
  await ami.action('DBDel', { family: FAMILY, key: leg });
}
