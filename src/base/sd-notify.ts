// Reports to systemd that the daemon is ready, alive or stopping (sd_notify). Does nothing where systemd did not ask.
//
// Node cannot send Unix datagrams. A helper of a few lines of Perl, part of every Debian, lives beside the daemon and
// sends each line that it is given; it ends with the daemon. It lives on because systemd looks the sender up by its
// process id, and a process gone by then is not believed. The unit needs `NotifyAccess=all`.

import { spawn } from 'node:child_process';
import { Socket } from 'node:net';
import type { Stream } from 'node:stream';

const SENDER = `
use strict; use Socket;
my $path = $ENV{NOTIFY_SOCKET};
$path =~ s/^@/\\0/;
socket(my $socket, AF_UNIX, SOCK_DGRAM, 0) or die "socket: $!";
while (my $line = <STDIN>) {
  chomp $line;
  $line =~ s/;/\\n/g;
  send($socket, $line, 0, pack_sockaddr_un($path)) or warn "send: $!";
}
`;

export interface SystemdNotifier {
  /** Start-up is over: calls can be placed. `status` is shown by `systemctl status`. */
  readonly ready: (status?: string) => Promise<void>;
  /** Still alive; to be said at least every `watchdogEveryMs`. */
  readonly watchdog: () => Promise<void>;
  /** The orderly end has begun; live calls may take `extendMs` more to finish. */
  readonly stopping: (extendMs?: number) => Promise<void>;
  /** How often systemd wants to hear that we live (half of its limit); undefined: it does not ask. */
  readonly watchdogEveryMs: number | undefined;
  /** Lets the helper go; nothing can be reported afterwards. */
  readonly close: () => void;
}

let own: SystemdNotifier | undefined;

/** The notifier for the systemd that started this process, if one did. */
function ours(): SystemdNotifier {
  own ??= systemdNotifier(process.env, (reason) => process.emitWarning(`systemd cannot be reached: ${reason}`));
  return own;
}

/** Reports to systemd that start-up is over; at once when there is no systemd. */
export const notifyReady = (status?: string): Promise<void> => ours().ready(status);

/** Reports to systemd that the orderly end has begun and may take `extendMs`; at once when there is no systemd. */
export const notifyStopping = (extendMs?: number): Promise<void> => ours().stopping(extendMs);

/** Reports to systemd from now on that the event loop turns, as often as it asks; the returned function ends that. */
export function startWatchdog(notifier: SystemdNotifier = ours()): () => void {
  if (notifier.watchdogEveryMs === undefined) return () => undefined;
  void notifier.watchdog();
  const timer = setInterval(() => void notifier.watchdog(), notifier.watchdogEveryMs);
  timer.unref();
  return () => clearInterval(timer);
}

/**
 * A notifier by `NOTIFY_SOCKET` and `WATCHDOG_USEC` in `env`. Its promises never reject: `onFault` hears, once, why
 * systemd cannot be reached.
 */
export function systemdNotifier(env: NodeJS.ProcessEnv, onFault: (reason: string) => void): SystemdNotifier {
  const socket = env.NOTIFY_SOCKET ?? '';
  if (socket === '') return silent;
  const { notify, close } = startSender(socket, env.PATH, onFault);
  return {
    ready: (status) => notify('READY=1', ...(status === undefined ? [] : [`STATUS=${status}`])),
    watchdog: () => notify('WATCHDOG=1'),
    stopping: (extendMs) =>
      notify('STOPPING=1', ...(extendMs === undefined ? [] : [`EXTEND_TIMEOUT_USEC=${Math.round(extendMs * 1_000)}`])),
    watchdogEveryMs: watchdogEveryMs(env),
    close,
  };
}

function startSender(socket: string, searchPath: string | undefined, onFault: (reason: string) => void) {
  const helper = spawn('perl', ['-e', SENDER], {
    env: { PATH: searchPath, NOTIFY_SOCKET: socket },
    stdio: ['pipe', 'ignore', 'pipe'],
  });
  let complained = false;
  const complain = (reason: string): void => {
    if (!complained) onFault(reason);
    complained = true;
  };
  helper.on('error', (fault) => complain(fault.message));
  helper.stdin.on('error', (fault) => complain(fault.message));
  helper.stderr.on('data', (chunk: Buffer) => complain(chunk.toString().trim()));
  // The helper must not keep alive a daemon that has nothing more to do.
  helper.unref();
  for (const pipe of [helper.stdin, helper.stderr] as Stream[]) if (pipe instanceof Socket) pipe.unref();
  const notify = (...fields: readonly string[]): Promise<void> =>
    new Promise((resolve) => {
      if (!helper.stdin.writable) resolve();
      else helper.stdin.write(`${fields.map(oneLine).join(';')}\n`, () => resolve());
    });
  return { notify, close: () => helper.stdin.end() };
}

const nothing = (): Promise<void> => Promise.resolve();
const silent: SystemdNotifier = {
  ready: nothing,
  watchdog: nothing,
  stopping: nothing,
  watchdogEveryMs: undefined,
  close: () => undefined,
};

/** A field is one line, and the helper keeps `;` for itself. */
const oneLine = (field: string): string => field.replace(/[\r\n;]+/g, ' ');

function watchdogEveryMs(env: NodeJS.ProcessEnv): number | undefined {
  const limitUs = Number(env.WATCHDOG_USEC);
  const isForUs = env.WATCHDOG_PID === undefined || env.WATCHDOG_PID === String(process.pid);
  return Number.isFinite(limitUs) && limitUs > 0 && isForUs ? limitUs / 2_000 : undefined;
}
