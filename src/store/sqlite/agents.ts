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
  readonly sipPassword: string;
  readonly wrongPins: number;
  readonly lastWrongAt: number | null;
}

const COLUMNS = `number, name, groups, account, pin_hash AS pinHash, sip_password AS sipPassword,
  wrong_pins AS wrongPins, last_wrong_at AS lastWrongAt`;

export function agentHandlers(db: Connection): Handlers<AgentStore> {
  const all = db.prepare<[], AgentRow>(`SELECT ${COLUMNS} FROM agents ORDER BY number`);
  const one = db.prepare<[string], AgentRow>(`SELECT ${COLUMNS} FROM agents WHERE number = ?`);
  const put = db.prepare(`
    INSERT INTO agents (number, name, groups, account, pin_hash, sip_password)
    VALUES (:number, :name, :groups, :account, :pinHash, :sipPassword)
    ON CONFLICT (number) DO UPDATE SET name = :name, groups = :groups, account = :account, pin_hash = :pinHash,
      sip_password = :sipPassword, wrong_pins = iif(pin_hash = :pinHash, wrong_pins, 0)`);
  const remove = db.prepare('DELETE FROM agents WHERE number = ?');
  const right = db.prepare('UPDATE agents SET wrong_pins = 0 WHERE number = ?');
  const wrong = db.prepare('UPDATE agents SET wrong_pins = wrong_pins + 1, last_wrong_at = ? WHERE number = ?');
  return {
    all: () => all.all().map(agentOf),
    save: (agent) => void put.run(withDefaults(agent, one.get(agent.number))),
    remove: (number) => remove.run(number).changes > 0,
    secrets(number): AgentSecrets | undefined {
      const row = one.get(number);
      if (!row) return undefined;
      const { pinHash, sipPassword, wrongPins, lastWrongAt } = row;
      return { agent: agentOf(row), pinHash, sipPassword, wrongPins, lastWrongAt };
    },
    noteSignIn(number, attempt) {
      if (attempt.right) right.run(number);
      else wrong.run(attempt.at, number);
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
    sipPassword: agent.sipPassword ?? known?.sipPassword ?? '',
  };
}

function agentOf({ number, name, groups, account }: AgentRow): Agent {
  return { number, name, groups: JSON.parse(groups) as readonly string[], account };
}
