// Where a box keeps its files and which ports it uses: all follow from its name and its first port.
// Pure; nothing is created or opened here.

import path from 'node:path';

/** One of the two Asterisks in a box. */
export type Side = 'pbx' | 'carrier';

export interface BoxPorts {
  readonly pbxSip: number;
  readonly carrierSip: number;
  /** Where our Asterisk takes phones over TLS, when the box has a certificate. */
  readonly pbxSipTls: number;
  readonly ari: number;
  readonly ami: number;
  /** Where our Asterisk mirrors its SIP to. */
  readonly sipMirror: number;
  /** First and last UDP port of each side's audio. */
  readonly pbxRtp: readonly [number, number];
  readonly carrierRtp: readonly [number, number];
  /** First and last UDP port for SIP peers that are put in the carrier's place; the box itself leaves them alone. */
  readonly peersSip: readonly [number, number];
  /** First and last port for the phones: signalling and control, then audio. */
  readonly phones: readonly [number, number];
  readonly phonesRtp: readonly [number, number];
}

/** How many ports from its first one a box may use. */
export const PORTS_PER_BOX = 4000;

/** Ports of one softphone process: control, SIP, and SIP over TLS, which baresip opens beside it. */
export const PORTS_PER_PHONES = 3;

/** First ports that boxes take when none is asked for; all below the range the kernel gives away. */
export const USUAL_PORT_BASES: readonly number[] = [15_000, 19_000, 23_000, 27_000, 11_000, 7000];

/** The ports of a box whose first port is `base`. */
export function boxPorts(base: number): BoxPorts {
  return {
    pbxSip: base + 60,
    pbxSipTls: base + 62,
    carrierSip: base + 70,
    ari: base + 88,
    ami: base + 38,
    sipMirror: base + 61,
    pbxRtp: [base + 1000, base + 1999],
    carrierRtp: [base + 2000, base + 2999],
    peersSip: [base + 100, base + 199],
    phones: [base + 200, base + 999],
    phonesRtp: [base + 3000, base + 3999],
  };
}

/** The directories of one Asterisk below `dir`. */
export function sideDirectories(dir: string) {
  return {
    etc: path.join(dir, 'etc'),
    run: path.join(dir, 'run'),
    log: path.join(dir, 'log'),
    spool: path.join(dir, 'spool'),
    db: path.join(dir, 'db'),
    cdr: path.join(dir, 'log', 'cdr-csv', 'Master.csv'),
    socket: path.join(dir, 'run', 'asterisk.ctl'),
  };
}
