// A desk that is kept for whoever runs the demo: an agent with a phone that picks up by itself, a user to sign in as, and a
// campaign with a script, fields and destinations, so that every part of the workspace has something in it.

import { randomInt } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { personAnswers } from '../asterisk/box/numbers.ts';
import { seededRandom } from '../src/base/random.ts';
import { credentials } from '../src/http/wire/agents.ts';
import { userAdded } from '../src/http/wire/users.ts';
import type { CallCentre } from './call-centre.ts';

const AGENT = '100';
const USER = 'you';
const SCRIPT = 'renewal';

interface OwnDesk {
  readonly address: string;
  readonly user: string;
  readonly password: string;
}

/** Of the campaign; each key one line of YAML. */
export const DESK_CAMPAIGN: Readonly<Record<string, string>> = {
  description: 'Members whose policy ends in spring',
  script: SCRIPT,
  instructions: '"Say your full name and ours. Never ask for card numbers: the payment link is sent by e-mail."',
  company_page:
    '"Northwind Mutual insures 400,000 households since 1931. Renewals keep their number, their bonus and their start date."',
  fields:
    '[{field: city, label: City, type: text, required: no, editable: yes}, {field: plan, label: Plan, type: choice, choices: [Basic, Plus], required: no, editable: yes}, {field: premium, label: Premium, type: number, required: no, editable: yes}]',
  wrap_up: '{limit: 60s, disposition: required, over: ready}',
  pause_reasons: '[{code: break, label: Break, key: 1}, {code: lunch, label: Lunch, key: 2}]',
  dispositions:
    '[{code: sale, label: Renewed, key: 1}, {code: call-later, label: Call later, key: 2, ask: callback}, {code: no, label: Not interested, key: 3, ask: reason}, {code: wrong, label: Wrong person, key: 4}]',
  // A person of the telephone network who picks up and talks for a minute.
  transfer: `{destinations: [{name: claims, label: Claims, number: "${personAnswers({ afterS: 3, talksS: 60 }, 4000)}", key: 1}], any_number: no, agents: yes}`,
};

const SCRIPT_TEXT = `script: ${SCRIPT}
start: greeting
exits:
  - { exit: not-interested, label: Not interested, go: goodbye }
  - { exit: voicemail, label: Voicemail, go: message }
sections:
  - section: greeting
    title: Greeting
    parts:
      - say: 'Good morning, this is Northwind Mutual. Am I speaking with {name}?'
      - ask: person
        text: Is it the right person?
        type: choice
        choices: [{ code: yes, label: 'Yes, speaking' }, { code: no, label: 'No, somebody else' }]
        required: yes
    next: [{ when: { person: yes }, go: offer }, { go: goodbye }]
  - section: offer
    title: The offer
    parts:
      - say: 'Your policy ends in spring. Until Friday we can renew it at last year’s price.'
      - ask: wants
        text: Would you like me to renew it now?
        type: choice
        choices: [{ code: yes, label: 'Yes' }, { code: think, label: 'Wants to think' }, { code: no, label: 'No' }]
        required: yes
    next: [{ when: { wants: yes }, go: details }, { go: goodbye }]
  - section: details
    title: Details
    parts:
      - { ask: cars, text: How many cars do you drive?, type: number }
      - { ask: remarks, text: Anything that we should know?, type: text }
    next: [{ go: goodbye }]
  - section: message
    title: Voicemail
    parts: [{ say: 'This is Northwind Mutual about your policy. We call again tomorrow.' }]
    last: yes
  - section: goodbye
    title: Goodbye
    parts: [{ say: 'Thank you for your time. Goodbye.' }]
    last: yes
`;

/** Before the daemon starts: the campaign's script. */
export function writeScript(dir: string): void {
  const folder = path.join(dir, 'scripts');
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, `${SCRIPT}.yaml`), SCRIPT_TEXT);
}

/** Makes the agent, its phone and its user; resolves once the phone is registered. */
export async function makeOwnDesk(centre: CallCentre): Promise<OwnDesk> {
  const { client, box, settings } = centre;
  const body = { number: AGENT, name: 'You', groups: ['team'], pin: '4711' };
  const { account, sipPassword } = await client.post(credentials, '/agents', body);
  const phones = await box.startPhones([{ username: account, password: sipPassword, autoAnswer: true }], {
    toneSeconds: 12 * 3600,
  });
  await phones.registered();
  const password = `renew-${randomInt(1000, 10_000)}-policies`;
  await client.post(userAdded, '/users', { name: USER, role: 'agent', agent: AGENT, password });
  const { host, port } = settings.http;
  // With the browser as the phone, unless another is chosen.
  return { address: `http://${host}:${port}/agent?phone=browser`, user: USER, password };
}

export const signInOf = ({ address, user, password }: OwnDesk): string =>
  `Your workspace: ${address}   user: ${user}   password: ${password}`;

const FIRST = [
  'Ada',
  'Ben',
  'Cara',
  'Dan',
  'Elif',
  'Finn',
  'Gina',
  'Hugo',
  'Ines',
  'Jan',
  'Kofi',
  'Lena',
  'Mara',
  'Nils',
];
const LAST = ['Moss', 'Ash', 'Lind', 'Roe', 'Demir', 'Hale', 'Costa', 'Berg', 'Vega', 'Kim', 'Mensah', 'Wolf', 'Silva'];
const CITIES = ['Troy', 'Salem', 'Dover', 'Aurora', 'Quincy', 'Medford'];

/** A list of people with names and fields, as CSV. */
export function namedPeople(numbers: readonly string[], seed: number): string {
  const random = seededRandom(seed);
  const one = (from: readonly string[]): string => from[random.integer(from.length)] ?? '';
  const rows = numbers.map((number) => {
    const premium = 200 + random.integer(600);
    return [`${one(FIRST)} ${one(LAST)}`, number, one(CITIES), one(['Basic', 'Plus']), premium].join(',');
  });
  return ['name,mobile phone,city,plan,premium', ...rows, ''].join('\n');
}
