// What may happen to everything at once while people talk, ring and are dialed in every detection mode: links, Asterisk, the
// carrier, the disk, the clock. Tests and the benchmark `hostile` let each happen and look at what is left.

import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { health } from '../../src/http/wire/health.ts';
import { fill, mountSmallDisk, unmount } from '../store/small-disk.ts';
import { LinkProxy } from '../telephony/link-proxy.ts';
import type { Bounds } from './hostile-load.ts';
import { PeerDesk } from './peer-desk.ts';
import { until } from './until.ts';

interface Trouble {
  readonly name: string;
  /** Resolves when it is over. */
  readonly happens: () => Promise<void>;
  readonly bounds: Bounds;
}

/** A desk of its own kind, and what happens to it, one after the other. */
export interface Troubled {
  readonly desk: PeerDesk;
  readonly troubles: readonly Trouble[];
  readonly close: () => Promise<void>;
}

/** 2 s, and what a timer and the first packet take on a busy machine. */
const SILENCE_MS = 2100;
const HOUR_MS = 3_600_000;

export type Kind = 'ARI' | 'AMI' | 'Asterisk' | 'carrier' | 'disk' | 'clock';

/** Names are known before anything is opened: test runners want them. */
export const TROUBLES: Readonly<Record<Kind, readonly string[]>> = {
  ARI: ['cut for 5 s', 'half open for 15 s', 'slow by 400 ms'],
  AMI: ['cut for 5 s', 'half open for 15 s', 'slow by 400 ms'],
  Asterisk: ['core restart now', 'kill -9', 'SIGSTOP for 10 s'],
  carrier: ['restarts and has forgotten every call'],
  disk: ['has no room for 6 s', 'refuses every write for 6 s'],
  clock: ['an hour on', 'back to the right time', 'an hour back', 'on to the right time'],
};

/** Opens a desk for the troubles of that kind; its campaigns are not staffed yet. */
export function openTroubled(kind: Kind): Promise<Troubled> {
  switch (kind) {
    case 'ARI':
    case 'AMI':
      return openCables(kind);
    case 'Asterisk':
      return openAsterisk();
    case 'carrier':
      return openCarrier();
    case 'disk':
      return openDisk();
    case 'clock':
      return openClock();
  }
}

/** One of the two links runs through a cable: cut, or nothing passes and no side is informed, or everything is late. */
async function openCables(kind: 'ARI' | 'AMI'): Promise<Troubled> {
  let cable: LinkProxy | undefined;
  const desk = await PeerDesk.open({
    link: async ({ ariUrl, amiHost, amiPort }) => {
      if (kind === 'AMI') {
        cable = await LinkProxy.open(amiHost, amiPort);
        return { ariUrl, amiHost: '127.0.0.1', amiPort: cable.port };
      }
      const { hostname, port } = new URL(ariUrl);
      cable = await LinkProxy.open(hostname, Number(port));
      return { ariUrl: `http://127.0.0.1:${cable.port}`, amiHost, amiPort };
    },
  });
  const during = (forMs: number, harm: (cable: LinkProxy) => void) => async (): Promise<void> => {
    if (cable) harm(cable);
    await pause(forMs);
    cable?.restore();
  };
  const harms = [
    during(5000, (line) => line.cut()),
    during(15_000, (line) => line.freeze()),
    during(6000, (line) => line.delay(400)),
  ];
  return {
    desk,
    // An answer and an end that were both unheard stand in the books from when the call record was read.
    troubles: named(kind, harms, (index) => ({ silenceMs: SILENCE_MS, skewed: index === 1 })),
    close: async () => {
      await desk.close();
      await cable?.close();
    },
  };
}

