// Writes the configuration of a box's two Asterisks: the files of asterisk/pbx and asterisk/carrier as they
// are, plus the few site files which hold addresses, ports and passwords and which an admin writes by hand.

import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { OperationalError } from '../../src/base/errors.ts';
import type { AsteriskHome } from './asterisk-home.ts';
import { boxPorts, sideDirectories, type Side } from './layout.ts';
import { trunkEndpoint, type PeerTrunk } from './trunks.ts';

export interface SideConfig {
  readonly home: AsteriskHome;
  readonly dir: string;
  readonly portBase: number;
  readonly noload: readonly string[];
  readonly globals: Readonly<Record<string, string>>;
}

/** PEM texts. */
export interface BoxCertificate {
  readonly certificate: string;
  readonly key: string;
}

interface PbxConfig {
  readonly secret: string;
  readonly peers: readonly PeerTrunk[];
  readonly certificate: BoxCertificate | undefined;
}

/** The address that everything in a box binds to. */
export const HOST = '127.0.0.1';
/** The dialer's name for the trunk to the carrier. */
export const TRUNK = trunkEndpoint('main');
/** The user for ARI and AMI. */
export const USER = 'outdial';

const SHIPPED = path.join(import.meta.dirname, '..');

function directories(home: AsteriskHome, dir: string): string {
  const inner = (outer: string): string => home.inner(outer);
  const at = sideDirectories(dir);
  return [
    '[directories]',
    `astetcdir = ${inner(at.etc)}`,
    `astrundir = ${inner(at.run)}`,
    `astlogdir = ${inner(at.log)}`,
    `astspooldir = ${inner(at.spool)}`,
    `astdbdir = ${inner(at.db)}`,
    `astvarlibdir = ${inner(at.db)}`,
    '',
  ].join('\n');
}

/** Lays out one side's directories and writes all of its files but the side's own site files. */
function writeShipped(config: SideConfig, source: string, overlay?: string): string {
  const at = sideDirectories(config.dir);
  rmSync(at.etc, { recursive: true, force: true });
  for (const made of [
    at.etc,
    at.run,
    path.dirname(at.cdr),
    at.spool,
    path.join(at.spool, 'monitor'),
    path.join(at.spool, 'outgoing'),
    at.db,
  ]) {
    mkdirSync(made, { recursive: true });
  }
  const isConfig = (file: string): boolean => !file.endsWith('site.sample') && !/\.(tsv|md)$/.test(file);
  cpSync(source, at.etc, { recursive: true, filter: isConfig });
  if (overlay !== undefined) cpSync(overlay, at.etc, { recursive: true, filter: isConfig });
  const site = path.join(at.etc, 'site');
  mkdirSync(site, { recursive: true });
  const main = path.join(at.etc, 'asterisk.conf');
  writeFileSync(main, directories(config.home, config.dir) + readFileSync(main, 'utf8'));
  writeFileSync(path.join(site, 'modules.conf'), config.noload.map((name) => `noload = ${name}\n`).join(''));
  const globals = Object.entries(config.globals).map(([name, value]) => `${name} = ${value}\n`);
  writeFileSync(path.join(site, 'globals.conf'), globals.join(''));
  return site;
}

function writeSite(site: string, files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) writeFileSync(path.join(site, name), text, { mode: 0o600 });
}

function rtp(range: readonly [number, number]): string {
  return `rtpstart = ${range[0]}\nrtpend = ${range[1]}\n`;
}

function transport(port: number): string {
  return `[transport-udp]\ntype = transport\nprotocol = udp\nbind = ${HOST}:${port}\ndomain = outdial-without-tls\n`;
}

/** As in site.sample/pjsip.conf. */
function tlsTransport(port: number, inSite: (name: string) => string): string {
  return [
    `[transport-tls]\ntype = transport\nprotocol = tls\nbind = ${HOST}:${port}`,
    `method = tlsv1_2\ncert_file = ${inSite('phones.crt')}\npriv_key_file = ${inSite('phones.key')}\n`,
  ].join('\n');
}

/** A trunk as an admin writes it: made of the two shipped templates, matched by address and port. */
function trunk(endpoint: string, address: string): string {
  return [
    `[${endpoint}](trunk)\ntransport = transport-udp\naors = ${endpoint}\n`,
    `[${endpoint}](trunk-address)\ncontact = sip:${address}\n`,
    `[${endpoint}]\ntype = identify\nendpoint = ${endpoint}\nmatch = ${address}\n`,
  ].join('\n');
}

/** Writes the configuration of the Asterisk that outdial drives, with a trunk to its carrier and to each of the peers. */
export function writePbx(config: SideConfig, { secret, peers, certificate }: PbxConfig): void {
  const ports = boxPorts(config.portBase);
  const site = writeShipped(config, path.join(SHIPPED, 'pbx'));
  const inSite = (name: string): string => config.home.inner(path.join(site, name));
  writeSite(site, {
    ...(certificate && { 'phones.crt': certificate.certificate, 'phones.key': certificate.key }),
    'http.conf': `bindaddr = ${HOST}\nbindport = ${ports.ari}\n`,
    'ari.conf': `[${USER}]\ntype = user\nread_only = no\npassword_format = plain\npassword = ${secret}\n`,
    'manager-address.conf': `bindaddr = ${HOST}\nport = ${ports.ami}\n`,
    'manager.conf': `[${USER}](outdial)\nsecret = ${secret}\n`,
    'rtp.conf': rtp(ports.pbxRtp),
    'hep.conf': `capture_address = ${HOST}:${ports.sipMirror}\n`,
    'pjsip.conf': [
      transport(ports.pbxSip),
      ...(certificate ? [tlsTransport(ports.pbxSipTls, inSite)] : []),
      trunk(TRUNK, `${HOST}:${ports.carrierSip}`),
      ...peers.map(({ name, host, port }) => trunk(trunkEndpoint(name), `${host}:${port}`)),
    ].join('\n'),
  });
}

/** Writes the configuration of the telephone network, with the files of `overlay` in place of those shipped. */
export function writeCarrier(config: SideConfig, overlay?: string): void {
  if (overlay !== undefined && !existsSync(path.join(overlay, 'extensions.conf'))) {
    throw new OperationalError('carrier-without-dialplan', `${overlay} has no extensions.conf`, {
      hint: 'A carrier directory holds an extensions.conf with the context [network]; asterisk/carrier/README.md has more.',
    });
  }
  const ports = boxPorts(config.portBase);
  const dialer = `${HOST}:${ports.pbxSip}`;
  writeSite(writeShipped(config, path.join(SHIPPED, 'carrier'), overlay), {
    'rtp.conf': rtp(ports.carrierRtp),
    'pjsip.conf': [
      transport(ports.carrierSip),
      '[dialer]\ntype = endpoint\ncontext = network\ntransport = transport-udp\naors = dialer',
      'disallow = all\nallow = ulaw,alaw\ndtmf_mode = rfc4733\ndirect_media = no\n',
      `[dialer]\ntype = aor\ncontact = sip:${dialer}\n`,
      `[dialer]\ntype = identify\nendpoint = dialer\nmatch = ${dialer}\n`,
    ].join('\n'),
  });
}

/** Where an Asterisk of the box says what went wrong, both its console and its log. */
export function logFiles(dir: string): { readonly console: string; readonly messages: string } {
  const at = sideDirectories(dir);
  return { console: path.join(at.log, 'console.log'), messages: path.join(at.log, 'messages.log') };
}

/** The directory of one side below the box's. */
export function sideDir(boxDir: string, side: Side): string {
  return path.join(boxDir, side);
}
