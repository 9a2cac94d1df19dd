// The YAML file of a campaign, read, checked and changed: it stays the truth. A file that somebody has changed meanwhile
// is never written over.

import { z } from 'zod';
import { noteChange } from '../audit-hook.ts';
import { campaignUnknown } from '../../campaign/refusals.ts';
import { readCampaignFile, writeCampaignFile } from '../campaign-rewrite.ts';
import type { Api, RouteContext } from '../context.ts';
import { changeForm, readForm } from '../../config/campaign-form.ts';
import { campaignChecked, campaignFile, campaignFileSaved, campaignForm } from '../wire/campaign-file.ts';
import { errorBody, name } from '../wire/wire.ts';
import { missingSoundWarnings } from '../campaign-warnings.ts';

const tags = ['campaigns'];
const params = z.object({ name });
const yaml = z.string().min(1).max(262_144);

export function campaignFileRoutes(api: Api, context: RouteContext): void {
  const { campaigns, settings } = context;
  const loadedOf = (wanted: string) => {
    const loaded = campaigns.all().find(({ campaign }) => campaign.name === wanted);
    if (loaded) return loaded;
    throw campaignUnknown(
      wanted,
      campaigns.all().map(({ campaign }) => campaign.name),
    );
  };
  api.get(
    '/campaigns/:name/file',
    {
      schema: {
        tags,
        summary: 'The file as it is on disk, with its version',
        params,
        response: { 200: campaignFile, 404: errorBody, 503: errorBody },
      },
    },
    async (request) => {
      const { file, faults } = loadedOf(request.params.name);
      return { ...(await readCampaignFile(file)), faults };
    },
  );
  api.post(
    '/campaigns/check',
    {
      config: { audit: false },
      schema: {
        tags,
        summary: 'Whether a campaign’s text is without fault; writes nothing',
        body: z.object({
          yaml,
          name: name.optional().describe('The campaign whose file it is to be; absent: a new one'),
        }),
        response: { 200: campaignChecked, 400: errorBody, 404: errorBody },
      },
    },
    async (request) => {
      const { yaml: text, name: wanted } = request.body;
      const file = wanted === undefined ? `${settings.folders.campaigns}/new.yaml` : loadedOf(wanted).file;
      return { name: (await campaigns.check(text, file, file)).name };
    },
  );
  formRoute(api);
  savingRoute(api, context, loadedOf);
}

/** What is typed into the form is put into the text: the text alone is checked and saved. */
function formRoute(api: Api): void {
  api.post(
    '/campaigns/form',
    {
      config: { audit: false },
      schema: {
        tags,
        summary: 'The common keys of a campaign’s text, some of them changed in it; writes nothing',
        body: z.object({
          yaml,
          set: z
            .record(z.string().max(64), z.string().max(2_000))
            .default({})
            .describe('Keys, with dots, and what they are to be; empty: taken away'),
        }),
        response: { 200: campaignForm, 400: errorBody },
      },
    },
    (request) => {
      const { yaml: text, set } = request.body;
      const changed = changeForm(text, set) ?? text;
      return { yaml: changed, fields: readForm(changed) ?? null };
    },
  );
}

function savingRoute(api: Api, context: RouteContext, loadedOf: (wanted: string) => { readonly file: string }): void {
  const { campaigns, control } = context;
  api.put(
    '/campaigns/:name/file',
    {
      config: { audit: 'campaign.change' },
      schema: {
        tags,
        summary: 'Writes the file and takes it up; refused when it has changed since it was read, or is faulty',
        params,
        body: z.object({ yaml, version: z.string().max(64).describe('That of the text that was changed') }),
        response: { 200: campaignFileSaved, 400: errorBody, 404: errorBody, 409: errorBody, 503: errorBody },
      },
    },
    async (request) => {
      const { name: wanted } = request.params;
      const { yaml: text, version } = request.body;
      const { file } = loadedOf(wanted);
      const before = await writeCampaignFile(campaigns, { name: wanted, file, text, version });
      noteChange(request, { subject: wanted, from: { yaml: before }, to: { yaml: text } });
      // Another file may be faulty; this one is not.
      await control.reload().catch((error: unknown) => context.log.warn({ error: String(error) }, 'after a change'));
      const ofFile = (await campaigns.warnings(wanted)).map(({ severity: _severity, ...warning }) => warning);
      const warnings = [...ofFile, ...missingSoundWarnings(await control.missingSounds(wanted))];
      return { ...(await readCampaignFile(file)), warnings };
    },
  );
}
