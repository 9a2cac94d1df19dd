// The agents' accounts with their secrets, as they are given: hashing PINs is not done here.

import type { SipDigest } from '../../base/sip-digest.ts';
import type { AgentStore } from '../../engine/store/agents.ts';
import type { Agent } from '../../engine/ports.ts';
import { Json, part, sql } from '../statement.ts';
import { all, changes, first, quick, run, write } from '../work.ts';
import type { Noun } from '../work.ts';

export const agents: Noun<AgentStore> = {
  all: quick(() => all(ALL)),
  save: write(({ number, name, groups, account, pinHash, sipDigest }) => {
    const { realm, md5 } = sipDigest ?? {};
    return run(PUT, { number, name, groups: groups && new Json(groups), account, pinHash, realm, md5 });
  }),
  remove: write(function* (number) {
    return (yield* changes(REMOVE, { number })) > 0;
  }),
  secrets: quick(function* (number) {
    const row = yield* first(ONE, { number });
    if (!row) return undefined;
    const { pinHash, sipRealm, sipDigest, ...agent } = row;
    return { agent, pinHash, ...digestOf(sipRealm, sipDigest) };
  }),
};

interface AgentRow extends Agent {
  readonly pinHash: string;
  readonly sipRealm: string;
  readonly sipDigest: string;
}

const AGENT = part`number, name, groups AS "groups{}", account`;
const ALL = sql<Agent>`SELECT ${AGENT} FROM agents ORDER BY number`;
const ONE = sql<AgentRow>`
  SELECT ${AGENT}, pin_hash AS "pinHash", sip_realm AS "sipRealm", sip_digest AS "sipDigest"
  FROM agents WHERE number = :number`;
/** Absent parts stay as they were. */
const PUT = sql`
  INSERT INTO agents AS a (number, name, groups, account, pin_hash, sip_realm, sip_digest)
  VALUES (:number, coalesce(:name, :number), coalesce(:groups::jsonb, '[]'), coalesce(:account, 'agent-' || :number),
    coalesce(:pinHash, ''), coalesce(:realm, ''), coalesce(:md5, ''))
  ON CONFLICT (number) DO UPDATE SET name = coalesce(:name, a.name), groups = coalesce(:groups::jsonb, a.groups),
    account = coalesce(:account, a.account), pin_hash = coalesce(:pinHash, a.pin_hash),
    sip_realm = coalesce(:realm, a.sip_realm), sip_digest = coalesce(:md5, a.sip_digest)`;
const REMOVE = sql`DELETE FROM agents WHERE number = :number`;

/** Empty when the agent has never had a SIP password. */
function digestOf(realm: string, md5: string): { readonly sipDigest?: SipDigest } {
  return md5 === '' ? {} : { sipDigest: { realm, md5 } };
}
