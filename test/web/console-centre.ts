// A centre for the console's views of records: the real server and its pages over a real store, with a campaign that has
// been dialed, people who may look at it, and a browser that is signed in.

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { NOON } from '../contract/store-desk.ts';
import { aCampaign } from '../records/builders.ts';
import { startTestApi, type TestApi } from '../http/api.ts';
import { campaignView } from '../http/fake-control.ts';
import { builtPages } from './built.ts';
import type { Chromium, Tab } from './chromium.ts';

const PASSWORD = 'correct horse battery';
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const campaign = aCampaign({
  name: 'spring-renewals',
  lists: ['renewals-2026'],
  agents: ['north'],
  fields: [
    { field: 'city', type: 'text', label: 'City', editable: true, required: false },
    { field: 'plan', type: 'choice', choices: ['Basic', 'Plus'], label: 'Plan', editable: true, required: false },
    { field: 'premium', type: 'number', label: 'Premium', editable: true, required: false },
    { field: 'ends', type: 'date', label: 'Ends', editable: true, required: false },
  ],
});

const USERS = [
  ['max', 'Max Mansfield', 'campaign-manager'],
  ['sue', 'Sue Park', 'supervisor'],
] as const;
const FIRST = [
  'Ada',
  'Ben',
  'Cleo',
  'Dora',
  'Emil',
  'Fay',
  'Gus',
  'Hana',
  'Ines',
  'Jon',
  'Kaya',
  'Leo',
  'Mona',
  'Nils',
];
const LAST = [
  'Moss',
  'Reed',
  'Stone',
  'Field',
  'Brook',
  'Hale',
  'Marsh',
  'Frost',
  'Lane',
  'Wood',
  'Bell',
  'Hart',
  'Dale',
];
const CITIES = ['Troy', 'Albany', 'Utica', 'Ithaca', 'Elmira'];
const SCRIPT = `script: renewals
start: greeting
exits:
  - { exit: not-interested, label: Not interested, go: goodbye }
sections:
  - section: greeting
    title: Greeting
    parts:
      - say: Good day {name}, this is Northwind Mutual.
      - ask: right-person
        text: Am I speaking with the policy holder?
        type: choice
        choices:
          - { code: "yes", label: "Yes" }
          - { code: "no", label: "No" }
        required: yes
    next:
      - { when: { right-person: "yes" }, go: offer }
      - { go: goodbye }
  - section: offer
    title: The renewal
    parts:
      - say: Your policy of {city} ends soon. It would go on at the same premium.
      - { ask: renew, text: Shall we renew it?, type: choice, choices: [{ code: "yes", label: "Yes" }, { code: later, label: Later }] }
    next: [{ go: goodbye }]
  - section: goodbye
    title: Goodbye
    parts: [{ say: Thank you for your time. }]
    last: yes
`;

interface Ended {
  readonly attempt: string;
  readonly at: number;
  readonly result: 'connected' | 'no-answer' | 'machine' | 'busy';
  readonly turn: number;
}

export class Centre {
  readonly api: TestApi;

  private constructor(api: TestApi) {
    this.api = api;
  }

  static async start(): Promise<Centre> {
    const api = await startTestApi([campaign], { pages: await builtPages() });
    const centre = new Centre(api);
    api.control.views.clear();
    api.control.views.set(
      campaign.name,
      campaignView({ name: campaign.name, dialing: true, why: 'Its hours are open.' }),
    );
    for (const [name, fullName, role] of USERS) {
      await api.ask('POST', '/api/users', { name, fullName, role, password: PASSWORD });
    }
    mkdirSync(join(api.folder, 'scripts'));
    writeFileSync(centre.scriptFile, SCRIPT);
    await centre.#fill();
    return centre;
  }

  get scriptFile(): string {
    return join(this.api.folder, 'scripts', 'renewals.yaml');
  }

  async signIn(chromium: Chromium, user: string, hash = ''): Promise<Tab> {
    const tab = await chromium.tab(`${this.api.url}/console${hash}`);
    const { page } = tab;
    await page.getByLabel('User name').fill(user);
    await page.getByLabel('Password').fill(PASSWORD);
    await page.keyboard.press('Enter');
    await page.getByRole('navigation').waitFor();
    return tab;
  }

