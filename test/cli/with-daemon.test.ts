// Commands that speak to a daemon: campaigns, agents, the do-not-call list, imports, the live view.

import { readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { OperationalError } from '../../src/base/errors.ts';
import { connectDaemon } from '../../src/cli/daemon-client.ts';
import { runCli } from '../../src/cli/run-cli.ts';
import { loadSettings } from '../../src/config/load-settings.ts';
import { openSqliteStore } from '../../src/store/sqlite/open.ts';
import { startTestApi, type TestApi } from '../http/api.ts';
import { campaignView } from '../http/fake-control.ts';
import { aCampaign } from '../records/builders.ts';
import { CAMPAIGN, configFolder, documentOf, outdial, started, type Ran } from './cli.ts';

let api: TestApi;
let folder = '';
const run = (...args: string[]): Promise<Ran> => outdial(args, { folder });

beforeAll(async () => {
  api = await startTestApi([aCampaign({ name: 'renewals', lists: ['people'] })]);
  folder = await configFolder(Number(new URL(api.url).port));
  await writeFile(join(folder, 'token'), `${api.token}\n`, { mode: 0o600 });
});
afterAll(async () => {
  await api.close();
  await rm(folder, { recursive: true, force: true });
});

describe('campaigns', () => {
  test('[C-02] approve and start, seen in the list; a step that is refused: exit 1 with the reason', async () => {
    expect(documentOf(await run('campaign', 'approve', 'renewals', '--json'))).toMatchObject({ state: 'approved' });
    expect((await run('campaign', 'start', 'renewals')).out).toMatch(/^renewals is running/);
    const list = await run('campaign', 'list');
    expect(list.out).toMatch(/^NAME +MODE +STATE/);
    expect(list.out).toMatch(/renewals +predictive +running/);
    const refused = await run('campaign', 'approve', 'renewals', '--json');
    expect([refused.code, documentOf(refused).error?.code]).toEqual([1, 'campaign-step-refused']);
    expect(api.control.done.at(-1)).toMatch(/^start renewals by cli\.\w+/);
  });

  test('[P-04] stopped above the abandon target: says so, and how dialing goes on; below it: says nothing', async () => {
    const window = { name: 'us-federal', target: 0.03, liveAnswers: 352, abandoned: 12 };
    api.control.views.set('renewals', campaignView({ name: 'renewals', state: 'running', window }));
    const paused = await run('campaign', 'pause', 'renewals');
    const resumed = await run('campaign', 'resume', 'renewals');

    expect(paused.out).toMatch(/^renewals is paused: .*\nWindow us-federal stands at 12 of 352 live answers abandoned/);
    expect(paused.out).toContain('outdial campaign resume renewals');
    expect(resumed.out).toMatch(/^renewals is running: [^\n]*\nHours: [^\n]*\.\n?$/);
  });

  test('[C-01] create from a file: faults name that file; a good one is put into the folder', async () => {
    const faulty = join(folder, 'faulty.yaml');
    await writeFile(faulty, 'mode: predictive\n');
    const refused = await run('campaign', 'create', 'faulty.yaml');
    expect(refused.code).toBe(1);
    expect(refused.err).toContain(`${faulty}:1:1`);
    api.control.onReload = () => api.control.views.set('spring', campaignView({ name: 'spring' }));
    await writeFile(join(folder, 'spring.yaml'), CAMPAIGN.replace('renewals', 'spring'));
    expect((await run('campaign', 'create', 'spring.yaml')).out).toMatch(/^spring is unapproved/);
    expect(await readFile(join(api.folder, 'campaigns', 'spring.yaml'), 'utf8')).toContain('campaign: spring');
  });

  test('[C-02] archived campaigns are listed with --all, and counted without', async () => {
    api.control.views.set('old', campaignView({ name: 'old', state: 'archived' }));
    const some = await run('campaign', 'list');
    expect(some.out).not.toMatch(/^old /m);
    expect(some.out).toMatch(/1 archived campaign not shown: --all shows all\.\n$/);
    expect((await run('campaign', 'list', '--all')).out).toMatch(/^old +predictive +archived/m);
    api.control.views.delete('old');
  });

  test('[C-01] approve: what is doubtful in the file is said with it', async () => {
    api.control.views.set('doubtful', campaignView({ name: 'doubtful' }));
    const { out } = await run('campaign', 'approve', 'doubtful');
    expect(out).toBe(
      'warning: lists[0]: There is no list poeple yet. Import it: outdial list import. Did you mean "people"?\n' +
        'doubtful is approved: It is approved.\nHours: at any time (no schedule).\n',
    );
  });

  test('show: one screen for a person, one document with history for a program', async () => {
    const shown = await run('campaign', 'show', 'renewals');
    expect(shown.out).toMatch(/renewals {2}predictive {2}running/);
    expect(documentOf(await run('campaign', 'show', 'renewals', '--json'))).toMatchObject({
      state: 'running',
      history: [],
    });
    expect((await run('campaign', 'show', 'nobody')).code).toBe(1);
  });

  test('[O-02] a daemon that is not ready: how it is, not a refusal without a reason', async () => {
    const client = await connectDaemon(loadSettings(join(folder, 'config', 'outdial.yaml')));
    const before = api.control.healthNow;
    api.control.healthNow = { ...before, ready: false, sip: 'silent' };
    expect(await client.health()).toMatchObject({ ready: false, sip: 'silent' });
    api.control.healthNow = before;
    expect(await client.health()).toMatchObject({ ready: true });
  });

  test('[C-13] reload with a faulty file: exit 1, every place', async () => {
    api.control.onReload = () => {
      throw new OperationalError('campaign-faulty', '1 fault:\na.yaml:3:5: pacing.ring: No duration. Write 25s.', {
        hint: 'Correct the places named.',
        places: [{ file: 'a.yaml', line: 3, column: 5, key: 'pacing.ring' }],
      });
    };
    const ran = await run('reload');
    expect(ran.code).toBe(1);
    expect(ran.err.match(/a\.yaml:3:5/g)).toHaveLength(1);
    api.control.onReload = () => undefined;
  });
});

describe('agents', () => {
  test('[O-03] add shows the secrets once; show and account do not', async () => {
    const added = await run('agent', 'add', '101', '--name', 'Ann', '--group', 'team-north', '--pin', '1234', '--json');
    expect(added.code).toBe(0);
    const { sipPassword } = documentOf(added);
    expect(documentOf(added)).toMatchObject({ number: '101', account: 'a101', pin: '1234', groups: ['team-north'] });
    expect((await run('agent', 'show', '101')).out).not.toContain(String(sipPassword));
    const account = await run('agent', 'account', '101');
    expect(account.out).not.toContain(String(sipPassword));
    expect(account.out).toMatch(/SIP account +a101\nSIP server +pbx\.example\nSIP realm +our-realm\n/);
    expect(account.out).toContain('outdial agent set-password 101 makes a new one');
    expect((await run('agent', 'list')).out).toMatch(/101 +Ann +team-north +a101 not registered/);
  });

  test('[O-10] a number with a semicolon: refused, nothing added', async () => {
    const ran = await run('agent', 'add', '10;2', '--name', 'Eve', '--json');
    expect([ran.code, documentOf(ran).error?.code]).toEqual([1, 'invalid-request']);
    expect((await run('agent', 'add', '102')).code).toBe(2);
  });

  test('[A-01] set-pin, set-password, logout, remove', async () => {
    expect(documentOf(await run('agent', 'set-pin', '101', '--json'))['pin']).toMatch(/^\d{6}$/);
    expect(documentOf(await run('agent', 'set-password', '101', '--json'))['sipPassword']).toMatch(/^[a-z2-9]{24}$/);
    expect((await run('agent', 'logout', '101')).code).toBe(0);
    expect((await run('agent', 'remove', '101')).out).toBe('Agent 101 is removed.\n');
    expect((await run('agent', 'show', '101')).code).toBe(1);
  });
});

describe('lists and numbers', () => {
  test('[L-01] import through the daemon: figures, rejected rows with their reason', async () => {
    await writeFile(join(folder, 'people.csv'), 'name,phone\nAda,+12125550123\nEve,12;34\n');
    const ran = await run('list', 'import', 'people.csv');
    expect(ran.code).toBe(0);
    expect(ran.out).toMatch(/added +1/);
    expect(ran.out).toMatch(/1 × phone: ";" in the number/);
    expect(await readFile(join(folder, 'people.rejected.csv'), 'utf8')).toContain('Eve');
    expect(ran.out).toContain(join(folder, 'people.rejected.csv'));
    expect(documentOf(await run('list', 'list', '--json'))).toMatchObject([{ name: 'people', contacts: 1 }]);
  });

  test('[A-16] a disposition corrected: what it was, and what becomes of the record; what it asks for is demanded', async () => {
    await api.store.records.sync(aCampaign({ name: 'renewals', lists: ['people'] }), Date.now());
    expect((await run('record', 'dispose', 'at1', 'complaint', '--reason', 'at night')).out).toMatch(
      /^at1 is complaint \(agent 101\)\.\nRecord 1 is fresh\.\n$/,
    );
    expect(api.control.done.at(-1)).toBe('at1: complaint');
    const refused = await run('record', 'dispose', 'at1', 'complaint', '--json');
    expect([refused.code, documentOf(refused).error?.code]).toEqual([1, 'disposition-incomplete']);
  });

  test('[X-10] a file outside the daemon’s folders is handed over: nothing of it stays there, whatever became of it', async () => {
    await writeFile(join(folder, 'again.csv'), 'name,phone\nBea,+12125550177\nEve,12;34\n');
    await writeFile(join(folder, 'again.rejected.csv'), 'being corrected');
    const ran = await run('list', 'import', 'again.csv', '--json');
    expect(documentOf(ran)).toMatchObject({ added: 1, rejectedFile: join(folder, 'again.rejected-2.csv') });
    expect(await readFile(join(folder, 'again.rejected.csv'), 'utf8')).toBe('being corrected');
    await writeFile(join(folder, 'none good.csv'), 'name,phone\nEve,12;34\n');
    const none = documentOf(await run('list', 'import', 'none good.csv', '--json'));
    const rejected = join(folder, 'none good.rejected.csv');
    expect(none.error).toMatchObject({
      code: 'import-all-rejected',
      places: [{ file: join(folder, 'none good.csv') }],
    });
    expect(none.error?.hint).toContain(rejected);
    expect(await readFile(rejected, 'utf8')).toContain('12;34');
    expect(await readdir(join(api.folder, 'incoming'))).toEqual([]);
  });

  test('[L-01] a broken file: the daemon’s refusal with its line', async () => {
    await writeFile(join(folder, 'broken.csv'), 'name,"phone\nAda,+12125550123\n');
    const ran = await run('list', 'import', 'broken.csv', '--json');
    expect([ran.code, documentOf(ran).error]).toMatchObject([
      1,
      { code: 'import-quotes', places: [{ file: join(folder, 'broken.csv'), line: 1 }] },
    ]);
  });

  test('[X-01] dnc: add, import a file with remarks and faults, check by exit code, remove', async () => {
    expect((await run('dnc', 'add', '212-555-0123', '--reason', 'asked')).out).toMatch(/^1 added/);
    const lines = ['\ufeff+12125550124 # moved', '', '# all', 'CALL ME', '+12125550123'];
    await writeFile(join(folder, 'dnc.txt'), lines.join('\r\n'));
    const ran = await run('dnc', 'import', 'dnc.txt', '--json');
    expect(ran.code).toBe(1);
    expect(documentOf(ran)).toMatchObject({ numbers: 2, refused: 1, refusedLines: [{ line: 4, text: 'CALL ME' }] });
    expect((await run('dnc', 'check', '+12125550124')).code).toBe(1);
    expect((await run('dnc', 'remove', '+12125550124')).code).toBe(0);
    expect((await run('dnc', 'check', '+12125550124')).code).toBe(0);
  });

  test('[L-12] explain through the daemon: the live reason first', async () => {
    await api.store.records.sync(aCampaign({ name: 'renewals', lists: ['people'] }), Date.now());
    const ran = await run('record', 'explain', '+12125550123');
    expect(ran.code).toBe(0);
    expect(ran.out).toContain('It is running.');
    expect(ran.out).toMatch(/✘ +do-not-call/);
    const [record] = documentOf(await run('record', 'find', 'Ada', '--json')) as unknown as { id: number }[];
    expect((await run('record', 'show', String(record?.id))).out).toMatch(/other +\+12125550123/);
    const where = ['--where', 'contact.name.startsWith("Ada")', '--from', '2020-01-01'];
    expect(documentOf(await run('record', 'find', ...where.slice(0, 2), '--json'))).toMatchObject([{ id: record?.id }]);
    expect(documentOf(await run('record', 'find', ...where, '--json'))).toEqual([]);
    const id = String(record?.id);
    expect((await run('record', 'priority', id, '5')).out).toContain(`The record ${id} had priority 0 and has 5.`);
    expect((await run('record', 'priority', id, '5000')).code).toBe(2);
  });
});

describe('live view', () => {
  test('--watch with --json: wrong usage', async () => {
    const ran = await run('campaign', 'show', 'renewals', '--watch', '--json');
    expect([ran.code, documentOf(ran).error?.code]).toEqual([2, 'wrong-usage']);
  });

  test('[S-01] redrawn in place as the campaign changes, at most 4 times a second; Ctrl-C leaves the last picture', async () => {
    const frames: string[] = [];
    let interrupt: () => void = () => undefined;
    const before = api.control.listeners.size;
    const watching = runCli(['campaign', 'show', 'renewals', '--watch'], {
      out: (text) => frames.push(text),
      err: () => undefined,
      isScreen: true,
      isErrorScreen: true,
      width: () => 100,
      height: () => 30,
      env: { NO_COLOR: '1' },
      folder,
      onInterrupt(stop) {
        interrupt = stop;
        return () => undefined;
      },
    });
    await vi.waitUntil(() => api.control.listeners.size > before, { timeout: 10_000 });
    const startedAt = performance.now();
    for (let change = 1; change <= 40; change += 1) {
      const today = { ...campaignView().today, attempts: change };
      api.control.views.set(
        'renewals',
        campaignView({ state: 'running', dialing: true, why: 'Lines are free.', today }),
      );
      api.control.emit({ type: 'campaign', at: change, campaign: 'renewals' });
      api.control.emit({
        type: 'call',
        at: change,
        attempt: 'x1',
        campaign: 'renewals',
        from: 'ringing',
        to: 'talking',
        event: 'bridged',
      });
      await new Promise((resolve) => setImmediate(resolve));
    }
    await vi.waitUntil(() => frames.join('').includes('attempts 40'), { timeout: 10_000 });
    await vi.waitUntil(() => frames.join('').includes('ringing → talking'), { timeout: 10_000 });
    const drawn = frames.length;
    expect(drawn).toBeLessThanOrEqual(3 + Math.ceil((performance.now() - startedAt) / 250));
    interrupt();
    expect(await watching).toBe(0);
    const all = frames.join('');
    expect(all.startsWith('\u001b[?1049h')).toBe(true);
    const after = stripVTControlCharacters(all.slice(all.lastIndexOf('\u001b[?1049l')));
    expect(after).toContain('dialing: Lines are free.');
  });

  test.each([
    ['agent', 'agents not signed in.'],
    ['campaign', 'RECORDS LEFT'],
  ])('[S-01] %s list --watch: the board in place, until Ctrl-C', async (noun, shown) => {
    const frames: string[] = [];
    let interrupt: () => void = () => undefined;
    const watching = runCli([noun, 'list', '--watch'], {
      out: (text) => frames.push(text),
      err: () => undefined,
      isScreen: true,
      isErrorScreen: true,
      width: () => 160,
      height: () => 30,
      env: { NO_COLOR: '1' },
      folder,
      onInterrupt(stop) {
        interrupt = stop;
        return () => undefined;
      },
    });
    await vi.waitUntil(() => frames.join('').includes(shown), { timeout: 10_000 });
    interrupt();
    expect(await watching).toBe(0);
    expect(frames.join('').startsWith('\u001b[?1049h')).toBe(true);
  });

  test('the program itself shows it without a screen and ends by SIGTERM with exit 0', async () => {
    const ran = await started(['campaign', 'show', 'renewals', '--watch'], { folder, until: 'renewals  predictive' });
    expect([ran.code, ran.err]).toEqual([0, '']);
  });
});

describe('[O-08] audit beside a running daemon', () => {
  beforeAll(async () => {
    await (await openSqliteStore({ file: join(folder, 'outdial.db') })).close();
  });

  const audit = async (...words: string[]): Promise<Ran> => {
    await writeFile(join(folder, 'none.csv'), '');
    return run('audit', '--cdr', 'none.csv', ...words);
  };

  test('what lives on Asterisk is what the daemon believes: says so, exit 0', async () => {
    api.control.contentNow = [];
    const ran = await audit('--json');
    expect([ran.code, documentOf(ran)]).toMatchObject([0, { content: { checked: true, faults: [] } }]);
  });

  test('a bridge that no agent has, and an agent who talks with no customer: both are named, exit 1', async () => {
    api.control.contentNow = [
      { what: 'unknown-bridge', bridge: 'stray', legs: ['Local/x;1'] },
      { what: 'conversation-without-customer', agent: '7', attempt: 'a9' },
    ];
    const ran = await audit();
    expect(ran.code).toBe(1);
    expect(ran.out).toContain("bridge stray is no agent's; in it: Local/x;1");
    expect(ran.out).toContain('agent 7 talks on attempt a9, and the person is not in the bridge');
    expect(documentOf(await audit('--json'))).toMatchObject({ content: { faults: api.control.contentNow } });
  });
});

describe('a token file that is lost while the daemon runs', () => {
  test('[O-02] commands say that it is gone, and how to get in again; doctor finds it', async () => {
    const file = join(folder, 'token');
    const token = await readFile(file, 'utf8');
    await rm(file);
    const refused = await run('campaign', 'list', '--json');
    const { out } = await run('doctor');
    await writeFile(file, token, { mode: 0o600 });
    expect([refused.code, documentOf(refused).error?.code]).toEqual([1, 'token-missing']);
    expect(out).toContain('is gone while the daemon runs');
    expect(out).toContain('Restart the daemon');
  });
});

describe('the token', () => {
  test('[O-10] replaced: the next command takes the new one, the old one is refused', async () => {
    await rm(join(folder, 'token'), { force: true });
    await symlink(join(api.folder, 'token'), join(folder, 'token'));
    const before = await readFile(join(folder, 'token'), 'utf8');
    const ran = await run('token', 'replace', '--json');
    expect([ran.code, documentOf(ran)]).toMatchObject([0, { oldEndsAt: expect.any(Number) as number }]);
    expect((await run('list', 'list')).code).toBe(0);
    const refused = await fetch(`${api.url}/api/lists`, { headers: { authorization: `Bearer ${before.trim()}` } });
    expect(refused.status).toBe(401);
    expect((await run('token', 'replace', '--grace', '25h')).code).toBe(2);
    expect((await run('token', 'replace', '--grace', '10m')).out).toContain('the old one ends in 10m');
  });
});
