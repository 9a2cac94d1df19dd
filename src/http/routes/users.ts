// Users: who they are, their roles, new passwords, and the end of all their sessions.

import { z } from 'zod';
import { defined } from '../../base/defined.ts';
import type { User } from '../../engine/store/users.ts';
import { addUser, changeUser, removeUser, setPassword, userNamed } from '../access/users-admin.ts';
import { ROLE_RIGHTS } from '../access/rights.ts';
import { noteChange } from '../audit-hook.ts';
import type { Api, RouteContext } from '../context.ts';
import { label } from '../wire/names.ts';
import { agentNumber, errorBody } from '../wire/wire.ts';
import { password, passwordSet, role, signedOut, user, userAdded, userName, userRemoved } from '../wire/users.ts';

const tags = ['users'];
const params = z.object({ user: userName });

export function userRoutes(api: Api, context: RouteContext): void {
  const { access, store } = context;
  api.get('/users', { schema: { tags, summary: 'All users', response: { 200: z.array(user).readonly() } } }, async () =>
    (await store.users.all()).map((one) => viewOf(context, one)),
  );
  addRoute(api, context);
  changeRoutes(api, context);
  passwordRoute(api, context);
  api.post(
    '/users/:user/sign-out',
    {
      config: { audit: 'user.sign-out' },
      schema: {
        tags,
        summary: 'Ends all sessions of the user; conversations go on',
        params,
        response: { 200: signedOut, 404: errorBody },
      },
    },
    async (request) => {
      const { name } = await userNamed(store, request.params.user);
      const count = await store.webSessions.endOf(name);
      await access.refresh();
      noteChange(request, { subject: `user ${name}`, to: { sessions: count } });
      return { signedOut: count };
    },
  );
}

function viewOf({ access }: RouteContext, { passwordHash: _hash, ...one }: User): z.output<typeof user> {
  const open = access.sessionsOf(one.name);
  return { ...one, sessions: open.length, seenAt: open.length === 0 ? null : Math.max(...open.map((s) => s.seenAt)) };
}

function addRoute(api: Api, context: RouteContext): void {
  const { access, store, clock } = context;
  api.post(
    '/users',
    {
      config: { audit: 'user.add' },
      schema: {
        tags,
        summary: 'Adds a user; the answer shows a password that was made up, this once',
        body: z.object({
          name: userName,
          role,
          fullName: label.optional(),
          agent: agentNumber.optional(),
          password: password.optional(),
        }),
        response: { 201: userAdded, 400: errorBody, 404: errorBody, 409: errorBody },
      },
    },
    async (request, reply) => {
      const { name, role: as, fullName, agent, password: given } = request.body;
      const wanted = { name, role: as, ...defined({ fullName, agent, password: given }) };
      const made = await addUser(store, wanted, clock.now());
      await access.refresh();
      noteChange(request, { subject: `user ${name}`, to: { role: as, ...defined({ fullName, agent }) } });
      return reply.code(201).send({ ...viewOf(context, await userNamed(store, name)), ...made });
    },
  );
}

function changeRoutes(api: Api, context: RouteContext): void {
  const { access, store } = context;
  api.patch(
    '/users/:user',
    {
      config: { audit: 'user.change' },
      schema: {
        tags,
        summary: 'Another role, agent or full name; answers that the old role got (live events) end',
        params,
        body: z.object({
          role: role.optional(),
          agent: agentNumber.nullable().optional(),
          fullName: label.optional(),
        }),
        response: { 200: user, 400: errorBody, 404: errorBody, 409: errorBody },
      },
    },
    async (request) => {
      const { user: name } = request.params;
      const { role: was, agent, fullName } = await changeUser(store, name, request.body);
      await access.refresh();
      await endListening(context, name);
      noteChange(request, { subject: `user ${name}`, from: { role: was, agent, fullName }, to: request.body });
      return viewOf(context, await userNamed(store, name));
    },
  );
  api.delete(
    '/users/:user',
    {
      config: { audit: 'user.remove' },
      schema: {
        tags,
        summary: 'Removes the user with all sessions; conversations go on',
        params,
        response: { 200: userRemoved, 404: errorBody },
      },
    },
    async (request) => {
      const { user: name } = request.params;
      const { role: was, agent } = await removeUser(store, name);
      await access.refresh();
      await endListening(context, name);
      noteChange(request, { subject: `user ${name}`, from: { role: was, agent }, to: null });
      return { removed: name };
    },
  );
}

/**
 * Who may not supervise any more hears no one from then on; a person who was taken over keeps whom they talk with. Who has
 * dialed in hears why.
 */
async function endListening({ access, control }: RouteContext, name: string): Promise<void> {
  await control.usersChanged();
  const left = access.user(name);
  if (left !== undefined && ROLE_RIGHTS[left.role].includes('supervise')) return;
  const theirs = control
    .listenings()
    .filter((one) => one.by === `user:${name}` && one.mode !== 'take-over' && !one.isDialed);
  for (const { agent, phone } of theirs) await control.endListening(agent, phone);
}

function passwordRoute(api: Api, { access, store, signIns, clock }: RouteContext): void {
  api.post(
    '/users/:user/password',
    {
      config: { audit: 'user.set-password' },
      schema: {
        tags,
        summary: 'A new password, the one given or one made up, shown this once; all sessions of the user end',
        params,
        body: z.object({ password: password.optional() }),
        response: { 200: passwordSet, 400: errorBody, 404: errorBody },
      },
    },
    async (request) => {
      const { user: name } = request.params;
      const made = await setPassword(store, name, { password: request.body.password, now: clock.now() });
      signIns.lift(name);
      await access.refresh();
      noteChange(request, { subject: `user ${name}`, to: null });
      return { name, ...made };
    },
  );
}
