// outdial user …: people who sign in, their roles and passwords. Works with and without the daemon: the first one is made
// before anybody can sign in.

import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { Argument, Option } from 'commander';
import { defined } from '../../base/defined.ts';
import { OperationalError } from '../../base/errors.ts';
import { ROLES, type Role, type User, type WebSession } from '../../engine/store/users.ts';
import type { Store } from '../../engine/store/store.ts';
import { label } from '../../http/wire/names.ts';
import { passwordSet, signedOut, user as userView, userAdded, userName, userRemoved } from '../../http/wire/users.ts';
import type { AddCommands } from '../add-commands.ts';
import { changeInDaemonOrStore, fromDaemonOrStore, type CommandContext } from '../context.ts';
import { callerActor } from '../daemon-client.ts';
import type { Outcome } from '../outcome.ts';
import { showInstant } from '../render/instants.ts';
import { harmless, table } from '../render/table.ts';
import { noteChange } from '../../engine/audit-trail.ts';

interface Given {
  readonly fullName?: string;
  readonly agent?: string;
  readonly passwordFile?: string;
}

const passwordFile = (): Option =>
  new Option('--password-file <file>', 'its first line is the password; /dev/stdin too (default: made up and shown)');
const roleArgument = (): Argument => new Argument('<role>', 'what they may do: docs/users.md').choices(ROLES);

export const userCommands: AddCommands = (parent, carryOf) => {
  const group = parent
    .command('user')
    .description('people who sign in: list, add, set-role, set-password, sign-out, remove');
  const list = group.command('list').description('all users with their roles, and where they are signed in');
  list.action(() => carryOf(list)(listUsers));
  const add = group
    .command('add')
    .description('a user; a password that is made up is shown this once')
    .argument('<name>', 'what they type to sign in: small letters, digits and . _ @ -')
    .addOption(new Option('--role <role>', 'what they may do').choices(ROLES).makeOptionMandatory())
    .option('--full-name <name>', 'for people to read')
    .option('--agent <number>', 'the agent that they are; needed with the role agent')
    .addOption(passwordFile())
    .action((name: string, { role, ...given }: Given & { role: Role }) =>
      carryOf(add)((context) => addUser(context, { name, role }, given)),
    );
  const setRole = group
    .command('set-role')
    .description('another role, and another agent with --agent; live events that the old role got end')
    .argument('<name>')
    .addArgument(roleArgument())
    .option('--agent <number>', 'the agent that they are from now on')
    .action((name: string, role: Role, { agent }: { agent?: string }) =>
      carryOf(setRole)((context) => changeRole(context, name, { role, ...defined({ agent }) })),
    );
  const setPassword = group
    .command('set-password')
    .description('a new password; all sessions of the user end')
    .argument('<name>')
    .addOption(passwordFile())
    .action((name: string, given: Given) => carryOf(setPassword)((context) => newPassword(context, name, given)));
  const signOut = group
    .command('sign-out')
    .description('end all sessions of the user; conversations go on')
    .argument('<name>')
    .action((name: string) => carryOf(signOut)((context) => endSessions(context, name)));
  const remove = group
    .command('remove')
    .description('remove the user with all sessions; conversations go on')
    .argument('<name>')
    .action((name: string) => carryOf(remove)((context) => removeUser(context, name)));
};

const path = (name: string, rest = ''): string => `/users/${encodeURIComponent(name)}${rest}`;

type UserView = ReturnType<typeof userView.parse>;

function viewOf({ passwordHash: _hash, ...one }: User, sessions: readonly WebSession[]): UserView {
  const own = sessions.filter(({ user }) => user === one.name);
  return { ...one, sessions: own.length, seenAt: own.length === 0 ? null : Math.max(...own.map((s) => s.seenAt)) };
}

async function viewsIn(store: Store): Promise<UserView[]> {
  const sessions = await store.webSessions.all();
  return (await store.users.all()).map((one) => viewOf(one, sessions));
}

async function viewIn(store: Store, name: string): Promise<UserView> {
  const { userNamed } = await import('../../http/access/users-admin.ts');
  return viewOf(await userNamed(store, name), await store.webSessions.all());
}

interface Noted {
  readonly what: string;
  readonly name: string;
  readonly to: unknown;
}

/** The same word as the daemon's audit log has for it. */
async function note(context: CommandContext, store: Pick<Store, 'audit'>, { what, name, to }: Noted): Promise<void> {
  const at = context.clock.now();
  await noteChange(store, callerActor(), { at, what, subject: `user ${name}`, to });
}

async function listUsers(context: CommandContext): Promise<Outcome> {
  const users = await fromDaemonOrStore(context, (daemon) => daemon.get(userView.array(), '/users'), viewsIn);
  const text = table(
    users,
    [
      { title: 'NAME', value: ({ name }) => harmless(name) },
      { title: 'FULL NAME', value: ({ fullName }) => harmless(fullName) },
      { title: 'ROLE', value: ({ role }) => role },
      { title: 'AGENT', value: ({ agent }) => agent ?? '' },
      { title: 'SESSIONS', value: ({ sessions }) => sessions, align: 'right' },
      { title: 'SEEN', value: ({ seenAt }) => (seenAt === null ? '' : showInstant(seenAt)) },
    ],
    'There are no users: outdial user add NAME --role admin makes one.',
  );
  return { data: users, text };
}

