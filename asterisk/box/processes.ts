// Starts, remembers and ends the processes of a box, so that a later run can take down what a crashed
// one left. A process is known by its id and its start time: an id alone may belong to somebody else by now.
// In a bare root without /proc the id has to do.

import { spawn } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

export interface KnownProcess {
  readonly role: string;
  readonly pid: number;
  /** Clock ticks from the machine's start to the process's, as the kernel counts them. */
  readonly startTicks: string;
}

const HAS_PROC = existsSync('/proc/self/stat');

function ticksWithoutProc(pid: number): string | undefined {
  try {
    process.kill(pid, 0);
    return 'unknown';
  } catch {
    return undefined; // no such process
  }
}

/** When process `pid` started; undefined when there is none, or only its remains. */
function startTicksOf(pid: number): string | undefined {
  if (pid === 0) return undefined;
  if (!HAS_PROC) return ticksWithoutProc(pid);
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' ? undefined : fields[19];
  } catch {
    return undefined; // no such process
  }
}

/** Whether the very process that was remembered still lives. */
export function isAlive(known: KnownProcess): boolean {
  return startTicksOf(known.pid) === known.startTicks;
}

/** What is to be remembered of process `pid`. */
export function remember(role: string, pid: number): KnownProcess {
  return { role, pid, startTicks: startTicksOf(pid) ?? '' };
}

/** Starts a process of its own session with its output in `logFile`; it outlives us unless it is ended. */
export function startDetached(
  role: string,
  command: readonly [string, readonly string[]],
  logFile: string,
): KnownProcess {
  const log = openSync(logFile, 'a');
  const child = spawn(command[0], command[1], { detached: true, stdio: ['ignore', log, log] });
  closeSync(log);
  child.on('error', () => undefined); // shows as a process that is not alive
  child.unref();
  return remember(role, child.pid ?? 0);
}

/** Sends a signal to a remembered process if it still lives. */
export function signal(known: KnownProcess, name: NodeJS.Signals): void {
  if (!isAlive(known)) return;
  try {
    process.kill(known.pid, name);
  } catch {
    // it ended in between
  }
}

/** Resolves when the process is gone, or after `limitMs` with false. */
export async function isGone(known: KnownProcess, limitMs: number): Promise<boolean> {
  const until = performance.now() + limitMs;
  while (isAlive(known)) {
    if (performance.now() > until) return false;
    await delay(20);
  }
  return true;
}

/** Ends a process: politely, and after `patienceMs` for good. */
export async function end(known: KnownProcess, patienceMs = 3000): Promise<void> {
  signal(known, 'SIGTERM');
  if (await isGone(known, patienceMs)) return;
  signal(known, 'SIGKILL');
  await isGone(known, 2000);
}
