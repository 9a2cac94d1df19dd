// The network in a box: on 127.0.0.1 the Asterisk that outdial drives, with the configuration that we ship,
// a second Asterisk that plays the telephone network, and SIP softphones as the agents' phones.
// As a script: npx tsx asterisk/box.ts up | down | status. As a module: startBox().

import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { OperationalError } from '../src/base/errors.ts';
import { addressOf, type BoxAddress, type CarrierAddress, type PbxAddress } from './box/address.ts';
import { installedAsterisk, type AsteriskHome } from './box/asterisk-home.ts';
import { AsteriskProcess } from './box/asterisk-process.ts';
import { placeCallFile, type Calling } from './box/call-files.ts';
import { readCallRecords, type CallRecord } from './box/call-records.ts';
import {
  boxPorts,
  PORTS_PER_BOX,
  PORTS_PER_PHONES,
  sideDirectories,
  USUAL_PORT_BASES,
  type Side,
} from './box/layout.ts';
import { startPhones, type PhoneAccount, type Phones, type PhonesOptions } from './box/phones.ts';
import { portsAreFree } from './box/ports.ts';
import { remember } from './box/processes.ts';
import { sideDir, writeCarrier, writePbx, type BoxCertificate } from './box/render.ts';
import { claim, takeDown, writeRecord, type BoxRecord } from './box/state.ts';
import type { PeerTrunk } from './box/trunks.ts';

export interface BoxOptions {
  /** First of the box's 4000 ports; the first free of the usual ones when left out. */
  readonly portBase?: number;
  /** `box-PORTBASE` when left out. */
  readonly name?: string;
  /** Directory whose files replace those of asterisk/carrier. */
  readonly carrierDir?: string;
  /** The ARI application's name; `outdial` when left out. */
  readonly app?: string;
  /** Seed of the mixed population. */
  readonly seed?: number;
  /** Multiplies how long the mixed population talks, and lets it ring. */
  readonly talkScale?: number;
  readonly ringScale?: number;
  /** The carrier records what called parties hear, from their answer on. */
  readonly record?: boolean;
  /** Trunks to SIP peers besides the one to the box's own network. */
  readonly trunks?: readonly PeerTrunk[];
  /** Modules that the dialer's Asterisk must not load. */
  readonly noload?: readonly string[];
  /** More global variables for the dialplans. */
  readonly pbxGlobals?: Readonly<Record<string, string>>;
  readonly carrierGlobals?: Readonly<Record<string, string>>;
  /** Certificate and key, PEM, with which the dialer's Asterisk takes phones over TLS as well. */
  readonly certificate?: BoxCertificate;
  /** Leaves the box running when this process ends; `down` or the next `stop` takes it down. */
  readonly detached?: boolean;
}

export class Box implements BoxAddress {
  readonly name: string;
  readonly dir: string;
  readonly portBase: number;
  readonly pbx: PbxAddress;
  readonly carrier: CarrierAddress;
  readonly #sides: Readonly<Record<Side, AsteriskProcess>>;
  readonly #phones: Phones[] = [];
  #nextPhonePort: number;
  #record: BoxRecord;