interface Named {
  readonly name: string;
  readonly role: Role;
}

async function addUser(context: CommandContext, { name, role }: Named, given: Given): Promise<Outcome> {
  const { fullName, agent } = given;
  const wanted = { name, role, ...defined({ fullName, agent, password: await passwordIn(context, given) }) };
  const data = await changeInDaemonOrStore(
    context,
    (daemon) => daemon.post(userAdded, '/users', wanted),
    async (store) => {
      requireUser(wanted);
      const admin = await import('../../http/access/users-admin.ts');
      const made = await admin.addUser(store, wanted, context.clock.now());
      await note(context, store, { what: 'user.add', name, to: { role, ...defined({ fullName, agent }) } });
      return { ...(await viewIn(store, name)), ...made };
    },
  );
  return { data, text: `User ${data.name} is added, ${data.role}.${shownPassword(data.password)}` };
}

/** Without the daemon nothing else holds names against their rules. */
function requireUser(wanted: { readonly name: string; readonly fullName?: string }): void {
  const { name, fullName } = wanted;
  if (userName.safeParse(name).success && label.optional().safeParse(fullName).success) return;
  throw new OperationalError('user-name-invalid', `"${harmless(fullName ?? name)}" cannot be the name of a user.`, {
    hint: 'Small letters, digits and . _ @ -, at most 64; a full name without quotes, brackets and control characters.',
  });
}

function shownPassword(password: string | undefined): string {
  return password === undefined ? '' : `\nThe password, shown this once: ${password}`;
}

interface RoleChange {
  readonly role: Role;
  readonly agent?: string;
}

async function changeRole(context: CommandContext, name: string, change: RoleChange): Promise<Outcome> {
  const data = await changeInDaemonOrStore(
    context,
    (daemon) => daemon.patch(userView, path(name), change),
    async (store) => {
      const { changeUser } = await import('../../http/access/users-admin.ts');
      await changeUser(store, name, change);
      await note(context, store, { what: 'user.change', name, to: change });
      return viewIn(store, name);
    },
  );
  const agent = data.agent === null ? '' : `, agent ${data.agent}`;
  return { data, text: `User ${data.name} is ${data.role} now${agent}.` };
}

async function newPassword(context: CommandContext, name: string, given: Given): Promise<Outcome> {
  const password = await passwordIn(context, given);
  const data = await changeInDaemonOrStore(
    context,
    (daemon) => daemon.post(passwordSet, path(name, '/password'), defined({ password })),
    async (store) => {
      const { setPassword } = await import('../../http/access/users-admin.ts');
      const made = await setPassword(store, name, { password, now: context.clock.now() });
      await note(context, store, { what: 'user.set-password', name, to: null });
      return { name, ...made };
    },
  );
  const text = `User ${data.name} has a new password and is signed in nowhere any more.${shownPassword(data.password)}`;
  return { data, text };
}

async function endSessions(context: CommandContext, name: string): Promise<Outcome> {
  const data = await changeInDaemonOrStore(
    context,
    (daemon) => daemon.post(signedOut, path(name, '/sign-out')),
    async (store) => {
      await viewIn(store, name);
      const count = await store.webSessions.endOf(name);
      await note(context, store, { what: 'user.sign-out', name, to: { sessions: count } });
      return { signedOut: count };
    },
  );
  return {
    data,
    text: `${data.signedOut} ${data.signedOut === 1 ? 'session' : 'sessions'} of ${harmless(name)} ended.`,
  };
}

async function removeUser(context: CommandContext, name: string): Promise<Outcome> {
  const data = await changeInDaemonOrStore(
    context,
    (daemon) => daemon.delete(userRemoved, path(name)),
    async (store) => {
      const admin = await import('../../http/access/users-admin.ts');
      await admin.removeUser(store, name);
      await note(context, store, { what: 'user.remove', name, to: null });
      return { removed: name };
    },
  );
  return { data, text: `User ${data.removed} is removed.` };
}

/** On the command line a password would stand in the list of processes and in the shell's history. */
async function passwordIn({ terminal }: CommandContext, { passwordFile: file }: Given): Promise<string | undefined> {
  if (file === undefined) return undefined;
  const text = await readFile(resolve(terminal.folder, file), 'utf8').catch((cause: unknown) => {
    throw new OperationalError('password-unreadable', `The file ${file} cannot be read.`, {
      hint: 'Check the path and that you may read it, or leave it out: a password is made up.',
      places: [{ file }],
      cause,
    });
  });
  return text.split(/\r?\n/)[0] ?? '';
}
