// Agents' accounts: how one is made, what its SIP account is called, how its secrets come about.
// Secrets leave only here, once, at their making: what is kept of them cannot be turned back.

import { randomInt } from 'node:crypto';
import { didYouMean } from '../base/nearest.ts';
import { OperationalError } from '../base/errors.ts';
import { sipDigest } from '../base/sip-digest.ts';
import type { AgentSip } from '../config/settings.ts';
import type { AgentSecrets } from '../engine/store/agents.ts';
import type { Store } from '../engine/store/store.ts';
import { agentUnknown } from '../engine/store/refusals.ts';
import { hashSecret } from '../secrets/hashes.ts';

export interface NewAgent {
  readonly number: string;
  readonly name: string;
  readonly groups: readonly string[];
  /** 4 to 12 digits; absent: made up. */
  readonly pin?: string;
}

export interface AgentCredentials {
  readonly number: string;
  readonly name: string;
  readonly groups: readonly string[];
  readonly account: string;
  readonly server: string;
  readonly transport: 'udp' | 'tls';
  readonly realm: string;
  readonly sipPassword: string;
  /** Only when it has just been set. */
  readonly pin?: string;
}

/** A SIP account as it can be shown at any time. */
export interface AgentAccount extends Omit<AgentCredentials, 'sipPassword' | 'pin'> {
  readonly hasPassword: boolean;
  /** How to come by a password. */
  readonly hint: string;
}

/** Letters and digits that no one confuses when typing them into a phone. */
const TYPED = 'abcdefghjkmnpqrstuvwxyz23456789';

function randomText(length: number, alphabet: string): string {
  return Array.from({ length }, () => alphabet.charAt(randomInt(alphabet.length))).join('');
}

/** A SIP password of 24 characters, about 118 bits. */
function newSipPassword(): string {
  return randomText(24, TYPED);
}

/** A PIN of six digits. */
export function newPin(): string {
  return randomText(6, '0123456789');
}

/** Secrets of the agent; refused with `agent-unknown`. */
export async function secretsOf(store: Pick<Store, 'agents'>, number: string): Promise<AgentSecrets> {
  const secrets = await store.agents.secrets(number);
  if (secrets) return secrets;
  throw agentUnknown(
    number,
    (await store.agents.all()).map((agent) => agent.number),
  );
}

/** Where agents are kept, and how their phones register. */
export interface AgentPlace {
  readonly store: Pick<Store, 'agents'>;
  readonly sip: AgentSip;
}

function whereOf({ server, certificate }: AgentSip): Pick<AgentCredentials, 'server' | 'transport'> {
  return { server, transport: certificate === undefined ? 'udp' : 'tls' };
}

/** Adds an agent with a SIP account `a<number>` and a random SIP password; refused with `agent-exists`. */
export async function addAgent({ store, sip }: AgentPlace, agent: NewAgent): Promise<AgentCredentials> {
  if (await store.agents.secrets(agent.number))
    throw new OperationalError('agent-exists', `There is an agent ${agent.number} already.`, {
      hint: 'Choose another number, or remove the agent first: outdial agent remove NUMBER.',
      httpCode: 409,
    });
  const { number, name, groups } = agent;
  const pin = agent.pin ?? newPin();
  const account = `a${number}`;
  const sipPassword = newSipPassword();
  const digest = sipDigest(account, sip.realm, sipPassword);
  await store.agents.save({ number, name, groups, account, sipDigest: digest, pinHash: await hashSecret(pin) });
  return { number, name, groups, account, ...whereOf(sip), realm: sip.realm, sipPassword, pin };
}

/** Gives the agent's account another SIP password, the one chosen or a random one; refused with `agent-unknown`. */
export async function renewPassword(
  { store, sip }: AgentPlace,
  number: string,
  chosen: string | undefined,
): Promise<AgentCredentials> {
  const { agent } = await secretsOf(store, number);
  const sipPassword = chosen ?? newSipPassword();
  await store.agents.save({ number, sipDigest: sipDigest(agent.account, sip.realm, sipPassword) });
  return { ...agent, ...whereOf(sip), realm: sip.realm, sipPassword };
}

/** What a phone needs to register, but the password; refused with `agent-unknown`. */
export async function accountOf({ store, sip }: AgentPlace, number: string): Promise<AgentAccount> {
  const { agent, sipDigest: kept } = await secretsOf(store, number);
  const realm = kept?.realm ?? sip.realm;
  const hint = `The password is not kept. outdial agent set-password ${number} makes a new one.`;
  return { ...agent, ...whereOf(sip), realm, hasPassword: kept !== undefined, hint };
}

/** What keeps an agent of these groups from getting calls, however long the phone is signed in. */
export function groupWarnings(
  groups: readonly string[],
  used: readonly string[],
): readonly { readonly message: string; readonly hint: string }[] {
  const known = [...new Set(used)].sort();
  const hint = `Groups that campaigns call with: ${known.join(', ') || 'none yet'}.`;
  if (groups.length === 0) {
    const message = 'The agent is in no group and gets no calls.';
    return [{ message, hint: `outdial agent change NUMBER --group NAME. ${hint}` }];
  }
  return groups
    .filter((group) => !known.includes(group))
    .map((group) => ({
      message: `No campaign calls with the group ${group}.`,
      hint: `${hint}${didYouMean(group, known)}`,
    }));
}
