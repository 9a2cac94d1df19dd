// The agents' accounts with their secrets, as they are given: hashing PINs is not done here.

import type { AgentStore } from '../../engine/store-agents.ts';
import type { Agent } from '../../engine/ports.ts';
import { json, sql } from './database.ts';
import type { Lanes } from './lanes.ts';

interface AgentRow extends Agent {
  readonly pinHash: string;
  readonly sipPassword: string;
}

const COLUMNS = `number, name, groups, account, pin_hash AS "pinHash", sip_password AS "sipPassword"`;
const ALL = sql<Agent>('SELECT number, name, groups, account FROM agents ORDER BY number');
const ONE = sql<AgentRow>(`SELECT ${COLUMNS} FROM agents WHERE number = $1`);
/** Absent parts (null) stay as they were. */
const PUT = sql(`
  INSERT INTO agents AS a (number, name, groups, account, pin_hash, sip_password)
  VALUES ($1, coalesce($2, $1), coalesce($3::jsonb, '[]'), coalesce($4, 'agent-' || $1), coalesce($5, ''), coalesce($6, ''))
  ON CONFLICT (number) DO UPDATE SET name = coalesce($2, a.name), groups = coalesce($3::jsonb, a.groups),
    account = coalesce($4, a.account), pin_hash = coalesce($5, a.pin_hash),
    sip_password = coalesce($6, a.sip_password)`);
const REMOVE = sql('DELETE FROM agents WHERE number = $1');

export function agentStore({ read, write }: Lanes): AgentStore {
  return {
    all: () => read.all(ALL),
    save: ({ number, name, groups, account, pinHash, sipPassword }) => {
      const parts = [name, groups && json(groups), account, pinHash, sipPassword].map((part) => part ?? null);
      return write.run(PUT, [number, ...parts]);
    },
    remove: (number) => write.do(async (db) => (await db.run(REMOVE, [number])) > 0),
    secrets: async (number) => {
      const row = await read.first(ONE, [number]);
      if (!row) return undefined;
      const { pinHash, sipPassword, ...agent } = row;
      return { agent, pinHash, sipPassword };
    },
  };
}