/** People who were on a dead exchange hear nothing until they hang up, which is not ours to change. */
async function openAsterisk(): Promise<Troubled> {
  const desk = await PeerDesk.open();
  const { box } = desk;
  const frozenMs = 10_000;
  const harms = [
    async (): Promise<void> => {
      await box.command('pbx', 'core restart now').catch(() => undefined); // its own answer dies with it
      await pause(1000);
      await box.pbxBooted();
    },
    async (): Promise<void> => {
      await box.killPbx();
      await pause(1000);
      await box.startPbx();
    },
    async (): Promise<void> => {
      box.freezePbx();
      await pause(frozenMs);
      box.thawPbx();
    },
  ];
  const dies = { silenceMs: Infinity, mayCut: true };
  const bounds = [dies, dies, { silenceMs: frozenMs + SILENCE_MS, mayCut: true }];
  return { desk, troubles: named('Asterisk', harms, (index) => bounds[index] ?? dies), close: () => desk.close() };
}

async function openCarrier(): Promise<Troubled> {
  const desk = await PeerDesk.open();
  const harm = async (): Promise<void> => {
    await desk.peer.die();
    await pause(4000);
    await desk.peer.restart();
  };
  const bounds = { silenceMs: Infinity, forgets: true };
  return { desk, troubles: named('carrier', [harm], () => bounds), close: () => desk.close() };
}

/**
 * No room: a file system of a few MB that is filled. Every write refused: a limit on the size of files that the running
 * daemon meets (EFBIG, an I/O error to SQLite) stands for a disk that has become read-only, since a file system cannot be
 * remounted so while a database on it is open. Mounting needs root.
 */
async function openDisk(): Promise<Troubled> {
  const folder = mkdtempSync(path.join(tmpdir(), 'outdial-disk-'));
  const disk = path.join(folder, 'disk');
  if (!mountSmallDisk(disk, 12)) throw new Error('mounting a small disk needs root');
  const desk = await PeerDesk.open({ store: `sqlite:${disk}/outdial.db` });
  const limit = (bytes: string): unknown =>
    execFileSync('prlimit', ['--pid', String(desk.desk.centre.daemonPid ?? 0), `--fsize=${bytes}:unlimited`]);
  const harms = [
    () => failing(desk, () => fill(disk)),
    () =>
      failing(desk, () => {
        limit('1');
        return () => limit('unlimited');
      }),
  ];
  return {
    desk,
    troubles: named('disk', harms, () => ({ silenceMs: SILENCE_MS })),
    close: async () => {
      await desk.close();
      unmount(disk);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Lets the store fail, and go on failing for 6 s after the daemon has said so. */
async function failing({ desk: { centre } }: PeerDesk, begin: () => () => unknown): Promise<void> {
  const end = begin();
  try {
    // 503 while it fails: asked without the client, to which that is a refusal
    const isFailing = async (): Promise<true | undefined> => {
      const answer = await fetch(`http://127.0.0.1:${centre.settings.http.port}/api/health`);
      return health.parse(await answer.json()).store === 'ok' ? undefined : true;
    };
    await until('the store is failing', isFailing, 20_000);
    await pause(6000);
  } finally {
    end();
  }
}

/** The clock of the daemon alone: Asterisk's may be another machine's, and shows what ages by either come to. */
async function openClock(): Promise<Troubled> {
  const folder = mkdtempSync(path.join(tmpdir(), 'outdial-clock-'));
  const file = path.join(folder, 'offset');
  const preload = pathToFileURL(path.join(import.meta.dirname, 'stepped-clock.mjs')).href;
  const desk = await PeerDesk.open({ env: { NODE_OPTIONS: `--import=${preload}`, OUTDIAL_TEST_CLOCK: file } });
  const harms = [HOUR_MS, 0, -HOUR_MS, 0].map((offsetMs) => async (): Promise<void> => {
    writeFileSync(file, String(offsetMs));
    await pause(500);
  });
  return {
    desk,
    troubles: named('clock', harms, () => ({ silenceMs: SILENCE_MS, skewed: true })),
    close: async () => {
      await desk.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function named(kind: Kind, harms: readonly (() => Promise<void>)[], boundsOf: (index: number) => Bounds): Trouble[] {
  return harms.map((happens, index) => ({ name: TROUBLES[kind][index] ?? '', happens, bounds: boundsOf(index) }));
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}
