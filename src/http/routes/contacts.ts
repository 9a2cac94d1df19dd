// Contacts: search, show, edit, merge, their story, and forgetting one.

import { defined } from '../../base/defined.ts';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { OperationalError } from '../../base/errors.ts';
import { fieldDefinitions } from '../field-definitions.ts';
import { numberOrRefusal } from '../../numbers/refusal.ts';
import { noteChange } from '../audit-hook.ts';
import { contactUnknown } from '../../engine/store/refusals.ts';
import { byWhom, type Api, type RouteContext } from '../context.ts';
import { forgetContact, scrubbed } from '../../privacy/forget.ts';
import { contactRow, errorBody } from '../wire/wire.ts';
import {
  contactDetails,
  contactEditBody,
  contactEdited,
  contactEvent,
  forgetProof,
  recordStepped,
  scrubAnswer,
} from '../wire/contacts.ts';

const tags = ['contacts'];
const params = z.object({ id: z.coerce.number().int().positive() });

export function contactRoutes(api: Api, context: RouteContext): void {
  lookingRoutes(api, context);
  changingRoutes(api, context);
  forgettingRoutes(api, context);
  recordStepRoutes(api, context);
}

function lookingRoutes(api: Api, { store }: RouteContext): void {
  api.get(
    '/contacts',
    {
      schema: {
        tags,
        summary: 'Contacts that hold a text in their name, a number or a field',
        querystring: z.object({
          text: z.string().min(1).max(200),
          in: z.enum(['name', 'number', 'field']).optional(),
          field: z.string().max(64).optional().describe('With in=field'),
          limit: z.coerce.number().int().min(1).max(500).default(50),
        }),
        response: { 200: z.array(contactRow).readonly() },
      },
    },
    (request) => {
      const { text, in: place, field, limit } = request.query;
      if (place === 'field') return store.contacts.find({ text, limit, in: { field: field ?? '' } });
      return store.contacts.find({ text, limit, ...defined({ in: place }) });
    },
  );
  api.get(
    '/contacts/:id',
    { schema: { tags, summary: 'One contact', params, response: { 200: contactDetails, 404: errorBody } } },
    async (request) => {
      const found = await store.contacts.show(request.params.id);
      if (found) return found;
      throw contactUnknown(request.params.id);
    },
  );
  api.get(
    '/contacts/:id/timeline',
    {
      schema: {
        tags,
        summary: 'Everything that happened to it, over all campaigns, newest first',
        params,
        querystring: z.object({
          limit: z.coerce.number().int().min(1).max(1000).default(100),
          before: z.coerce.number().optional().describe('Epoch ms; only what happened before'),
        }),
        response: { 200: z.array(contactEvent).readonly() },
      },
    },
    (request) => {
      const { limit, before } = request.query;
      const query = { contact: request.params.id, limit };
      return store.contacts.timeline(before === undefined ? query : { ...query, beforeAt: before });
    },
  );
}

function changingRoutes(api: Api, context: RouteContext): void {
  const { store, control, campaigns, clock, readNumber } = context;
  api.patch(
    '/contacts/:id',
    {
      config: { audit: 'contact.edit' },
      schema: {
        tags,
        summary: 'Changes name, fields or phones; fields are checked by what the campaigns say of them',
        params,
        body: contactEditBody,
        response: { 200: contactEdited, 400: errorBody, 404: errorBody },
      },
    },
    async (request) => {
      const { name, fields, phones } = request.body;
      const edited = await store.contacts.edit({
        contact: request.params.id,
        by: byWhom(request),
        at: clock.now(),
        definitions: fieldDefinitions(campaigns),
        ...defined({ name, fields }),
        ...(phones === undefined
          ? {}
          : {
              phones: phones.map((phone) => ({
                ...phone,
                number: numberOrRefusal(phone.number, readNumber(phone.number)),
              })),
            }),
      });
      const values = (side: 'from' | 'to') => Object.fromEntries(edited.changes.map((one) => [one.what, one[side]]));
      noteChange(request, { subject: `contact ${request.params.id}`, from: values('from'), to: values('to') });
      if (edited.changes.length > 0) await control.listsChanged();
      return edited;
    },
  );
  api.post(
    '/contacts/:id/merge',
    {
      config: { audit: 'contact.merge' },
      schema: {
        tags,
        summary: 'Makes one contact of two; this one’s values win',
        params,
        body: z.object({ gone: z.number().int().positive().describe('The other contact, which is no more then') }),
        response: { 200: contactDetails, 404: errorBody, 409: errorBody },
      },
    },
    async (request) => {
      const { id: keep } = request.params;
      const { gone } = request.body;
      const merged = await store.contacts.merge({ keep, gone, by: byWhom(request), at: clock.now() });
      noteChange(request, { subject: `contact ${keep}`, from: { contact: gone }, to: { contact: keep } });
      await control.listsChanged();
      return merged;
    },
  );
}

function forgettingRoutes(api: Api, context: RouteContext): void {
  const { store, clock, recordings, campaigns: catalogue } = context;
  const removeRecording = async (file: string): Promise<void> => {
    await recordings?.remove(file);
  };
  api.post(
    '/contacts/:id/forget',
    {
      // The store writes the entry itself, in the same transaction.
      config: { audit: false },
      schema: {
        tags,
        summary: 'Takes away whatever shows who it is, everywhere, and proves it; what was counted stays',
        params,
        body: z.object({ reason: z.string().max(200).default(''), doNotCall: z.boolean().default(false) }),
        response: { 200: forgetProof, 404: errorBody, 409: errorBody },
      },
    },
    (request) => {
      const { reason, doNotCall } = request.body;
      const wanted = { contact: request.params.id, by: byWhom(request), at: clock.now(), reason, doNotCall };
      const campaigns = catalogue.all().map(({ campaign }) => campaign);
      return forgetContact({ store, campaigns, removeRecording, sleep }, wanted);
    },
  );
  api.post(
    '/contacts/scrub',
    {
      config: { audit: 'contact.scrub' },
      schema: {
        tags,
        summary: 'Rewrites the store, so that nothing of forgotten people is left; holds every change up meanwhile',
        response: { 200: scrubAnswer, 409: errorBody },
      },
    },
    async () => {
      if ((await store.attempts.unfinished()).length > 0)
        throw new OperationalError('calls-going-on', 'Calls are going on, which the rewriting would hold up.', {
          hint: 'Ask again off-peak, or pause the campaigns.',
          httpCode: 409,
        });
      return { done: await scrubbed({ store, sleep }, true) };
    },
  );
}

function recordStepRoutes(api: Api, { store, clock, control }: RouteContext): void {
  for (const step of ['reopen', 'remove'] as const) {
    const summary =
      step === 'reopen'
        ? 'Reopens a finished record: due at once, its attempts counted from zero'
        : 'Takes a record out for good';
    api.post(
      `/records/:id/${step}`,
      {
        config: { audit: `record.${step}` },
        schema: {
          tags: ['records'],
          summary: `${summary}; refused while it is dialed`,
          params,
          response: { 200: recordStepped, 404: errorBody, 409: errorBody },
        },
      },
      async (request) => {
        const { id: record } = request.params;
        const stepped = await store.contacts.stepRecord({ record, step, by: byWhom(request), at: clock.now() });
        noteChange(request, { subject: `record ${record}`, from: stepped.from, to: stepped.to });
        await (step === 'reopen' ? control.listsChanged() : control.recordsChanged({}));
        return stepped;
      },
    );
  }
}
