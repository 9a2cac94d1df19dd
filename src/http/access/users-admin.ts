// How users come, change and go, for the API and for commands without a daemon. A password leaves only here, once, when
// it was made up.

import { didYouMean } from '../../base/nearest.ts';
import { OperationalError } from '../../base/errors.ts';
import { defined } from '../../base/defined.ts';
import type { Store } from '../../engine/store/store.ts';
import type { Role, User } from '../../engine/store/users.ts';
import { hashSecret } from '../../secrets/hashes.ts';
import { agentUnknown } from '../../engine/store/refusals.ts';
import { newPassword, normalPassword, requireStrong } from './user-rules.ts';

type Place = Pick<Store, 'users' | 'agents' | 'webSessions'>;

export interface NewUser {
  readonly name: string;
  readonly fullName?: string;
  readonly role: Role;
  readonly agent?: string;
  /** Absent: made up. */
  readonly password?: string;
}

/** A password when it was made up, which is shown this once. */
export interface MadePassword {
  readonly password?: string;
}

function userUnknown(name: string, known: readonly string[]): OperationalError {
  return new OperationalError('user-unknown', `There is no user ${name}.${didYouMean(name, known)}`, {
    hint: 'outdial user list shows them all.',
    httpCode: 404,
  });
}

/** Refused with `user-unknown`. */
export async function userNamed({ users }: Pick<Store, 'users'>, name: string): Promise<User> {
  const all = await users.all();
  const found = all.find((one) => one.name === name);
  if (found) return found;
  throw userUnknown(
    name,
    all.map((one) => one.name),
  );
}

/** Refused with `user-exists`, `user-agent-missing`, `user-agent-taken`, `agent-unknown` and `password-weak`. */
export async function addUser(store: Place, user: NewUser, now: number): Promise<MadePassword> {
  const { name, fullName = '', role, agent = null } = user;
  await requireAgent(store, role, agent);
  const password = user.password ?? newPassword();
  requireStrong(password, name);
  const passwordHash = await hashSecret(normalPassword(password));
  const added = await store.users.add({ name, fullName, role, agent, passwordHash, addedAt: now, passwordAt: now });
  if (added === 'agent-taken') throw agentTaken(agent ?? '');
  if (added === 'name-taken')
    throw new OperationalError('user-exists', `There is a user ${name} already.`, {
      hint: 'Choose another name, or change this one: outdial user set-role NAME ROLE.',
      httpCode: 409,
    });
  return user.password === undefined ? { password } : {};
}

export interface UserChangeRequest {
  readonly role?: Role | undefined;
  /** Null: no agent any more. */
  readonly agent?: string | null | undefined;
  readonly fullName?: string | undefined;
}

/** Resolves with the user as before; refused with `user-unknown` and as above. */
export async function changeUser(store: Place, name: string, wanted: UserChangeRequest): Promise<User> {
  const before = await userNamed(store, name);
  const { role, agent, fullName } = wanted;
  const agentThen = agent === undefined ? before.agent : agent;
  const isNew = agentThen !== before.agent;
  if (isNew || role !== undefined) await requireAgent(store, role ?? before.role, agentThen, isNew);
  const changed = await store.users.change(name, defined({ role, agent, fullName }));
  if (changed === 'agent-taken') throw agentTaken(agentThen ?? '');
  if (changed === 'unknown') throw userUnknown(name, []);
  return before;
}

/** The user's sessions end. Refused with `user-unknown` and `password-weak`. */
export async function setPassword(
  store: Place,
  name: string,
  { password: given, now }: { readonly password?: string | undefined; readonly now: number },
): Promise<MadePassword> {
  await userNamed(store, name);
  const password = given ?? newPassword();
  requireStrong(password, name);
  const hash = await hashSecret(normalPassword(password));
  if ((await store.users.change(name, { password: { hash, at: now } })) !== 'changed') throw userUnknown(name, []);
  return given === undefined ? { password } : {};
}

/** With all sessions; resolves with the user as it was. Refused with `user-unknown`. */
export async function removeUser(store: Place, name: string): Promise<User> {
  const before = await userNamed(store, name);
  await store.users.remove(name);
  return before;
}

async function requireAgent(store: Place, role: Role, agent: string | null, isNew = true): Promise<void> {
  if (agent === null) {
    if (role !== 'agent') return;
    throw new OperationalError('user-agent-missing', 'A user with the role agent needs the number of an agent.', {
      hint: 'Say which: --agent NUMBER; outdial agent list shows them.',
    });
  }
  if (!isNew) return;
  const known = (await store.agents.all()).map(({ number }) => number);
  if (!known.includes(agent)) throw agentUnknown(agent, known);
}

function agentTaken(agent: string): OperationalError {
  return new OperationalError('user-agent-taken', `The agent ${agent} is another user already.`, {
    hint: 'outdial user list shows who.',
    httpCode: 409,
  });
}
