// An agent's own call: how it stands, and its controls.

import { z } from 'zod';
import { maskNumber } from '../../base/log.ts';
import { noteChange } from '../audit-hook.ts';
import type { Api, RouteContext } from '../context.ts';
import { ownAgent } from '../own-agent.ts';
import { agentCall, colleague, wantedThird } from '../wire/calls.ts';
import { agentNumber, errorBody } from '../wire/wire.ts';

const tags = ['agent'];
const querystring = z.object({
  agent: agentNumber.optional().describe('For programs with a token; a person’s is their own'),
});
const order = z.enum([
  ...(['hold', 'resume', 'mute', 'unmute', 'hang-up', 'record', 'pause-recording'] as const),
  ...(['back', 'complete', 'join'] as const),
]);
const response = { 200: agentCall, 403: errorBody, 409: errorBody };

export function callControlRoutes(api: Api, { control }: RouteContext): void {
  api.get(
    '/agent/call',
    { schema: { tags, summary: "How the agent's call stands", querystring, response: { 200: agentCall } } },
    (request) => ({ call: control.callOf(ownAgent(request, request.query.agent)) ?? null }),
  );
  colleaguesRoute(api, control);
  api.post(
    '/agent/call/:order',
    {
      config: { audit: 'call.:order' },
      schema: {
        tags,
        summary: "A control of the agent's call; to ask for what is so already is done at once",
        params: z.object({ order }),
        querystring,
        response,
      },
    },
    async (request) => {
      const agent = ownAgent(request, request.query.agent);
      noteChange(request, { subject: agent, to: null });
      const call = await control.controlCall(agent, { do: request.params.order });
      return { call: call ?? null };
    },
  );
  api.post(
    '/agent/call/keys',
    {
      config: { audit: 'call.keys' },
      schema: {
        tags,
        summary: 'Keypad tones towards the person: digits, * and #',
        body: z.object({ keys: z.string() }),
        querystring,
        response,
      },
    },
    async (request) => {
      const agent = ownAgent(request, request.query.agent);
      // What is typed may be a card number: the log has how many.
      noteChange(request, { subject: agent, to: { keys: request.body.keys.length } });
      const call = await control.controlCall(agent, { do: 'keys', keys: request.body.keys });
      return { call: call ?? null };
    },
  );
  thirdPartyRoutes(api, control);
}

/** Who may be brought in, those who are ready first; without a session none. */
function colleaguesRoute(api: Api, control: RouteContext['control']): void {
  api.get(
    '/agent/call/agents',
    {
      schema: {
        tags,
        summary: 'Agents in a session of the same campaign, whom the person may be given to when they are ready',
        querystring,
        response: { 200: z.array(colleague).readonly() },
      },
    },
    async (request) => {
      const own = ownAgent(request, request.query.agent);
      const all = await control.agents();
      const campaign = all.find(({ number }) => number === own)?.campaign;
      const others = all.filter((one) => one.number !== own && one.state !== 'offline' && one.campaign === campaign);
      return others
        .map(({ number, name: called, state }) => ({ number, name: called, state, isReady: state === 'ready' }))
        .toSorted(
          (one, other) => Number(other.isReady) - Number(one.isReady) || one.name.localeCompare(other.name, 'en'),
        );
    },
  );
}

/** Third parties: spoken with first, or given the person at once. */
function thirdPartyRoutes(api: Api, control: RouteContext['control']): void {
  for (const how of ['consult', 'transfer'] as const) {
    api.post(
      `/agent/call/${how}`,
      {
        config: { audit: `call.${how}` },
        schema: {
          tags,
          summary: SUMMARIES[how],
          body: z.object({ to: wantedThird }),
          querystring,
          response: { ...response, 404: errorBody },
        },
      },
      async (request) => {
        const agent = ownAgent(request, request.query.agent);
        const { to } = request.body;
        noteChange(request, { subject: agent, to: 'number' in to ? { number: maskNumber(to.number) } : to });
        return { call: (await control.controlCall(agent, { do: how, to })) ?? null };
      },
    );
  }
}

const SUMMARIES = {
  consult: 'Puts the person on hold and calls a third party; then complete, join or back',
  transfer: 'Gives the person to a third party at once',
} as const;
