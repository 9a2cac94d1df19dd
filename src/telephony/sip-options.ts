// How SIP is set up in a running Asterisk, and what of it lets an unknown sender in or the far side move our legs. Reading is
// one thing, judging another: what is judged is plain values, and each fault says how to fix it.

import { isObject } from './ari-events.ts';
import { AriFailure, ariPath, type AriRest } from './ari-rest.ts';
import type { SipAddress } from './sip-probe.ts';

/** Attributes by name, as Asterisk shows them: `true`, `false`, `yes`, numbers and words. */
export type SipOptions = ReadonlyMap<string, string>;

export interface SipFault {
  readonly what: string;
  readonly hint: string;
}

const FOREIGN_SIP_PORT = 5060;

/** An object of Asterisk's SIP (endpoint, transport, global), however it came to be there; undefined when there is none. */
export async function readSipOptions(rest: AriRest, type: string, name: string): Promise<SipOptions | undefined> {
  try {
    const path = ariPath('asterisk', 'config', 'dynamic', 'res_pjsip', type, name);
    const answer = await rest.send({ method: 'GET', path });
    const pairs = (Array.isArray(answer) ? answer : []).flatMap((pair: unknown) =>
      isObject(pair) && typeof pair.attribute === 'string' && typeof pair.value === 'string'
        ? [[pair.attribute, pair.value] as const]
        : [],
    );
    return new Map(pairs);
  } catch (error) {
    if (error instanceof AriFailure && error.status === 404) return undefined;
    throw error;
  }
}

/** Where Asterisk takes SIP over UDP, seen from here; undefined when a trunk's transport is another one. */
export async function findSipAddress(
  rest: AriRest,
  { ariUrl, endpoints }: { readonly ariUrl: string; readonly endpoints: readonly string[] },
): Promise<SipAddress | undefined> {
  const host = new URL(ariUrl).hostname;
  const endpoint = endpoints[0] === undefined ? undefined : await readSipOptions(rest, 'endpoint', endpoints[0]);
  const transport = await readSipOptions(rest, 'transport', endpoint?.get('transport') || 'transport-udp');
  if (transport === undefined) return { host, port: FOREIGN_SIP_PORT };
  if (transport.get('protocol') !== 'udp') return undefined;
  return addressOf(transport.get('bind') ?? '', host);
}

function addressOf(bind: string, host: string): SipAddress {
  const [, bound = '', port = ''] = /^(.*?)(?::(\d+))?$/.exec(bind) ?? [];
  const isAny = bound === '' || bound === '0.0.0.0' || bound === '[::]' || bound === '::';
  return { host: isAny ? host : bound.replace(/^\[|\]$/g, ''), port: port === '' ? FOREIGN_SIP_PORT : Number(port) };
}

const isOn = (options: SipOptions, name: string): boolean => /^(yes|true|on|1)$/i.test(options.get(name) ?? '');
const TEMPLATE = 'It is in the template [trunk] of asterisk/pbx/pjsip.conf; then `module reload res_pjsip.so`.';

/** What of a trunk's endpoint lets others be the carrier, or lets the carrier move our legs. */
export function faultsOfTrunk(endpoint: SipOptions): readonly SipFault[] {
  const faults: SipFault[] = [];
  const add = (what: string, hint: string): void => void faults.push({ what, hint: `${hint} ${TEMPLATE}` });
  const ways = (endpoint.get('identify_by') ?? '').split(',').map((way) => way.trim());
  const hasPassword = (endpoint.get('auth') ?? '') !== '';
  if (!hasPassword && ways.some((way) => way !== 'ip' && way !== '')) {
    add('anybody who names it is the carrier', 'Set `identify_by = ip`, or give it an `auth`.');
  }
  if (isOn(endpoint, 'allow_transfer')) add('the carrier may transfer our calls', 'Set `allow_transfer = no`.');
  if (isOn(endpoint, 'allow_subscribe')) add('the carrier may subscribe', 'Set `allow_subscribe = no`.');
  if (isOn(endpoint, 'allow_overlap')) add('the carrier may dial in parts', 'Set `allow_overlap = no`.');
  if ((endpoint.get('message_context') ?? '') !== '') add('messages enter a context', 'Remove `message_context`.');
  if ((endpoint.get('redirect_method') ?? 'user') !== 'user') {
    add('redirects (3xx) of the carrier are followed', 'Remove `redirect_method`: outdial refuses what is left.');
  }
  if (Number(endpoint.get('rtp_timeout') ?? 0) <= 0) {
    add('a carrier that falls silent holds a line for ever', 'Set `rtp_timeout = 60`.');
  }
  return faults;
}

/** What of Asterisk's SIP as a whole lets an unknown sender in; `realm` is the one that passwords are made for. */
export function faultsOfGlobal(global: SipOptions, realm: string): readonly SipFault[] {
  const order = (global.get('endpoint_identifier_order') ?? '').split(',').map((way) => way.trim());
  const hint = 'Take [global] of asterisk/pbx/pjsip.conf, then restart Asterisk: a reload does not take it up.';
  const faults: SipFault[] = [];
  if (!order.includes('header') || order.indexOf('header') > 0) {
    faults.push({ what: 'a call may take the place of another (Replaces)', hint });
  }
  if (order.indexOf('ip') > order.indexOf('username') && order.includes('username')) {
    faults.push({ what: "a name counts for more than a carrier's address", hint });
  }
  if (global.get('taskprocessor_overload_trigger') === 'global') {
    faults.push({ what: 'a flood of any kind keeps phones and callers out', hint });
  }
  const shown = global.get('default_realm') ?? realm;
  if (shown !== realm) {
    faults.push({
      what: `accounts are asked with the realm ${realm}, names that are none with ${shown}: account names can be guessed`,
      hint: `Set \`default_realm = ${realm}\` in [global] of pjsip.conf, or agents.sip.realm: ${shown} and new passwords; then restart Asterisk.`,
    });
  }
  return faults;
}

/** Modules through which SIP that is no call would reach a context, or someone would watch or take calls. */
export const UNWANTED_MODULES = [
  'res_pjsip_messaging.so',
  'res_pjsip_exten_state.so',
  'res_pjsip_mwi.so',
  'res_pjsip_publish_asterisk.so',
  'res_pjsip_endpoint_identifier_anonymous.so',
] as const;
