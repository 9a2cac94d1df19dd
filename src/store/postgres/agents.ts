// The agents' accounts with their secrets, as they are given: hashing PINs is not done here.

import type { SipDigest } from '../../base/sip-digest.ts';
import type { AgentStore } from '../../engine/store-agents.ts';
import type { Agent } from '../../engine/ports.ts';
import { json, sql } from './database.ts';
import type { Lanes } from './lanes.ts';

interface AgentRow extends Agent {
  readonly pinHash: string;
  readonly sipRealm: string;
  readonly sipDigest: string;
}

const COLUMNS = `number, name, groups, account, pin_hash AS "pinHash", sip_realm AS "sipRealm", sip_digest AS "sipDigest"`;
const ALL = sql<Agent>('SELECT number, name, groups, account FROM agents ORDER BY number');
const ONE = sql<AgentRow>(`SELECT ${COLUMNS} FROM agents WHERE number = $1`);
/** Absent parts (null) stay as they were. */
const PUT = sql(`
  INSERT INTO agents AS a (number, name, groups, account, pin_hash, sip_realm, sip_digest)
  VALUES ($1, coalesce($2, $1), coalesce($3::jsonb, '[]'), coalesce($4, 'agent-' || $1), coalesce($5, ''), coalesce($6, ''), coalesce($7, ''))
  ON CONFLICT (number) DO UPDATE SET name = coalesce($2, a.name), groups = coalesce($3::jsonb, a.groups),
    account = coalesce($4, a.account), pin_hash = coalesce($5, a.pin_hash),
    sip_realm = coalesce($6, a.sip_realm), sip_digest = coalesce($7, a.sip_digest)`);
const REMOVE = sql('DELETE FROM agents WHERE number = $1');

export function agentStore({ read, write }: Lanes): AgentStore {
  return {
    all: () => read.all(ALL),
    save: ({ number, name, groups, account, pinHash, sipDigest }) => {
      const digest = [sipDigest?.realm, sipDigest?.md5];
      const parts = [name, groups && json(groups), account, pinHash, ...digest].map((part) => part ?? null);
      return write.run(PUT, [number, ...parts]);
    },
    remove: (number) => write.do(async (db) => (await db.run(REMOVE, [number])) > 0),
    secrets: async (number) => {
      const row = await read.first(ONE, [number]);
      if (!row) return undefined;
      const { pinHash, sipRealm, sipDigest, ...agent } = row;
      return { agent, pinHash, ...digestOf(sipRealm, sipDigest) };
    },
  };
}

/** Empty when the agent has never had a SIP password. */
function digestOf(realm: string, md5: string): { readonly sipDigest?: SipDigest } {
  return md5 === '' ? {} : { sipDigest: { realm, md5 } };
}
