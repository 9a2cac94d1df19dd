// PINs of agents that everybody tries first. A PIN is kept as a hash only, so that looking means trying.

import type { AgentStore } from '../../engine/store/agents.ts';
import { verifySecret } from '../../secrets/hashes.ts';

const COMMON = ['0000', '1234', '1111', '123456', '000000'];
const AT_ONCE = 4;

/** The first `most` agents whose PIN is their own number or one of the common ones. */
export async function agentsWithWeakPins(
  agents: Pick<AgentStore, 'all' | 'secrets'>,
  most: number,
): Promise<readonly string[]> {
  const numbers = (await agents.all()).map(({ number }) => number).slice(0, most);
  const weak: string[] = [];
  for (let at = 0; at < numbers.length; at += AT_ONCE) {
    const group = numbers.slice(at, at + AT_ONCE);
    const found = await Promise.all(group.map((number) => isWeak(agents, number)));
    weak.push(...group.filter((_number, place) => found[place] === true));
  }
  return weak;
}

async function isWeak(agents: Pick<AgentStore, 'secrets'>, number: string): Promise<boolean> {
  const hash = (await agents.secrets(number))?.pinHash;
  if (hash === undefined) return false;
  for (const pin of [number, ...COMMON]) if (await verifySecret(hash, pin)) return true;
  return false;
}
