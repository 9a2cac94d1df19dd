// The editor of scripts: their files, what is wrong with a text line by line, and a walk through one as an agent sees it.

import { z } from 'zod';
import { OperationalError } from '../../base/errors.ts';
import { takeAct } from '../../script/acts.ts';
import { startScript, type ScriptRun } from '../../script/machine.ts';
import type { Script } from '../../script/script.ts';
import { viewOf } from '../../script/view.ts';
import { noteChange } from '../audit-hook.ts';
import type { Api, RouteContext } from '../context.ts';
import { ScriptFiles, type CheckedScript } from '../script-files.ts';
import {
  scriptCheck,
  scriptFileRow,
  scriptFileShown,
  scriptName,
  scriptPreview,
  scriptPreviewBody,
  scriptText,
} from '../wire/script-files.ts';
import { errorBody } from '../wire/wire.ts';

const tags = ['scripts'];
const params = z.object({ name: scriptName });

export function scriptFileRoutes(api: Api, context: RouteContext): void {
  const files = new ScriptFiles(context.settings.folders.campaigns, context.campaigns);
  readingRoutes(api, files, context);
  tryingRoutes(api, files, context);
  savingRoute(api, files, context);
}

function readingRoutes(api: Api, files: ScriptFiles, context: RouteContext): void {
  api.get(
    '/scripts',
    {
      schema: {
        tags,
        summary: 'The scripts, and which campaigns use them',
        response: { 200: z.array(scriptFileRow).readonly() },
      },
    },
    () =>
      files.all().map(({ name, campaigns, script, faults }) => ({
        name,
        campaigns,
        version: script?.version ?? null,
        sections: script?.sections.length ?? null,
        faults: faults.filter(({ severity }) => severity === 'fault').length,
        warnings: faults.filter(({ severity }) => severity === 'warning').length,
      })),
  );
  api.get(
    '/scripts/:name',
    {
      schema: {
        tags,
        summary: 'A script as its file says now, with what is wrong in it',
        params,
        response: { 200: scriptFileShown, 404: errorBody },
      },
    },
    async (request) => {
      const { name, yaml, sum } = files.read(request.params.name);
      return { name, yaml, sum, campaigns: files.usersOf(name), ...(await checked(files, context, { name, yaml })) };
    },
  );
}

function tryingRoutes(api: Api, files: ScriptFiles, context: RouteContext): void {
  api.post(
    '/scripts/check',
    {
      config: { audit: false },
      schema: {
        tags,
        summary: 'What is wrong with the text of a script, line by line; changes nothing',
        body: z.object({ name: scriptName, yaml: scriptText }),
        response: { 200: scriptCheck },
      },
    },
    (request) => checked(files, context, request.body),
  );
  api.post(
    '/scripts/preview',
    {
      config: { audit: false },
      schema: {
        tags,
        summary: 'Where some acts lead in a script, as an agent would see it; changes nothing',
        body: scriptPreviewBody,
        response: { 200: scriptPreview, 400: errorBody },
      },
    },
    ({ body: { name, yaml, acts, fields } }) => {
      const { script } = files.check(name, yaml);
      if (script === undefined) throw notWalkable(name);
      const walked = walk(script, acts);
      return { view: viewOf(script, walked.run, fields), refused: walked.refused ?? null };
    },
  );
}

function savingRoute(api: Api, files: ScriptFiles, context: RouteContext): void {
  api.put(
    '/scripts/:name',
    {
      config: { audit: 'script.save' },
      schema: {
        tags,
        summary: 'Saves the text of a script over the one that was seen; campaigns follow, conversations keep theirs',
        params,
        body: z.object({
          yaml: scriptText,
          seen: z.string().nullable().describe('The `sum` of the text that was changed; null: the script is new'),
        }),
        response: { 200: scriptFileShown, 400: errorBody, 409: errorBody, 503: errorBody },
      },
    },
    async (request) => {
      const { name } = request.params;
      const { seen } = request.body;
      const saved = await files.save(name, request.body);
      noteChange(request, { subject: `script ${name}`, from: seen, to: saved.sum });
      await follow(context);
      const { yaml, sum } = saved;
      return { name, yaml, sum, campaigns: files.usersOf(name), ...(await checked(files, context, { name, yaml })) };
    },
  );
}

/** Campaigns are read again; one that has a fault stays as it was, and its log says so. */
async function follow({ control }: RouteContext): Promise<void> {
  try {
    await control.reload();
  } catch (error) {
    if (!(error instanceof OperationalError) || error.code !== 'campaign-faulty') throw error;
  }
}

interface Written {
  readonly name: string;
  readonly yaml: string;
}

async function checked(
  files: ScriptFiles,
  context: RouteContext,
  { name, yaml }: Written,
): Promise<z.input<typeof scriptCheck>> {
  const { faults }: CheckedScript = files.check(name, yaml, await fieldsFor(context, name));
  return {
    faults: faults.map(({ line, column, severity, key, message, hint }) => ({
      line: line ?? 1,
      column: column ?? 1,
      severity,
      key: key ?? null,
      message,
      hint,
    })),
  };
}

/** What the records have that the campaigns of the script call; undefined: no campaign uses it. */
async function fieldsFor({ campaigns, store }: RouteContext, script: string): Promise<readonly string[] | undefined> {
  const users = campaigns.all().filter(({ campaign }) => campaign.script?.name === script);
  if (users.length === 0) return undefined;
  const lists = new Set(users.flatMap(({ campaign }) => campaign.lists));
  const known = (await store.lists.fieldNames()).filter(({ list }) => lists.has(list));
  if (known.length === 0) return undefined;
  const own = users.flatMap(({ campaign }) => (campaign.fields ?? []).map(({ field }) => field));
  return [...new Set(['name', ...known.flatMap(({ fields }) => fields), ...own])];
}

type Acts = z.output<typeof scriptPreviewBody>['acts'];

/** The run after the acts; what the last one was refused for. */
function walk(script: Script, acts: Acts): { readonly run: ScriptRun; readonly refused?: string } {
  let step: ReturnType<typeof takeAct> = { run: startScript(script) };
  for (const act of acts) step = takeAct(script, step.run, act);
  return { run: step.run, ...(step.refused ? { refused: step.refused.why } : {}) };
}

function notWalkable(name: string): OperationalError {
  return new OperationalError('script-file-faulty', `The script ${name} has faults: it cannot be walked through.`, {
    hint: 'Correct them first.',
  });
}
