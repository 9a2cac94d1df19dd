// Where a box can be reached: what its record and its ports come to, as `status --json` prints it.

import path from 'node:path';
import type { AsteriskHome } from './asterisk-home.ts';
import { boxPorts, sideDirectories } from './layout.ts';
import { HOST, logFiles, sideDir, TRUNK, USER } from './render.ts';
import type { BoxRecord } from './state.ts';
import { trunkEndpoint } from './trunks.ts';

export interface PbxAddress {
  readonly ariUrl: string;
  readonly ariUser: string;
  readonly ariPassword: string;
  readonly amiHost: string;
  readonly amiPort: number;
  readonly amiUser: string;
  readonly amiSecret: string;
  /** Where phones register, host:port. */
  readonly sipAddress: string;
  /** Where they register over TLS, when the box has a certificate, host:port. */
  readonly sipTlsAddress: string;
  /** The endpoint to dial through: PJSIP/NUMBER@TRUNK. */
  readonly trunk: string;
  /** The same for each SIP peer that the box was given a trunk to. */
  readonly peers: readonly { readonly name: string; readonly endpoint: string; readonly address: string }[];
  readonly app: string;
  readonly cdrFile: string;
  /** Where it mirrors its SIP to, host:port. */
  readonly sipMirror: string;
  readonly logFile: string;
  readonly soundsDir: string;
  /** Where the dialer's recordings of conversations are. */
  readonly recordingsDir: string;
  /** For names made into sounds: the folder, and what Asterisk calls it. */
  readonly names: { readonly folder: string; readonly sounds: string };
}

export interface CarrierAddress {
  readonly sipAddress: string;
  readonly cdrFile: string;
  readonly logFile: string;
  /** Recordings of what called parties heard: ATTEMPT.wav, or the channel's unique id. */
  readonly recordingsDir: string;
}

/** Addresses of a running box, as `status --json` prints them. */
export interface BoxAddress {
  readonly name: string;
  readonly dir: string;
  readonly portBase: number;
  readonly pbx: PbxAddress;
  readonly carrier: CarrierAddress;
}

/** What a box with this record offers at which address. */
export function addressOf(home: AsteriskHome, record: BoxRecord): BoxAddress {
  const dir = path.join(home.boxesDir, record.name);
  const ports = boxPorts(record.portBase);
  const carrier = sideDirectories(sideDir(dir, 'carrier'));
  const names = path.join(sideDirectories(sideDir(dir, 'pbx')).spool, 'names');
  return {
    name: record.name,
    dir,
    portBase: record.portBase,
    pbx: {
      ariUrl: `http://${HOST}:${ports.ari}`,
      ariUser: USER,
      ariPassword: record.secret,
      amiHost: HOST,
      amiPort: ports.ami,
      amiUser: USER,
      amiSecret: record.secret,
      sipAddress: `${HOST}:${ports.pbxSip}`,
      sipTlsAddress: `${HOST}:${ports.pbxSipTls}`,
      trunk: TRUNK,
      peers: (record.trunks ?? []).map(({ name, host, port }) => ({
        name,
        endpoint: trunkEndpoint(name),
        address: `${host}:${port}`,
      })),
      app: record.app,
      cdrFile: sideDirectories(sideDir(dir, 'pbx')).cdr,
      sipMirror: `${HOST}:${ports.sipMirror}`,
      logFile: logFiles(sideDir(dir, 'pbx')).messages,
      soundsDir: home.soundsDir,
      recordingsDir: path.join(sideDirectories(sideDir(dir, 'pbx')).spool, 'monitor', 'outdial'),
      names: { folder: names, sounds: home.inner(names) },
    },
    carrier: {
      sipAddress: `${HOST}:${ports.carrierSip}`,
      cdrFile: carrier.cdr,
      logFile: logFiles(sideDir(dir, 'carrier')).messages,
      recordingsDir: path.join(carrier.spool, 'monitor'),
    },
  };
}
