// Agents: who there is and what they do now, their accounts and secrets, signing one out.

import { defined } from '../../base/defined.ts';
import { z } from 'zod';
import { accountOf, addAgent, groupWarnings, newPin, renewPassword, secretsOf } from '../agents-admin.ts';
import { noteChange } from '../audit-hook.ts';
import { actorOf, type Api, type RouteContext } from '../context.ts';
import { hashSecret } from '../../secrets/hashes.ts';
import { agentNumber, agentView, errorBody, name, handedOver, removedAgent, warning } from '../wire/wire.ts';
import { agentAccount, agentAdded, credentials, newPinAnswer } from '../wire/agents.ts';
import { agentUnknown } from '../../engine/store/refusals.ts';
import { label } from '../wire/names.ts';

const tags = ['agents'];
const params = z.object({ number: agentNumber });
const pin = z.string().regex(/^\d{4,12}$/, '4 to 12 digits');
const groups = z.array(name).max(50);
/** States in which a removed agent still has a person to finish with. */
const IN_CALL: ReadonlySet<string> = new Set(['engaged', 'reserved', 'talking', 'wrap-up']);
const changedAgent = agentView.extend({
  handedOver: z.array(handedOver).readonly(),
  warnings: z.array(warning).readonly(),
});

export function agentRoutes(api: Api, context: RouteContext): void {
  viewRoutes(api, context);
  accountRoutes(api, context);
  removalRoute(api, context);
  secretRoutes(api, context);
  accountRoute(api, context);
}

/** How the agent stands now; refused with `agent-unknown`. */
async function viewOf({ control }: RouteContext, number: string) {
  const agents = await control.agents();
  const found = agents.find((agent) => agent.number === number);
  if (found) return found;
  throw agentUnknown(
    number,
    agents.map((agent) => agent.number),
  );
}

function viewRoutes(api: Api, context: RouteContext): void {
  const { control } = context;
  api.get(
    '/agents',
    { schema: { tags, summary: 'All agents with their state', response: { 200: z.array(agentView).readonly() } } },
    () => control.agents(),
  );
  api.get(
    '/agents/:number',
    { schema: { tags, summary: 'One agent', params, response: { 200: agentView, 404: errorBody } } },
    (request) => viewOf(context, request.params.number),
  );
  api.post(
    '/agents/:number/logout',
    {
      config: { audit: 'agent.logout' },
      schema: {
        tags,
        summary: 'Ends the agent’s session, after the conversation that is running',
        params,
        response: { 200: agentView, 404: errorBody, 409: errorBody },
      },
    },
    async (request) => {
      await viewOf(context, request.params.number);
      await control.signOutAgent(request.params.number, actorOf(request));
      return viewOf(context, request.params.number);
    },
  );
}

function groupsInUse({ campaigns }: RouteContext): readonly string[] {
  return campaigns.all().flatMap(({ campaign }) => campaign.agents);
}

function accountRoutes(api: Api, context: RouteContext): void {
  const { store, control, settings } = context;
  api.post(
    '/agents',
    {
      config: { audit: 'agent.add' },
      schema: {
        tags,
        summary: 'Adds an agent; the answer shows the SIP password and the PIN, this once',
        body: z.object({ number: agentNumber, name: label, groups: groups.default([]), pin: pin.optional() }),
        response: { 201: agentAdded, 409: errorBody },
      },
    },
    async (request, reply) => {
      const { pin: given, ...agent } = request.body;
      const made = await addAgent({ store, sip: settings.agents.sip }, { ...agent, ...defined({ pin: given }) });
      await control.agentsChanged();
      const { name: named, groups: grouped } = made;
      noteChange(request, { subject: made.number, to: { name: named, groups: grouped } });
      const warnings = groupWarnings(grouped, groupsInUse(context));
      return reply
        .code(201)
        .header('cache-control', 'no-store')
        .send({ ...made, warnings });
    },
  );
  api.patch(
    '/agents/:number',
    {
      config: { audit: 'agent.change' },
      schema: {
        tags,
        summary: 'Changes name or groups',
        params,
        body: z.object({ name: label.optional(), groups: groups.optional() }),
        response: { 200: changedAgent, 404: errorBody },
      },
    },
    async (request) => {
      const { number } = request.params;
      const { agent: before } = await secretsOf(store, number);
      const { name: named, groups: grouped } = request.body;
      noteChange(request, { from: { name: before.name, groups: before.groups } });
      await store.agents.save({
        number,
        ...defined({ name: named, groups: grouped }),
      });
      const moved = await control.agentsChanged();
      const view = await viewOf(context, number);
      const warnings = grouped === undefined ? [] : groupWarnings(grouped, groupsInUse(context));
      return { ...view, handedOver: moved.filter(({ agent }) => agent === number), warnings };
    },
  );
}

