// systemd is informed over a real Unix datagram socket, with a listener in systemd's place.

import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface, type Interface } from 'node:readline';
import { afterEach, describe, expect, test } from 'vitest';
import { startWatchdog, systemdNotifier, type SystemdNotifier } from '../../src/base/sd-notify.ts';

/** Prints each datagram as one line, its newlines as `|`; says `listening` first. */
const LISTENER = `
use strict; use Socket; $| = 1;
my $path = $ARGV[0]; $path =~ s/^@/\\0/;
socket(my $s, AF_UNIX, SOCK_DGRAM, 0) or die; bind($s, pack_sockaddr_un($path)) or die "bind: $!";
print "listening\\n";
while (defined recv($s, my $message, 4096, 0)) { $message =~ s/\\n/|/g; print "$message\\n"; }
`;

let listener: ChildProcess | undefined;
let notifier: SystemdNotifier | undefined;
let directory: string | undefined;

afterEach(() => {
  notifier?.close();
  listener?.kill();
  if (directory !== undefined) rmSync(directory, { recursive: true });
  notifier = listener = directory = undefined;
});

async function systemd(socket: string): Promise<AsyncIterator<string>> {
  const child = spawn('perl', ['-e', LISTENER, socket], { stdio: ['ignore', 'pipe', 'inherit'] });
  listener = child;
  const lines: Interface = createInterface({ input: child.stdout });
  const heard = lines[Symbol.asyncIterator]();
  expect((await heard.next()).value).toBe('listening');
  return heard;
}

function socketPath(): string {
  directory = mkdtempSync(path.join(tmpdir(), 'outdial-notify-'));
  return path.join(directory, 'notify');
}

function notifierFor(env: NodeJS.ProcessEnv, faults: string[] = []): SystemdNotifier {
  notifier = systemdNotifier({ PATH: process.env.PATH, ...env }, (reason) => faults.push(reason));
  return notifier;
}

describe('[O-01] systemd', () => {
  test('hears ready, alive and stopping, in that order', async () => {
    const socket = socketPath();
    const heard = await systemd(socket);
    const faults: string[] = [];
    const reported = notifierFor({ NOTIFY_SOCKET: socket }, faults);

    await reported.ready('dialing for 2 campaigns');
    await reported.watchdog();
    await reported.stopping(90_000);

    expect((await heard.next()).value).toBe('READY=1|STATUS=dialing for 2 campaigns');
    expect((await heard.next()).value).toBe('WATCHDOG=1');
    expect((await heard.next()).value).toBe('STOPPING=1|EXTEND_TIMEOUT_USEC=90000000');
    expect(faults).toEqual([]);
  });

  test('listens on an abstract socket', async () => {
    const socket = `@outdial-test-${process.pid}`;
    const heard = await systemd(socket);
    await notifierFor({ NOTIFY_SOCKET: socket }).ready();
    expect((await heard.next()).value).toBe('READY=1');
  });

  test('a status cannot smuggle in a field of its own', async () => {
    const socket = socketPath();
    const heard = await systemd(socket);
    await notifierFor({ NOTIFY_SOCKET: socket }).ready('fine\nMAINPID=1;ERRNO=2');
    expect((await heard.next()).value).toBe('READY=1|STATUS=fine MAINPID=1 ERRNO=2');
  });

  test('did not start us: nothing is reported and nothing is started', async () => {
    const faults: string[] = [];
    const quiet = notifierFor({ WATCHDOG_USEC: '1000000' }, faults);
    await quiet.ready();
    startWatchdog(quiet)();
    expect(quiet.watchdogEveryMs).toBeUndefined();
    expect(faults).toEqual([]);
  });

  test('cannot be reached: said once, the daemon lives', async () => {
    const said = new Promise<string>((resolve) => {
      notifier = systemdNotifier({ PATH: process.env.PATH, NOTIFY_SOCKET: '/nonexistent/notify' }, resolve);
    });
    await notifier?.ready();
    await expect(said).resolves.toMatch(/send: No such file/);
  });

  test('there is no Perl: said, the daemon lives', async () => {
    const said = new Promise<string>((resolve) => {
      notifier = systemdNotifier({ PATH: '/nonexistent', NOTIFY_SOCKET: '/nonexistent/notify' }, resolve);
    });
    await notifier?.ready();
    await expect(said).resolves.toMatch(/ENOENT/);
  });

  test.each([
    ['30 s', { WATCHDOG_USEC: '30000000' }, 15_000],
    ['30 s for this process', { WATCHDOG_USEC: '30000000', WATCHDOG_PID: String(process.pid) }, 15_000],
    ['30 s for another process', { WATCHDOG_USEC: '30000000', WATCHDOG_PID: '1' }, undefined],
    ['nothing', {}, undefined],
  ])('wants to hear within %s: reported twice in that time', (_limit, env, everyMs) => {
    expect(notifierFor({ NOTIFY_SOCKET: '/nonexistent/notify', ...env }).watchdogEveryMs).toBe(everyMs);
  });

  test('asks to hear every 100 ms: hears it again and again until the daemon stops', async () => {
    const socket = socketPath();
    const heard = await systemd(socket);
    const stop = startWatchdog(notifierFor({ NOTIFY_SOCKET: socket, WATCHDOG_USEC: '100000' }));
    for (let time = 0; time < 4; time += 1) expect((await heard.next()).value).toBe('WATCHDOG=1');
    stop();
  });

  test('hears nothing once the notifier is closed', async () => {
    const socket = socketPath();
    const heard = await systemd(socket);
    const reported = notifierFor({ NOTIFY_SOCKET: socket });
    await reported.ready();
    await heard.next();
    reported.close();
    await reported.watchdog();
    listener?.kill();
    expect((await heard.next()).done).toBe(true);
  });
});
