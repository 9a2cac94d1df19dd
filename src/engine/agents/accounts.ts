// The agents who exist and their SIP accounts: read from the store, made or renewed in Asterisk, taken away again.

import type { AgentNumber } from '../../terms.ts';
import type { Hub } from '../hub.ts';
import type { Agent, SipAccount } from '../ports.ts';

const GOODBYE_MS = 10_000;
/** SIP accounts that Asterisk is asked to make at the same time. */
const AT_ONCE = 8;

export class Accounts {
  readonly #hub: Hub;
  /** Accounts of removed agents who are still in a call. */
  readonly #leaving = new Map<AgentNumber, string>();
  /** Accounts as Asterisk has taken them from us, by name. */
  readonly #made = new Map<string, SipAccount>();

  constructor(hub: Hub) {
    this.#hub = hub;
  }

  async read(): Promise<void> {
    const agents = await this.#hub.parts.store.agents.all();
    const { agentsByNumber } = this.#hub.world;
    agentsByNumber.clear();
    for (const agent of agents) agentsByNumber.set(agent.number, agent);
  }

  /** Every agent's account, made or renewed; one that is refused keeps no other agent from working. */
  async provision(): Promise<void> {
    this.#made.clear();
    await this.#provisionChanged();
  }

  /** Those that Asterisk has not taken as they are now. */
  async #provisionChanged(): Promise<void> {
    const left = this.#hub.world.agentsByNumber.values();
    const some = async (): Promise<void> => {
      for (const agent of left) await this.#provisionOne(agent);
    };
    await Promise.all(Array.from({ length: AT_ONCE }, some));
  }

  async #provisionOne(agent: Agent): Promise<void> {
    const { store, telephony, log } = this.#hub.parts;
    const secrets = await store.agents.secrets(agent.number);
    if (!secrets) return;
    if (!secrets.sipDigest) {
      log.error({ agent: agent.number }, 'the agent has no SIP password: outdial agent set-password makes one');
      return;
    }
    const account = { name: agent.account, digest: secrets.sipDigest, label: agent.name };
    if (isSame(this.#made.get(account.name), account)) return;
    this.#made.delete(account.name);
    await telephony.provision(account).then(
      () => this.#made.set(account.name, account),
      (fault: unknown) => {
        log.error({ agent: agent.number, fault }, 'the SIP account could not be made: its phone cannot register');
      },
    );
  }

  /** Agents were added, changed or removed; `known` hears of it before Asterisk does. */
  async changed<T>(known: () => Promise<T>): Promise<T> {
    const before = [...this.#hub.world.agentsByNumber.values()];
    await this.read();
    const made = await known();
    await this.#provisionChanged();
    for (const agent of before) {
      if (!this.#hub.world.agentsByNumber.has(agent.number)) await this.#remove(agent);
    }
    return made;
  }

  /** A phone in a conversation keeps its account until that is over. */
  async #remove({ number, account }: Agent): Promise<void> {
    this.#made.delete(account);
    if (this.#hub.world.sessionByAgent.has(number)) this.#leaving.set(number, account);
    else await this.#hub.parts.telephony.removeAccount(account);
  }

  /** A session is over: the account of an agent who was removed meanwhile goes now. */
  closed(agent: AgentNumber): void {
    const account = this.#leaving.get(agent);
    if (account === undefined) return;
    this.#leaving.delete(agent);
    if (this.#hub.world.agentsByNumber.has(agent)) return;
    // The good-bye is heard first.
    this.#hub.timers.set(`account ${account}`, this.#hub.now() + GOODBYE_MS, () => {
      if (this.#hub.world.agentsByNumber.has(agent)) return;
      this.#hub.parts.telephony.removeAccount(account).catch((fault: unknown) => {
        this.#hub.parts.log.error({ agent, fault }, 'the SIP account of a removed agent could not be removed');
      });
    });
  }
}

const isSame = (made: SipAccount | undefined, wanted: SipAccount): boolean =>
  made?.digest.md5 === wanted.digest.md5 && made.digest.realm === wanted.digest.realm && made.label === wanted.label;
