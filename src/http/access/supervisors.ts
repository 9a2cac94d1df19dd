// Which user may supervise, by the agent's number that is theirs: who dials the code of those who listen shows that number.

import type { Store } from '../../engine/store/store.ts';
import type { AgentNumber } from '../../terms.ts';
import { ROLE_RIGHTS } from './rights.ts';

/** As the store has users now. */
export function supervisors({ users }: Pick<Store, 'users'>): (number: AgentNumber) => Promise<string | undefined> {
  return async (number) => {
    const user = (await users.all()).find(({ agent }) => agent === number);
    return user && ROLE_RIGHTS[user.role].includes('supervise') ? user.name : undefined;
  };
}