function removalRoute(api: Api, { store, control }: RouteContext): void {
  api.delete(
    '/agents/:number',
    {
      config: { audit: 'agent.remove' },
      schema: {
        tags,
        summary:
          'Removes the agent: a conversation is finished, personal callbacks go to the group; attempts keep the number',
        params,
        response: { 200: removedAgent, 404: errorBody },
      },
    },
    async (request) => {
      const { number } = request.params;
      const { agent: before } = await secretsOf(store, number);
      noteChange(request, { from: { name: before.name, groups: before.groups } });
      const inCall = (await control.agents()).some((agent) => agent.number === number && IN_CALL.has(agent.state));
      await store.agents.remove(number);
      const moved = await control.agentsChanged();
      const handed = moved.filter(({ agent }) => agent === number);
      noteChange(request, { to: { handedOver: handed.map(({ campaign, callbacks }) => ({ campaign, callbacks })) } });
      return { removed: number, handedOver: handed, inCall };
    },
  );
}

function secretRoutes(api: Api, { store, control, settings }: RouteContext): void {
  const place = { store, sip: settings.agents.sip };
  api.post(
    '/agents/:number/pin',
    {
      config: { audit: 'agent.set-pin' },
      schema: {
        tags,
        summary: 'Sets the PIN, or makes one up; ends a lock-out',
        params,
        body: z.object({ pin: pin.optional() }),
        response: { 200: newPinAnswer, 404: errorBody },
      },
    },
    async (request) => {
      const { number } = request.params;
      await secretsOf(store, number);
      const chosen = request.body.pin ?? newPin();
      await store.agents.save({ number, pinHash: await hashSecret(chosen) });
      control.liftLockOut(number);
      await control.agentsChanged();
      return { number, pin: chosen };
    },
  );
  api.post(
    '/agents/:number/password',
    {
      config: { audit: 'agent.set-password' },
      schema: {
        tags,
        summary: 'Makes a new SIP password, or sets the one given; the answer shows it, this once',
        params,
        body: z.object({
          password: z
            .string()
            .regex(/^[\w.~-]{12,64}$/, '12 to 64 letters, digits and . _ ~ -')
            .optional(),
        }),
        response: { 200: credentials, 404: errorBody },
      },
    },
    async (request, reply) => {
      const renewed = await renewPassword(place, request.params.number, request.body.password);
      await control.agentsChanged();
      noteChange(request, { to: { realm: renewed.realm } });
      return reply.header('cache-control', 'no-store').send(renewed);
    },
  );
}

function accountRoute(api: Api, { store, settings }: RouteContext): void {
  const place = { store, sip: settings.agents.sip };
  api.get(
    '/agents/:number/account',
    {
      config: { audit: 'agent.show-account' },
      schema: {
        tags,
        summary: 'The SIP account: what a phone needs to register, but the password',
        params,
        response: { 200: agentAccount, 404: errorBody },
      },
    },
    async (request, reply) => {
      return reply.header('cache-control', 'no-store').send(await accountOf(place, request.params.number));
    },
  );
}
