// Tells systemd that the daemon is ready, alive, or stopping. Does nothing when systemd did not ask for it.
// Node has no datagram sockets of the Unix kind, so systemd's own `systemd-notify` sends the message
// (the unit needs NotifyAccess=all).

import { execFile } from 'node:child_process';

const LIMIT_MS = 5_000;

/** Sends one state line; resolves also when it could not be sent: notification must never stop the daemon. */
function notify(...states: readonly string[]): Promise<void> {
  if (process.env.NOTIFY_SOCKET === undefined) return Promise.resolve();
  return new Promise((resolve) => {
    execFile('systemd-notify', [`--pid=${process.pid}`, ...states], { timeout: LIMIT_MS }, () => resolve());
  });
}

export const notifyReady = (): Promise<void> => notify('READY=1', 'STATUS=dialing as the campaigns say');
export const notifyStopping = (): Promise<void> => notify('STOPPING=1', 'STATUS=no new calls, live ones finish');

/** Pats the watchdog twice in its interval; the returned function stops it. */
export function startWatchdog(): () => void {
  const intervalMs = Number(process.env.WATCHDOG_USEC ?? 0) / 1000;
  if (!(intervalMs > 0)) return () => undefined;
  const timer = setInterval(() => void notify('WATCHDOG=1'), intervalMs / 2);
  return () => clearInterval(timer);
}
