// What an agent looks up: the pages of the campaigns, the person in hand, the own callbacks, the own day.

import { defined } from '../../base/defined.ts';
import { z } from 'zod';
import { OperationalError } from '../../base/errors.ts';
import type { Campaign } from '../../campaign/definition.ts';
import { campaignUnknown } from '../../campaign/refusals.ts';
import { byWhom, type Api, type RouteContext } from '../context.ts';
import { wantedPhone } from '../desk/acts.ts';
import { callbackRow, callbackTimes } from '../wire/callbacks.ts';
import { contactEvent } from '../wire/contacts.ts';
import { deskCampaignPage, deskToday } from '../wire/desk.ts';
import { errorBody, name, phoneType, typedNumber } from '../wire/wire.ts';
import { NO_OPEN_RECORD } from '../../interaction/refusals.ts';
import { numberOrRefusal } from '../../numbers/refusal.ts';
import { agentAsking, DESK_TAGS as tags, workspaceOf } from './agent-desk.ts';

const MOST_CALLBACKS = 200;

export function agentAboutRoutes(api: Api, context: RouteContext): void {
  campaignRoute(api, context);
  timelineRoute(api, context);
  ownRoutes(api, context);
  callbackTimesRoute(api, context);
}

function campaignRoute(api: Api, context: RouteContext): void {
  const { control, workspaces } = context;
  api.get(
    '/agent/campaigns/:name',
    {
      schema: {
        tags,
        summary: 'What an agent reads before the first call: description, instructions, company page, script',
        params: z.object({ name }),
        response: { 200: deskCampaignPage, 404: errorBody, 409: errorBody },
      },
    },
    async (request) => {
      const { agent } = await workspaceOf(request, context);
      const own = control.desks.campaigns(agent).map((one) => one.name);
      const campaign = own.includes(request.params.name) ? workspaces.definition(request.params.name) : undefined;
      if (!campaign) throw campaignUnknown(request.params.name, own);
      return pageOf(campaign);
    },
  );
}

function pageOf({ name, description, texts, script }: Campaign): z.output<typeof deskCampaignPage> {
  const { instructions = '', companyPage = '' } = texts ?? {};
  const page = { name, description, instructions, companyPage };
  if (script === undefined) return page;
  const sections = script.sections.map(({ section, title, parts }) => ({ section, title, parts }));
  return { ...page, script: { name: script.name, sections, exits: script.exits } };
}

function timelineRoute(api: Api, context: RouteContext): void {
  const { store, log } = context;
  api.get(
    '/agent/contacts/:id/timeline',
    {
      schema: {
        tags,
        summary: 'Everything that happened to the person in hand, newest first; of no one else',
        params: z.object({ id: z.coerce.number().int().positive() }),
        querystring: z.object({
          limit: z.coerce.number().int().min(1).max(200).default(50),
          before: z.coerce.number().optional().describe('Epoch ms; only what happened before'),
        }),
        response: { 200: z.array(contactEvent).readonly(), 403: errorBody, 409: errorBody },
      },
    },
    async (request) => {
      const { engine } = (await workspaceOf(request, context)).inHand;
      const { id } = request.params;
      if (engine.open?.facts?.contact !== id) {
        log.warn({ who: byWhom(request), contact: id }, 'refused: the person is not in the hands of this agent');
        throw notInHand(id);
      }
      const { limit, before } = request.query;
      return store.contacts.timeline({ contact: id, limit, ...defined({ beforeAt: before }) });
    },
  );
}

function ownRoutes(api: Api, context: RouteContext): void {
  const { store, clock } = context;
  api.get(
    '/agent/callbacks',
    {
      schema: {
        tags,
        summary: 'Personal callbacks that the agent still has to keep, the earliest first',
        response: { 200: z.array(callbackRow).readonly(), 409: errorBody },
      },
    },
    async (request) => {
      const { agent } = await workspaceOf(request, context);
      return store.callbacks.list({ agent, now: clock.now(), limit: MOST_CALLBACKS });
    },
  );
  api.get(
    '/agent/today',
    {
      schema: {
        tags,
        summary: "The agent's own day in figures, counted now",
        response: { 200: deskToday, 409: errorBody },
      },
    },
    async (request) => (await workspaceOf(request, context)).today(),
  );
}

function callbackTimesRoute(api: Api, context: RouteContext): void {
  const { control, readNumber } = context;
  const day = z.string().regex(/^\d{4}-\d\d-\d\d$/);
  api.get(
    '/agent/callback-times',
    {
      schema: {
        tags,
        summary:
          'For the record in hand: when a callback may be agreed on, on the person’s clock, and which rule forbids the rest',
        querystring: z.object({
          date: day.optional().describe('Of the half-hours; today when left out'),
          phone: z.coerce
            .number()
            .int()
            .min(0)
            .optional()
            .describe('Place of the phone; the one dialed last when left out'),
          number: typedNumber.optional().describe('A number that the record does not have, instead of `phone`'),
          type: phoneType.default('other').describe('Of that number'),
          personal: z.stringbool().default(false),
        }),
        response: { 200: callbackTimes, 400: errorBody, 409: errorBody },
      },
    },
    async (request) => {
      const agent = agentAsking(request);
      const { open } = (await workspaceOf(request, context)).inHand.engine;
      const record = open?.facts?.record;
      if (open === undefined || record === undefined) throw nothingInHand();
      const { date, phone, personal, number: typed, type: typedType } = request.query;
      const { number, type } =
        typed === undefined
          ? wantedPhone(phone, open)
          : { number: numberOrRefusal(typed, readNumber(typed)), type: typedType };
      const wanted = { record, number, type, agent: personal ? agent : null };
      return control.callbackTimes({ ...wanted, ...defined({ date }) });
    },
  );
}

function nothingInHand(): OperationalError {
  return new OperationalError('not-now', NO_OPEN_RECORD.message, {
    hint: 'Callbacks are agreed on for the record in hand.',
    httpCode: 409,
  });
}

function notInHand(contact: number): OperationalError {
  return new OperationalError('not-in-hand', `The contact ${contact} is not the one in your hands.`, {
    hint: 'Agents see the story of the person whose record they have open.',
    httpCode: 403,
  });
}
