// Emergencies that an admin declares for every campaign: what is in force, declaring one, ending one before its time.

import { z } from 'zod';
import { OperationalError } from '../../base/errors.ts';
import { didYouMean } from '../../base/nearest.ts';
import { heedsEmergencies } from '../../campaign/emergencies.ts';
import { requireEmergencyPack } from '../../config/emergency-packs.ts';
import { noteChange } from '../audit-hook.ts';
import { byWhom, type Api, type RouteContext } from '../context.ts';
import { emergencies as emergenciesView, emergencyDeclared, emergencyEnded } from '../wire/emergencies.ts';
import { errorBody } from '../wire/wire.ts';

const tags = ['daemon'];
const SHOWN = 100;
const pack = z.string().regex(/^[a-z0-9][\w-]{0,63}$/i);

export function emergencyRoutes(api: Api, context: RouteContext): void {
  const { store, clock, campaigns, emergencies, settings } = context;
  const concerned = (name: string): readonly string[] =>
    campaigns
      .all()
      .filter(({ campaign }) => heedsEmergencies(campaign, name))
      .map(({ campaign }) => campaign.name);

  api.get(
    '/emergencies',
    {
      schema: { tags, summary: 'Declared emergencies in force, and earlier ones', response: { 200: emergenciesView } },
    },
    async () => ({
      inForce: (await store.emergencies.inForce(clock.now())).map((one) => ({
        ...one,
        campaigns: concerned(one.pack),
      })),
      history: await store.emergencies.history(SHOWN),
    }),
  );
  api.post(
    '/emergencies',
    {
      config: { audit: 'emergency.declare' },
      schema: {
        tags,
        summary: 'Declares an emergency by a rule pack: its clause forbids calls in every campaign that names it',
        body: z.object({ pack, untilAt: z.number().int(), reason: z.string().max(200).default('') }),
        response: { 201: emergencyDeclared, 404: errorBody, 409: errorBody },
      },
    },
    async (request, reply) => {
      requireEmergencyPack(request.body.pack, settings.folders.campaigns);
      if (request.body.untilAt <= clock.now()) throw isOver();
      const declared = await emergencies.declare({ ...request.body, by: byWhom(request) });
      const to = { untilAt: declared.untilAt, reason: declared.reason };
      noteChange(request, { subject: `rules ${declared.pack}`, to });
      return reply.code(201).send({ ...declared, campaigns: concerned(declared.pack) });
    },
  );
  emergencyEnding(api, context);
}

function emergencyEnding(api: Api, { store, clock, emergencies }: RouteContext): void {
  api.delete(
    '/emergencies/:pack',
    {
      config: { audit: 'emergency.end' },
      schema: {
        tags,
        summary: 'Ends an emergency before its time',
        params: z.object({ pack }),
        response: { 200: emergencyEnded, 404: errorBody },
      },
    },
    async (request) => {
      const before = await store.emergencies.inForce(clock.now());
      const { pack: name } = request.params;
      if (!(await emergencies.end(name, byWhom(request)))) throw noneInForce(name, before);
      noteChange(request, {
        subject: `rules ${name}`,
        from: before.find((one) => one.pack === name) ?? null,
        to: null,
      });
      return { pack: name, ended: true as const };
    },
  );
}

/** The refusal of an emergency that would have no moment in force. */
export function isOver(): OperationalError {
  return new OperationalError('emergency-over', 'The end of the emergency is not in the future.', {
    hint: 'Write --until 2026-12-05, 2026-12-05T18:00, or 3d for three days from now.',
  });
}

/** The refusal to end what is not in force. */
export function noneInForce(name: string, inForce: readonly { readonly pack: string }[]): OperationalError {
  const packs = inForce.map((one) => one.pack);
  const message = `No emergency of ${name} is in force.${didYouMean(name, packs)}`;
  const hint = `In force: ${packs.join(', ') || 'none'}.`;
  return new OperationalError('emergency-unknown', message, { hint, httpCode: 404 });
}