  constructor(home: AsteriskHome, record: BoxRecord) {
    const address = addressOf(home, record);
    this.name = address.name;
    this.dir = address.dir;
    this.portBase = address.portBase;
    this.pbx = address.pbx;
    this.carrier = address.carrier;
    this.#record = record;
    this.#nextPhonePort = boxPorts(record.portBase).phones[0];
    this.#sides = {
      pbx: new AsteriskProcess('pbx', home, sideDir(address.dir, 'pbx')),
      carrier: new AsteriskProcess('carrier', home, sideDir(address.dir, 'carrier')),
    };
  }

  /** Starts both Asterisks, at the same time. */
  async start(): Promise<void> {
    await Promise.all([this.startPbx(), this.startCarrier()]);
  }

  /** Starts the Asterisk that outdial drives, again after a kill too; resolves when it is booted. */
  startPbx(): Promise<void> {
    return this.#start('pbx');
  }

  /** Starts the telephone network, again after a kill too; resolves when it is booted. */
  startCarrier(): Promise<void> {
    return this.#start('carrier');
  }

  async #start(side: Side): Promise<void> {
    const { processes } = this.#record;
    const started = this.#sides[side].start();
    this.#note([...processes.filter((known) => known.role !== side), started]);
    await this.#sides[side].booted();
  }

  #note(processes: BoxRecord['processes']): void {
    this.#record = { ...this.#record, processes };
    writeRecord(this.dir, this.#record);
  }

  /** kill -9 of the Asterisk that outdial drives. */
  killPbx(): Promise<void> {
    return this.#sides.pbx.kill();
  }

  /** kill -9 of the telephone network. */
  killCarrier(): Promise<void> {
    return this.#sides.carrier.kill();
  }

  /** Lets the Asterisk that outdial drives stand still, until `thawPbx`. */
  freezePbx(): void {
    this.#sides.pbx.freeze();
  }

  thawPbx(): void {
    this.#sides.pbx.goOn();
  }

  /** Resolves when the Asterisk that outdial drives is booted, after a restart that it was ordered to do itself. */
  pbxBooted(): Promise<void> {
    return this.#sides.pbx.booted();
  }

  /** Runs a command on one side's console and gives what it printed. */
  command(side: Side, text: string): Promise<string> {
    return this.#sides[side].command(text);
  }

  /** A person calls one of the dialer's numbers. */
  callIn(calling: Calling): void {
    placeCallFile(sideDirectories(sideDir(this.dir, 'carrier')).spool, calling);
  }

  /** The call records that one side has written so far. */
  readCdr(side: Side): Promise<CallRecord[]> {
    return readCallRecords(side === 'pbx' ? this.pbx.cdrFile : this.carrier.cdrFile);
  }

  /** Starts softphones for these accounts in a process of their own; they register at once. */
  async startPhones(accounts: readonly PhoneAccount[], options: PhonesOptions = {}): Promise<Phones> {
    const controlPort = this.#nextPhonePort;
    this.#nextPhonePort += PORTS_PER_PHONES;
    const phones = await startPhones({
      ...options,
      accounts,
      dir: path.join(this.dir, `phones-${controlPort}`),
      registrar: options.encrypted === true ? this.pbx.sipTlsAddress : this.pbx.sipAddress,
      controlPort,
      sipPort: controlPort + 1,
      rtp: boxPorts(this.portBase).phonesRtp,
      started: (known) => this.#note([...this.#record.processes, known]),
    });
    this.#phones.push(phones);
    return phones;
  }

  /** Lets go of the phones' controls; everything lives on. */
  release(): void {
    for (const phones of this.#phones) phones.disconnect();
  }

  /** Takes everything down and removes the box's files. */
  async stop(): Promise<void> {
    this.release();
    await takeDown(this.dir);
  }
}

function globalsOf(options: BoxOptions): Record<string, string> {
  return {
    OUTDIAL_SEED: String(options.seed ?? 1),
    OUTDIAL_TALK_SCALE: String(options.talkScale ?? 1),
    OUTDIAL_RING_SCALE: String(options.ringScale ?? 1),
    OUTDIAL_RECORD: options.record === true ? 'yes' : 'no',
    ...options.carrierGlobals,
  };
}

async function claimAt(home: AsteriskHome, options: BoxOptions, portBase: number): Promise<BoxRecord> {
  const record: BoxRecord = {
    name: options.name ?? `box-${portBase}`,
    portBase,
    app: options.app ?? 'outdial',
    secret: randomBytes(12).toString('hex'),
    owner: options.detached === true ? null : remember('owner', process.pid),
    processes: [],
    trunks: options.trunks ?? [],
  };
  const dir = await claim(home.boxesDir, record);
  if (await portsAreFree(portBase)) return record;
  await takeDown(dir);
  throw new OperationalError('port-taken', `a port of ${portBase} to ${portBase + PORTS_PER_BOX - 1} is taken`, {
    hint: 'Give another --port-base.',
    httpCode: 409,
  });
}

async function claimAnywhere(home: AsteriskHome, options: BoxOptions): Promise<BoxRecord> {
  if (options.portBase !== undefined) return claimAt(home, options, options.portBase);
  for (const base of USUAL_PORT_BASES) {
    try {
      return await claimAt(home, options, base);
    } catch (error) {
      if (!(error instanceof OperationalError)) throw error;
      if (error.code !== 'box-in-use' && error.code !== 'port-taken') throw error;
    }
  }
  throw new OperationalError('port-taken', 'no port range for a box is free', {
    hint: 'Give a --port-base N of which N to N+3999 are free, or take another box down.',
    httpCode: 409,
  });
}

/** Brings a box up, installing what is missing; resolves when both Asterisks are booted, refuses when its ports or name are in use. */
export async function startBox(options: BoxOptions = {}): Promise<Box> {
  const home = installedAsterisk();
  const record = await claimAnywhere(home, options);
  const box = new Box(home, record);
  const side = (name: Side) => ({ home, dir: sideDir(box.dir, name), portBase: record.portBase });
  try {
    const noload = options.noload ?? [];
    const globals = { OUTDIAL_APP: box.pbx.app, ...options.pbxGlobals };
    writePbx(
      { ...side('pbx'), noload, globals },
      {
        secret: record.secret,
        peers: options.trunks ?? [],
        certificate: options.certificate,
      },
    );
    writeCarrier({ ...side('carrier'), noload: [], globals: globalsOf(options) }, options.carrierDir);
    await box.start();
  } catch (error) {
    await box.stop();
    throw error;
  }
  return box;
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  // not awaited: the command's module needs this one, which awaiting would keep from being ready
  void import('./box/cli.ts').then(async ({ runBoxCommand }) => {
    process.exitCode = await runBoxCommand(process.argv.slice(2));
  });
}
