// What `outdial doctor` finds out about SIP by trying: whether Asterisk answers at all, what an unknown sender is answered, and
// whether the options that keep the far side from moving our legs are those of the running Asterisk. Places no call.

import type { Settings, Trunk } from '../config/settings.ts';
import { isObject } from './ari-events.ts';
import type { AriRest } from './ari-rest.ts';
import { askSip, type SipAddress, type SipQuestion } from './sip-probe.ts';
import {
  faultsOfGlobal,
  faultsOfTrunk,
  findSipAddress,
  readSipOptions,
  UNWANTED_MODULES,
  type SipFault,
} from './sip-options.ts';

export interface SipFinding {
  readonly check: string;
  readonly ok: boolean;
  readonly detail: string;
  readonly hint: string;
}

const UNAUTHORIZED = 401;
const UNKNOWN_SENDER = 'outdial-doctor-unknown';

type Outcome = Omit<SipFinding, 'check'>;
type Looker = (check: string, look: () => Promise<Outcome>) => Promise<SipFinding>;

const fine = (detail: string): Outcome => ({ ok: true, detail, hint: '' });
const wrong = (detail: string, hint: string): Outcome => ({ ok: false, detail, hint });

/** Every finding about SIP; `finding` turns what is thrown into one. */
export async function checkSip(rest: AriRest, settings: Settings, finding: Looker): Promise<readonly SipFinding[]> {
  const { asterisk, trunks } = settings;
  const endpoints = trunks.map(({ endpoint }) => endpoint);
  const address = await findSipAddress(rest, { ariUrl: asterisk.ari.url, endpoints }).catch(() => undefined);
  return Promise.all([
    finding('SIP', () => checkAnswers(address)),
    finding('SIP options', () => checkGlobal(rest, settings.agents.sip.realm)),
    ...trunks.map((trunk) => finding(`SIP of trunk ${trunk.name}`, () => checkTrunkSip(rest, trunk, address))),
  ]);
}

async function checkAnswers(address: SipAddress | undefined): Promise<Outcome> {
  if (address === undefined) return fine('the trunk does not use UDP: not tried');
  const place = `${address.host}:${address.port}`;
  const hint =
    'Is a firewall in between, or Asterisk overloaded? `pjsip show transports` and `core show taskprocessors`.';
  for (const method of ['OPTIONS', 'REGISTER'] as const) {
    const code = await askSip(address, { method, from: UNKNOWN_SENDER });
    if (code === undefined) return wrong(`${method} to ${place} is not answered`, hint);
    if (code !== UNAUTHORIZED)
      return wrong(`${method} of an unknown sender to ${place} is answered ${code}, not 401`, hint);
  }
  return fine(`${place} answers; unknown senders are asked for a password`);
}

async function checkGlobal(rest: AriRest, realm: string): Promise<Outcome> {
  const global = await readSipOptions(rest, 'global', 'global');
  const faults = global === undefined ? [] : faultsOfGlobal(global, realm);
  const running = await runningModules(rest);
  const unwanted = UNWANTED_MODULES.filter((name) => running.has(name));
  const more: SipFault[] =
    unwanted.length === 0
      ? []
      : [{ what: `running: ${unwanted.join(', ')}`, hint: 'Take asterisk/pbx/modules.conf, then restart Asterisk.' }];
  return judged([...faults, ...more], 'no SIP but calls and registrations');
}

async function runningModules(rest: AriRest): Promise<ReadonlySet<string>> {
  const modules = await rest.send({ method: 'GET', path: '/asterisk/modules' });
  const names = (Array.isArray(modules) ? modules : []).flatMap((module: unknown) =>
    isObject(module) && module.status === 'Running' && typeof module.name === 'string' ? [module.name] : [],
  );
  return new Set(names);
}

async function checkTrunkSip(rest: AriRest, { endpoint }: Trunk, address: SipAddress | undefined): Promise<Outcome> {
  const options = await readSipOptions(rest, 'endpoint', endpoint);
  if (options === undefined) return fine(`there is no endpoint ${endpoint} to look at`);
  const faults = [...faultsOfTrunk(options), ...(address === undefined ? [] : await tried(address, endpoint))];
  return judged(faults, 'known by its address or a password; cannot move our legs');
}

/** A request that names the trunk, from here: whoever is not the carrier is asked for a password. */
async function tried(address: SipAddress, endpoint: string): Promise<readonly SipFault[]> {
  const question: SipQuestion = { method: 'OPTIONS', from: endpoint };
  const code = await askSip(address, question);
  if (code === undefined || code === UNAUTHORIZED) return [];
  const what = `an unknown sender who writes its name is taken for the carrier (OPTIONS answered ${code})`;
  return [{ what, hint: 'Set `identify_by = ip` for it, and let its identify match no address of this machine.' }];
}

function judged(faults: readonly SipFault[], well: string): Outcome {
  if (faults.length === 0) return fine(well);
  const hints = [...new Set(faults.map(({ hint }) => hint))];
  return wrong(faults.map(({ what }) => what).join('; '), hints.join(' '));
}
