// Which thread of the SQLite store answers which request, and as what each part of the port is carried out there.
// Nothing here touches a database.

import type { Store } from '../../engine/store/store.ts';
import { agents } from '../nouns/agents.ts';
import { answers } from '../nouns/answers.ts';
import { apiTokens } from '../nouns/api-tokens.ts';
import { audit } from '../nouns/audit-log.ts';
import { callbacks } from '../nouns/callbacks.ts';
import { campaigns } from '../nouns/campaigns.ts';
import { contacts } from '../nouns/contacts.ts';
import { desks } from '../nouns/desks.ts';
import { detection } from '../nouns/detection.ts';
import { doNotCall } from '../nouns/do-not-call.ts';
import { filters } from '../nouns/filters.ts';
import { inbound } from '../nouns/inbound.ts';
import { emergencies } from '../nouns/emergencies.ts';
import { thirdParties } from '../nouns/third-parties.ts';
import { callParts } from '../nouns/call-parts.ts';
import { lists } from '../nouns/lists.ts';
import { forms } from '../nouns/forms.ts';
import { notes } from '../nouns/notes.ts';
import { outbound } from '../nouns/outbound.ts';
import { outbox } from '../nouns/outbox.ts';
import { recordings } from '../nouns/recordings.ts';
import { records } from '../nouns/records.ts';
import { reservations } from '../nouns/reservations.ts';
import { scripts } from '../nouns/scripts.ts';
import { sessions } from '../nouns/sessions.ts';
import { users } from '../nouns/users.ts';
import { validations } from '../nouns/validations.ts';
import { webSessions } from '../nouns/web-sessions.ts';
import { lanesOf } from '../work.ts';
import type { Lane } from '../work.ts';
import type { Methods, Request } from '../worker-link.ts';

/** The parts of the port. */
export type Noun = {
  [N in keyof Store]: Store[N] extends (...args: never) => unknown ? never : N;
}[keyof Store];

type Lanes = { readonly [N in Noun]: { readonly [M in keyof Store[N]]: Lane } };

const LANES: Lanes = {
  attempts: {
    open: 'write',
    progress: 'write',
    close: 'write',
    dispose: 'write',
    settle: 'write',
    unfinished: 'quick',
    list: 'long',
  },
  answers: lanesOf(answers),
  records: {
    ...lanesOf(records),
    sync: 'bulk',
    facts: 'quick',
    dialsLeft: 'long',
  },
  reservations: { ...lanesOf(reservations), reserve: 'write' },
  lists: {
    ...lanesOf(lists),
    remove: 'bulk',
    importBatch: 'bulk',
    finishImport: 'bulk',
    abandonImport: 'bulk',
  },
  campaigns: lanesOf(campaigns),
  callbacks: lanesOf(callbacks),
  inbound: {
    ...lanesOf(inbound),
    open: 'write',
    close: 'write',
    dispose: 'write',
    settle: 'write',
    unfinished: 'quick',
  },
  agents: lanesOf(agents),
  sessions: lanesOf(sessions),
  contacts: { ...lanesOf(contacts), scrub: 'quick', traces: 'long' },
  notes: lanesOf(notes),
  forms: lanesOf(forms),
  callParts: lanesOf(callParts),
  scripts: lanesOf(scripts),
  thirdParties: lanesOf(thirdParties),
  audit: lanesOf(audit),
  users: lanesOf(users),
  webSessions: lanesOf(webSessions),
  apiTokens: lanesOf(apiTokens),
  desks: lanesOf(desks),
  detection: lanesOf(detection),
  validations: { ...lanesOf(validations), ahead: 'long' },
  recordings: lanesOf(recordings),
  outbound: lanesOf(outbound),
  outbox: lanesOf(outbox),
  emergencies: lanesOf(emergencies),
  doNotCall: lanesOf(doNotCall),
  filters: lanesOf(filters),
};

/** Work done piece by piece: each `yield` is a place where others may come in between. */
export type Slices<R> = Generator<undefined, R, undefined>;

/** A part of the port as its thread carries it out: at once, or in slices. */
export type Handlers<S> = {
  readonly [M in keyof S]: S[M] extends (...args: infer A) => Promise<infer R> ? (...args: A) => R | Slices<R> : never;
};

export type AllHandlers = { readonly [N in Noun]: Handlers<Store[N]> };

/** The methods of every part. */
export const METHODS: Methods = Object.fromEntries(
  Object.entries(LANES).map(([noun, lanes]) => [noun, Object.keys(lanes)]),
);

/** The lane of a request; undefined when the port has no such method. */
export function laneOf({ noun, method }: Pick<Request, 'noun' | 'method'>): Lane | undefined {
  const all: Readonly<Record<string, Readonly<Record<string, Lane>>>> = LANES;
  return all[noun]?.[method];
}

export function isSlices(value: unknown): value is Slices<unknown> {
  return typeof value === 'object' && value !== null && 'next' in value && Symbol.iterator in value;
}
