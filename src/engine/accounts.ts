// The agents who exist and their SIP accounts: read from the store, made or renewed in Asterisk, taken away again.

import type { Hub } from './hub.ts';

export class Accounts {
  readonly #hub: Hub;

  constructor(hub: Hub) {
    this.#hub = hub;
  }

  async read(): Promise<void> {
    const agents = await this.#hub.parts.store.agents.all();
    const { agentsByNumber } = this.#hub.world;
    agentsByNumber.clear();
    for (const agent of agents) agentsByNumber.set(agent.number, agent);
  }

  /** Every agent's account, made or renewed; one that is refused keeps nobody else from working. */
  async provision(): Promise<void> {
    const { store, telephony, log } = this.#hub.parts;
    for (const agent of this.#hub.world.agentsByNumber.values()) {
      const secrets = await store.agents.secrets(agent.number);
      if (!secrets) continue;
      const account = { name: agent.account, password: secrets.sipPassword, label: agent.name };
      await telephony.provision(account).catch((fault: unknown) => {
        log.error({ agent: agent.number, fault }, 'the SIP account could not be made: its phone cannot register');
      });
    }
  }

  /** Agents were added, changed or removed. */
  async changed(): Promise<void> {
    const before = [...this.#hub.world.agentsByNumber.values()];
    await this.read();
    await this.provision();
    for (const { number, account } of before) {
      if (!this.#hub.world.agentsByNumber.has(number)) await this.#hub.parts.telephony.removeAccount(account);
    }
  }
}
