// The agents' accounts with their secrets, as they are given: hashing PINs is not done here.

import type { AgentSecrets, AgentStore, SaveAgent } from '../../engine/store-agents.ts';
import type { Agent } from '../../engine/ports.ts';
import type { Connection } from './database.ts';
import type { Handlers } from './requests.ts';

interface AgentRow {
  readonly number: string;
  readonly name: string;
  readonly groups: string;
  readonly account: string;
  readonly pinHash: string;
  readonly sipRealm: string;
  readonly sipDigest: string;
}

const COLUMNS = `number, name, groups, account, pin_hash AS pinHash, sip_realm AS sipRealm, sip_digest AS sipDigest`;

export function agentHandlers(db: Connection): Handlers<AgentStore> {
  const all = db.prepare<[], AgentRow>(`SELECT ${COLUMNS} FROM agents ORDER BY number`);
  const one = db.prepare<[string], AgentRow>(`SELECT ${COLUMNS} FROM agents WHERE number = ?`);
  const put = db.prepare(`
    INSERT INTO agents (number, name, groups, account, pin_hash, sip_realm, sip_digest)
    VALUES (:number, :name, :groups, :account, :pinHash, :sipRealm, :sipDigest)
    ON CONFLICT (number) DO UPDATE SET name = :name, groups = :groups, account = :account, pin_hash = :pinHash,
      sip_realm = :sipRealm, sip_digest = :sipDigest`);
  const remove = db.prepare('DELETE FROM agents WHERE number = ?');
  return {
    all: () => all.all().map(agentOf),
    save: (agent) => void put.run(withDefaults(agent, one.get(agent.number))),
    remove: (number) => remove.run(number).changes > 0,
    secrets(number): AgentSecrets | undefined {
      const row = one.get(number);
      if (!row) return undefined;
      const { pinHash, sipRealm: realm, sipDigest: md5 } = row;
      return { agent: agentOf(row), pinHash, ...(md5 === '' ? {} : { sipDigest: { realm, md5 } }) };
    },
  };
}

function withDefaults(agent: SaveAgent, known: AgentRow | undefined): Record<string, string> {
  return {
    number: agent.number,
    name: agent.name ?? known?.name ?? agent.number,
    groups: agent.groups ? JSON.stringify(agent.groups) : (known?.groups ?? '[]'),
    account: agent.account ?? known?.account ?? `agent-${agent.number}`,
    pinHash: agent.pinHash ?? known?.pinHash ?? '',
    sipRealm: agent.sipDigest?.realm ?? known?.sipRealm ?? '',
    sipDigest: agent.sipDigest?.md5 ?? known?.sipDigest ?? '',
  };
}

function agentOf({ number, name, groups, account }: AgentRow): Agent {
  return { number, name, groups: JSON.parse(groups) as readonly string[], account };
}
