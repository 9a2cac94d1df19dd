// What `outdial doctor` says of SRTP and of TLS in the running Asterisk: whether it can encrypt sound at all where that is
// asked for, and whether a phone could still register without TLS.

import type { Settings } from '../config/settings.ts';
import { WITHOUT_TLS } from './accounts.ts';
import { missingModules } from './ari-preflight.ts';
import type { AriRest } from './ari-rest.ts';
import { readSipOptions, type SipFault } from './sip-options.ts';

interface Outcome {
  readonly ok: boolean;
  readonly detail: string;
  readonly hint: string;
}

const SRTP_MODULE = 'res_srtp.so';
const USUAL_TRANSPORTS = ['transport-udp', 'transport-tcp', 'transport-ws'];
/** Transports that encrypt SIP. */
const ENCRYPTING = /^(tls|wss)$/i;

/** Whether what the settings and the trunks ask to be encrypted is, and nothing else gets in. */
export async function checkEncryption(rest: AriRest, { agents, trunks }: Settings): Promise<Outcome> {
  const endpoints = await Promise.all(
    trunks.map(async ({ name, endpoint }) => ({ name, options: await readSipOptions(rest, 'endpoint', endpoint) })),
  );
  const wanted = endpoints.flatMap(({ name, options }) =>
    /^(sdes|dtls)$/i.test(options?.get('media_encryption') ?? '') ? [`trunk ${name}`] : [],
  );
  const { encrypted } = agents.phones;
  const askers = encrypted ? ['agents’ phones', ...wanted] : wanted;
  if (askers.length === 0) return { ok: true, detail: 'neither phones nor trunks ask for SRTP', hint: '' };
  const named = endpoints.flatMap(({ options }) => options?.get('transport') ?? []).filter((name) => name !== '');
  const faults = [
    ...(await faultsOfSrtp(rest, askers)),
    ...(encrypted ? await faultsOfTransports(rest, [...new Set([...USUAL_TRANSPORTS, ...named])]) : []),
  ];
  if (faults.length === 0) return { ok: true, detail: `SRTP for ${askers.join(', ')}`, hint: '' };
  const hints = [...new Set(faults.map(({ hint }) => hint))];
  return { ok: false, detail: faults.map(({ what }) => what).join('; '), hint: hints.join(' ') };
}

async function faultsOfSrtp(rest: AriRest, askers: readonly string[]): Promise<readonly SipFault[]> {
  if ((await missingModules(rest, [SRTP_MODULE])).length === 0) return [];
  const what = `${SRTP_MODULE} is not running: calls of ${askers.join(', ')} fail`;
  return [{ what, hint: "Load it in modules.conf; Asterisk's log says why it declined. Then restart Asterisk." }];
}

/** Transports on which an account is looked up by its name alone, so that its phone may register without TLS. */
async function faultsOfTransports(rest: AriRest, names: readonly string[]): Promise<readonly SipFault[]> {
  const found = await Promise.all(
    names.map(async (name) => ({ name, options: await readSipOptions(rest, 'transport', name) })),
  );
  const open = found.filter(
    ({ options }) =>
      options !== undefined && !ENCRYPTING.test(options.get('protocol') ?? '') && options.get('domain') !== WITHOUT_TLS,
  );
  if (open.length === 0) return [];
  const what = `a phone can register without TLS on ${open.map(({ name }) => name).join(', ')}`;
  return [{ what, hint: `Write \`domain = ${WITHOUT_TLS}\` into it (site/pjsip.conf), then restart Asterisk.` }];
}
