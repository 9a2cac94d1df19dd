// The editor of scripts over the API: the file stays the truth, and what was changed on the disk meanwhile is never lost.

import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startTestApi, type TestApi } from './api.ts';

const GOOD = `script: renewals
start: hello
exits:
  - { exit: no, label: Not interested, go: bye }
sections:
  - section: hello
    parts:
      - say: Good day {name}.
      - { ask: right, text: Is this the right person?, type: choice, choices: [{ code: "yes", label: "Yes" }, { code: "no", label: "No" }], required: yes }
    next: [{ when: { right: "yes" }, go: offer }, { go: bye }]
  - { section: offer, parts: [{ say: We have an offer. }], next: [{ go: bye }] }
  - { section: bye, parts: [{ say: Goodbye. }], last: yes }
`;

let api: TestApi;
let file: string;
beforeEach(async () => {
  api = await startTestApi();
  await mkdir(join(api.folder, 'scripts'));
  file = join(api.folder, 'scripts', 'renewals.yaml');
  await writeFile(file, GOOD, { mode: 0o600 });
});
afterEach(() => api.close());

const save = (yaml: string, seen: unknown, name = 'renewals') => api.ask('PUT', `/api/scripts/${name}`, { yaml, seen });
const sumNow = async (): Promise<unknown> => (await api.ask('GET', '/api/scripts/renewals')).body['sum'];

test('[S-08] listed and shown as the file says; saved over what was seen, comments and mode kept, in the audit log', async () => {
  const { body } = await api.ask('GET', '/api/scripts');
  expect(body).toMatchObject([{ name: 'renewals', campaigns: [], sections: 3, faults: 0, warnings: 0 }]);
  const shown = (await api.ask('GET', '/api/scripts/renewals')).body;
  expect(shown).toMatchObject({ yaml: GOOD, faults: [] });
  const changed = `# about renewals\n${GOOD}`;
  expect(await save(changed, shown['sum'])).toMatchObject({ code: 200, body: { yaml: changed, faults: [] } });
  expect([await readFile(file, 'utf8'), (await stat(file)).mode & 0o777]).toEqual([changed, 0o600]);
  expect(api.control.done).toContain('reload');
  const [entry] = await api.store.audit.list({ what: 'script.save', limit: 1 });
  expect(entry).toMatchObject({ who: 'ann', subject: 'script renewals', from: shown['sum'] });
});

test('[S-08] edited on the disk meanwhile: refused, nothing is lost; saved when the new text was seen', async () => {
  const seen = await sumNow();
  await writeFile(file, `# by hand\n${GOOD}`);
  const mine = `# mine\n${GOOD}`;
  const refused = await save(mine, seen);
  expect([refused.code, refused.body.error?.code]).toEqual([409, 'script-file-changed']);
  expect(await readFile(file, 'utf8')).toContain('# by hand');
  expect((await save(mine, await sumNow())).code).toBe(200);
  expect(await readdir(join(api.folder, 'scripts'))).toEqual(['renewals.yaml']);
});

test('[S-08] of two who save at once over the same text one is refused', async () => {
  const seen = await sumNow();
  const answers = await Promise.all([save(`# one\n${GOOD}`, seen), save(`# two\n${GOOD}`, seen)]);
  expect(answers.map(({ code }) => code).toSorted()).toEqual([200, 409]);
});

test('[S-08] a new one, and one whose name is taken or leads elsewhere', async () => {
  const text = GOOD.replace('script: renewals', 'script: winback');
  expect((await save(text, null, 'winback')).code).toBe(200);
  expect((await save(text, null, 'winback')).body.error?.code).toBe('script-file-changed');
  expect((await save(text, 'gone', 'other')).body.error?.code).toBe('script-file-faulty');
  expect((await save(text, null, '..%2fevil')).body.error?.code).toBe('invalid-request');
  expect((await api.ask('GET', '/api/scripts/renewal')).body.error).toMatchObject({
    code: 'script-file-unknown',
    message: expect.stringContaining('renewals') as string,
  });
});

test('[S-08] what is wrong, line by line, all at once; a faulty text is not saved', async () => {
  const broken = GOOD.replace('go: offer', 'go: ofer').replace('last: yes', 'lats: yes');
  const { body } = await api.ask('POST', '/api/scripts/check', { name: 'renewals', yaml: broken });
  expect(body['faults']).toEqual(expect.arrayContaining([expect.objectContaining({ line: 12, severity: 'fault' })]));
  const refused = await save(broken, await sumNow());
  expect([refused.code, refused.body.error?.code]).toEqual([400, 'script-file-faulty']);
  expect(await readFile(file, 'utf8')).toBe(GOOD);
  const nonsense = await api.ask('POST', '/api/scripts/check', { name: 'renewals', yaml: 'script: [' });
  expect(nonsense.body['faults']).toContainEqual(expect.objectContaining({ severity: 'fault' }));
});

test('[S-08] walked through as an agent sees it: branch by branch, what is refused says why, nothing is kept', async () => {
  const walk = async (acts: readonly object[]) =>
    (await api.ask('POST', '/api/scripts/preview', { name: 'renewals', yaml: GOOD, acts, fields: { name: 'Ada' } }))
      .body;
  expect(await walk([])).toMatchObject({
    view: { section: { section: 'hello', parts: [{ say: 'Good day Ada.' }, { ask: 'right' }] }, steps: [] },
    refused: null,
  });
  expect(await walk([{ do: 'forward' }])).toMatchObject({
    view: { section: { section: 'hello' } },
    refused: 'Answer what is required first.',
  });
  const answer = (right: string) => ({ do: 'answer', answers: { right }, forward: true });
  expect(await walk([answer('yes')])).toMatchObject({ view: { section: { section: 'offer' } } });
  expect(await walk([answer('no')])).toMatchObject({ view: { section: { section: 'bye' } } });
  const back = [answer('yes'), { do: 'back', section: 'hello' }, { do: 'exit', exit: 'no' }, { do: 'forward' }];
  expect(await walk(back)).toMatchObject({ view: { isOver: true, exit: 'no' } });
  const faulty = await api.ask('POST', '/api/scripts/preview', { name: 'renewals', yaml: 'script: x' });
  expect(faulty.body.error?.code).toBe('script-file-faulty');
});
