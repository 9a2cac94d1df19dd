// Campaigns: list, show, history, the steps of their life, new files.

import { missingSoundWarnings } from '../campaign-warnings.ts';
import { z } from 'zod';
import { campaignUnknown } from '../../campaign/refusals.ts';
import { createCampaignFile, cloneCampaign } from '../campaign-files.ts';
import type { LoadedCampaign } from '../campaign-files.ts';
import { noteChange } from '../audit-hook.ts';
import { progressOf } from '../../reports/progress.ts';
import { actorOf, type Api, type RouteContext } from '../context.ts';
import { CAMPAIGN_ACTIONS, RESULTS } from '../../terms.ts';
import { campaignCloned, campaignProgress } from '../wire/progress.ts';
import { campaignDetails, campaignStep, campaignStepped, campaignView, errorBody, name } from '../wire/wire.ts';
import type { CampaignView } from '../../engine/control-views.ts';

const tags = ['campaigns'];
const params = z.object({ name });
/** Steps towards dialing: what may be wrong is said with them. */
const FORWARD: ReadonlySet<string> = new Set(['approve', 'start', 'resume']);
const action = z.enum(CAMPAIGN_ACTIONS);

/** The view of a loaded campaign; refused with `campaign-unknown`. */
function viewOf({ control }: RouteContext, wanted: string): CampaignView {
  const view = control.campaign(wanted);
  if (view) return view;
  throw campaignUnknown(
    wanted,
    control.campaigns().map((campaign) => campaign.name),
  );
}

function loadedOf({ campaigns }: RouteContext, wanted: string): LoadedCampaign {
  const loaded = campaigns.all().find(({ campaign }) => campaign.name === wanted);
  if (!loaded) throw campaignUnknown(wanted);
  return loaded;
}

/** The same with what its file says. */
function detailsOf(context: RouteContext, wanted: string) {
  const view = viewOf(context, wanted);
  const loaded = loadedOf(context, wanted);
  const { lists, agents, trunks } = loaded.campaign;
  return { ...view, file: loaded.file, lists, groups: agents, trunks, fileFaults: loaded.faults };
}

/** What an admin should know of the campaign before it dials. */
async function warningsOf({ campaigns, control }: RouteContext, wanted: string) {
  const ofFile = (await campaigns.warnings(wanted)).map(({ severity: _severity, ...warning }) => warning);
  return [...ofFile, ...missingSoundWarnings(await control.missingSounds(wanted))];
}

export function campaignRoutes(api: Api, context: RouteContext): void {
  const { control, store } = context;
  const shown = (wanted: string): CampaignView => viewOf(context, wanted);

  api.get(
    '/campaigns',
    { schema: { tags, summary: 'All loaded campaigns', response: { 200: z.array(campaignView).readonly() } } },
    () => control.campaigns(),
  );
  api.get(
    '/campaigns/:name',
    { schema: { tags, summary: 'One campaign', params, response: { 200: campaignDetails, 404: errorBody } } },
    (request) => detailsOf(context, request.params.name),
  );
  api.get(
    '/campaigns/:name/statistics',
    {
      schema: {
        tags,
        summary: 'How far it has come: records, results, contacts reached, time to finish at this pace',
        params,
        response: { 200: campaignProgress, 404: errorBody },
      },
    },
    (request) => {
      const { name: wanted } = shown(request.params.name);
      return progressOf(store, loadedOf(context, wanted).campaign, context.clock.now());
    },
  );
  api.get(
    '/campaigns/:name/history',
    {
      schema: {
        tags,
        summary: 'The steps of its life, who and when',
        params,
        response: { 200: z.array(campaignStep).readonly(), 404: errorBody },
      },
    },
    (request) => store.campaigns.history(shown(request.params.name).name),
  );
  api.post(
    '/campaigns/:name/:action',
    {
      config: { audit: 'campaign.:action' },
      schema: {
        tags,
        summary: 'One step of its life; refused when its state does not allow it',
        params: params.extend({ action }),
        response: { 200: campaignStepped, 404: errorBody, 409: errorBody },
      },
    },
    async (request) => {
      const { state: from } = shown(request.params.name);
      const view = await control.actOnCampaign(request.params.name, request.params.action, actorOf(request));
      noteChange(request, { from, to: view.state });
      return { ...view, warnings: FORWARD.has(request.params.action) ? await warningsOf(context, view.name) : [] };
    },
  );
}

/** New campaigns: their files are written, then everything is read again. */
export function newCampaignRoutes(api: Api, context: RouteContext): void {
  const { control, campaigns } = context;
  const folder = context.settings.folders.campaigns;
  const added = async (wanted: string) => {
    await control.reload();
    return { ...viewOf(context, wanted), warnings: await warningsOf(context, wanted) };
  };

  api.post(
    '/campaigns',
    {
      config: { audit: 'campaign.create' },
      schema: {
        tags,
        summary: 'A new campaign from YAML; it is unapproved',
        body: z.object({
          yaml: z.string().min(1).max(262_144),
          file: z.string().max(4096).optional().describe('Where the text comes from; named in faults'),
        }),
        response: { 201: campaignStepped, 400: errorBody, 409: errorBody },
      },
    },
    async (request, reply) => {
      const made = await createCampaignFile(campaigns, folder, request.body);
      noteChange(request, { subject: made, to: { yaml: request.body.yaml } });
      return reply.code(201).send(await added(made));
    },
  );
  api.post(
    '/campaigns/:name/clone',
    {
      config: { audit: 'campaign.clone' },
      schema: {
        tags,
        summary: 'The same campaign under another name; the copy is unapproved and has records of its own',
        params,
        body: z.object({
          name,
          results: z.array(z.enum(RESULTS)).default([]).describe('Only contacts whose records ended so'),
          dispositions: z.array(z.string().min(1).max(64)).max(100).default([]),
        }),
        response: { 201: campaignCloned, 404: errorBody, 409: errorBody },
      },
    },
    async (request, reply) => {
      const { name: to, results, dispositions } = request.body;
      const { name: from } = viewOf(context, request.params.name);
      const parts = { catalogue: campaigns, folder, lists: context.store.lists };
      const made = await cloneCampaign(parts, { from, to, results, dispositions, at: context.clock.now() });
      noteChange(request, { to: made });
      return reply.code(201).send({ ...(await added(made.name)), ...made });
    },
  );
}
