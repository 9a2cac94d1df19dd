// outdial doctor's look at who else could get in or listen: what the settings open, who was kept out, PINs that are easily
// guessed.

import { OperationalError } from '../../base/errors.ts';
import { openingsOf } from '../../config/openings.ts';
import type { Settings } from '../../config/settings.ts';
import { withStoreToRead, type CommandContext } from '../context.ts';
import type { SecurityState } from '../../http/wire/security.ts';
import { failed, fine } from './findings.ts';
import type { Finding } from './findings.ts';

/** PINs are tried of so many agents: it takes a few hundredths of a second each. */
const MOST_AGENTS = 200;

/** It works, and lets others in or listen. */
function open(check: string, detail: string, hint: string): Finding {
  return { check, ok: true, detail, hint, isOpen: true };
}

/** What the settings open to others, and whom the running daemon has kept out. */
export async function openToOthers(
  context: CommandContext,
  settings: Settings,
  isRunning: boolean,
): Promise<readonly Finding[]> {
  const openings = openingsOf(settings).map(({ key, what, why, close }) => open(key, what, `${why} ${close}`));
  return [...openings, ...(await checkKeptOut(context, isRunning))];
}

/** Secrets that everybody tries first; a PIN is kept as a hash, so that looking means trying. */
export async function checkSecrets(context: CommandContext, settings: Settings): Promise<readonly Finding[]> {
  const { mayHoldData } = await import('../../store/open.ts');
  if (!mayHoldData(settings.store)) return [];
  try {
    const { agentsWithWeakPins } = await import('./pins.ts');
    const weak = await withStoreToRead(context, (store) => agentsWithWeakPins(store.agents, MOST_AGENTS));
    if (weak.length === 0) return [fine('PINs', `none that everybody tries first, of the first ${MOST_AGENTS} agents`)];
    const hint = 'Whoever tries signs in as them: outdial agent set-pin NUMBER makes one up.';
    return [open('PINs', `easily guessed: agents ${weak.join(', ')}`, hint)];
  } catch (error) {
    if (error instanceof OperationalError && error.code === 'store-missing') return [];
    return [failed('PINs', error)];
  }
}

function waitingFor(passwords: SecurityState['passwords']): Finding {
  const waiting = passwords
    .slice(0, 5)
    .map(({ what, name, until }) => `${what} ${name} until ${new Date(until).toISOString()}`);
  const hint =
    'Somebody guesses passwords: outdial audit log --what session.wrong-password shows from where, for whom.';
  return open('passwords', waiting.join(', '), hint);
}

/** Who was kept out by the running daemon. */
async function checkKeptOut(context: CommandContext, isRunning: boolean): Promise<readonly Finding[]> {
  if (!isRunning) return [];
  try {
    const { securityState } = await import('../../http/wire/security.ts');
    const { tokens, locks, passwords } = await (await context.daemon()).get(securityState, '/security');
    const from = tokens.addresses.slice(0, 3).map((one) => `${one.refused} from ${one.from}`);
    const detail = `refused tokens since the start: ${tokens.refused}${from.length > 0 ? ` (${from.join(', ')})` : ''}`;
    const locked = locks.map(({ what, name, until }) => `${what} ${name} until ${new Date(until).toISOString()}`);
    const guessed = 'Somebody guesses PINs there: outdial audit log --what sign-in shows from which phone, for whom.';
    return [
      tokens.refused === 0
        ? fine('tokens', detail)
        : open('tokens', detail, 'A script with an old token, or an attempt to guess one: the log has the addresses.'),
      locked.length === 0 ? fine('locks', 'none after wrong PINs') : open('locks', locked.join(', '), guessed),
      ...(passwords.length === 0 ? [] : [waitingFor(passwords)]),
    ];
  } catch (error) {
    return [failed('tokens', error)];
  }
}