  async #fill(): Promise<void> {
    const { lists, records } = this.api.store;
    const contacts = Array.from({ length: 70 }, (_, place) => ({
      name: `${FIRST[place % FIRST.length] ?? ''} ${LAST[(place * 5) % LAST.length] ?? ''}`,
      fields: {
        city: CITIES[place % CITIES.length] ?? '',
        plan: place % 3 === 0 ? 'Plus' : 'Basic',
        premium: 200 + ((place * 37) % 400),
        ends: `2026-${String(1 + (place % 12)).padStart(2, '0')}-28`,
      },
      phones: [{ number: `+1212555${String(1000 + place)}`, type: 'mobile' as const }],
      line: place + 2,
    }));
    const file = { importId: 'i1', list: 'renewals-2026', source: 'renewals-2026.csv' };
    await lists.importBatch({ ...file, duplicates: 'skip', contacts });
    await lists.finishImport('i1');
    await records.sync(campaign, NOON - DAY);
    await this.#dial();
  }

  /** An afternoon of calls: connected, busy, machines, no answer. */
  async #dial(): Promise<void> {
    const { attempts, doNotCall } = this.api.store;
    const results = ['connected', 'no-answer', 'machine', 'busy', 'machine', 'connected'] as const;
    for (let turn = 0; turn < 24; turn += 1) {
      const at = NOON + turn * 11 * MINUTE;
      const attempt = `call-${String(turn).padStart(2, '0')}`;
      const { opened } = await attempts.open({ campaign, now: at, lines: [{ attempt, trunk: 'main', turn }] });
      const number = opened[0]?.record.phones[0]?.number ?? '';
      const result = results[turn % results.length] ?? 'busy';
      await this.#end({ attempt, at, result, turn });
      if (turn === 5)
        await doNotCall.add([number], { list: 'global', by: 'agent 101', at: at + MINUTE, reason: 'asked' });
    }
  }

  async #end({ attempt, at, result, turn }: Ended): Promise<void> {
    const { attempts, recordings } = this.api.store;
    const talked = result === 'connected';
    const dueAt = turn % 2 === 0 ? at + 6 * HOUR : Date.now() + (1 + turn) * HOUR;
    const again = {
      state: 'waiting',
      dueAt,
      phoneIndex: 0,
      why: `Call-again rule 1 (result == "${result}").`,
    } as const;
    await attempts.close({
      attempt,
      result,
      endedAt: at + 3 * MINUTE,
      counts: true,
      next: talked ? { state: 'dialing' } : again,
      ...(talked ? { bridgedAt: at + 9_000, agent: '101' } : {}),
      ...(result === 'machine' ? { verdict: 'machine', verdictCause: 'MAXWORDLENGTH-2500-2500' } : {}),
    });
    if (talked) {
      const disposition = turn % 12 === 0 ? 'sale' : 'not-interested';
      const next = { state: 'finished', why: `The disposition ${disposition} closes it.` } as const;
      await attempts.dispose({ attempt, disposition, agent: '101', at: at + 3 * MINUTE, next });
    }
    if (!talked && result !== 'machine') return;
    const kind = talked ? ('conversation' as const) : ('greeting' as const);
    const name = `2026-03-02/${attempt}`;
    const keptUntil = Date.now() + 30 * DAY;
    await recordings.started({ name, attempt, kind, startedAt: at + 9_000, announced: true, keptUntil });
    await recordings.ended(name, { endedAt: at + 12_000, bytes: 48_044, durationMs: 3000 });
    const folder = join(this.api.folder, 'recordings', '2026-03-02');
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, `${attempt}.wav`), wave(3000));
  }
}

/** A WAV file of silence, 8 kHz and 16 bit, of so many ms. */
function wave(ms: number): Buffer {
  const samples = Buffer.alloc(ms * 16);
  const header = Buffer.alloc(44);
  header.write('RIFF', 0);
  header.writeUInt32LE(36 + samples.length, 4);
  header.write('WAVEfmt ', 8);
  for (const [value, at] of [
    [16, 16],
    [8_000, 24],
    [16_000, 28],
    [samples.length, 40],
  ] as const)
    header.writeUInt32LE(value, at);
  for (const [value, at] of [
    [1, 20],
    [1, 22],
    [2, 32],
    [16, 34],
  ] as const)
    header.writeUInt16LE(value, at);
  header.write('data', 36);
  return Buffer.concat([header, samples]);
}
