// Who may do what: the right that each route asks for, and the rights of each role. A token's scopes are rights too.
// A route that is not in the table is the administrator's alone.

import { METRICS_ADDRESS } from '../metrics/address.ts';
import type { Role } from '../../engine/store/users.ts';

/** Every right, with what it is for. */
export const RIGHTS = {
  read: 'see how campaigns, agents, lists and calls stand; no people, no numbers in full',
  campaigns: 'make, start and stop campaigns, switch outbound calling',
  lists: 'import and remove lists and filters',
  records: 'see and change people, their records, attempts and callbacks',
  'do-not-call': 'see and change do-not-call lists',
  agents: 'add, change and remove agents, renew their secrets',
  supervise: 'pause, move and sign out agents, listen to their calls',
  recordings: 'hear recordings, judge machine verdicts',
  reports: 'read reports',
  exports: 'take out attempts and records in bulk',
  erase: 'forget people, delete recordings',
  audit: 'read the audit log',
  metrics: 'read the figures at /metrics',
  work: "an agent's own work",
  admin: 'everything, users and tokens too',
} as const satisfies Readonly<Record<string, string>>;

export type Right = keyof typeof RIGHTS;
const ALL = Object.keys(RIGHTS) as readonly Right[];

export function isRight(text: string): text is Right {
  return Object.hasOwn(RIGHTS, text);
}

/** What each role may do. */
export const ROLE_RIGHTS: Readonly<Record<Role, readonly Right[]>> = {
  admin: ALL,
  'campaign-manager': [
    ...(['read', 'campaigns', 'lists', 'records', 'do-not-call', 'agents', 'supervise'] as const),
    ...(['recordings', 'reports', 'exports'] as const),
  ],
  supervisor: ['read', 'records', 'supervise', 'recordings', 'reports'],
  agent: ['work'],
};

/** The rights that scopes give; `admin` gives them all, words that this version does not know give none. */
export function rightsOf(scopes: readonly string[]): ReadonlySet<Right> {
  return new Set(scopes.includes('admin') ? ALL : scopes.filter(isRight));
}

/** `open`: without a token or session; `signed-in`: with any. */
type Asked = Right | 'open' | 'signed-in';

/** The pages and what they load: in them is nothing of anybody. */
const PAGES: ReadonlySet<string> = new Set(['/agent', '/console', '/assets/*']);

/** What each route below /api asks for. */
export const ROUTE_RIGHTS: Readonly<Record<string, Asked>> = {
  'GET /health': 'open',
  'POST /session': 'open',
  'GET /session': 'signed-in',
  'DELETE /session': 'signed-in',
  'POST /session/password': 'signed-in',
  'GET /openapi.json': 'signed-in',

  'GET /live': 'read',
  'GET /board': 'read',
  'GET /board/stream': 'read',
  'GET /board/history': 'read',
  'GET /campaigns': 'read',
  'GET /campaigns/:name': 'read',
  'GET /campaigns/:name/statistics': 'read',
  'GET /campaigns/:name/history': 'read',
  'GET /agents': 'read',
  'GET /agents/:number': 'read',
  'GET /lists': 'read',
  'GET /lists/:name': 'read',
  'GET /filters': 'read',
  'GET /filters/fields': 'read',
  'GET /scripts': 'read',
  'GET /scripts/:name': 'read',
  'POST /scripts/check': 'read',
  'POST /scripts/preview': 'read',
  'GET /do-not-call-lists': 'read',
  'GET /outbound': 'read',
  'GET /outbound/history': 'read',
  'GET /emergencies': 'read',
  'GET /audit/content': 'read',

  'POST /campaigns': 'campaigns',
  'POST /campaigns/:name/:action': 'campaigns',
  'POST /campaigns/:name/clone': 'campaigns',
  'POST /campaigns/check': 'campaigns',
  'POST /campaigns/form': 'campaigns',
  'GET /campaigns/:name/file': 'campaigns',
  'PUT /campaigns/:name/file': 'campaigns',
  'POST /outbound': 'campaigns',
  'POST /reload': 'campaigns',
  'PUT /scripts/:name': 'campaigns',

  'DELETE /lists/:name': 'lists',
  'GET /imports': 'lists',
  'POST /imports': 'lists',
  'POST /imports/preview': 'lists',
  'GET /imports/:id': 'lists',
  'DELETE /imports/:id': 'lists',
  'POST /incoming': 'lists',
  'PUT /incoming/:id/:name': 'lists',
  'GET /incoming/:id': 'lists',
  'GET /incoming/:id/:name': 'lists',
  'DELETE /incoming/:id': 'lists',
  'PUT /filters/:name': 'lists',
  'DELETE /filters/:name': 'lists',

  // How many people fit a condition shows of people what the condition asks.
  'POST /filters/count': 'records',
  'GET /records': 'records',
  'GET /records/explain': 'records',
  'GET /records/table': 'records',
  'GET /records/:id': 'records',
  'POST /records/:id/priority': 'records',
  'POST /records/:id/reopen': 'records',
  'POST /records/:id/remove': 'records',
  'GET /contacts': 'records',
  'GET /contacts/:id': 'records',
  'PATCH /contacts/:id': 'records',
  'GET /contacts/:id/timeline': 'records',
  'POST /contacts/:id/merge': 'records',
  'GET /callbacks': 'records',
  'POST /callbacks': 'records',
  'GET /callbacks/:id': 'records',
  'POST /callbacks/:id/move': 'records',
  'POST /callbacks/:id/cancel': 'records',
  'GET /inbound': 'records',
  'POST /attempts/:attempt/disposition': 'records',
  'GET /reports/attempts': 'records',
  'GET /answers': 'records',

  'POST /do-not-call': 'do-not-call',
  'GET /do-not-call/:number': 'do-not-call',
  'DELETE /do-not-call/:number': 'do-not-call',
  'DELETE /do-not-call-lists/:name': 'do-not-call',
  'POST /do-not-call-imports': 'do-not-call',
  'GET /do-not-call-imports/:id': 'do-not-call',
  'DELETE /do-not-call-imports/:id': 'do-not-call',

  'GET /listening': 'supervise',
  'POST /listening/phone': 'supervise',
  'POST /agents/:number/listen': 'supervise',
  'DELETE /agents/:number/listen': 'supervise',
  'GET /agent/call': 'work',
  'GET /agent/call/agents': 'work',
  'GET /agent/callback-times': 'work',
  'GET /agent/script': 'work',
  'POST /agent/script': 'work',
  'POST /agent/call/:order': 'work',
  'POST /agent/call/keys': 'work',
  'POST /agent/call/consult': 'work',
  'POST /agent/call/transfer': 'work',

  'POST /agents': 'agents',
  'PATCH /agents/:number': 'agents',
  'DELETE /agents/:number': 'agents',
  'GET /agents/:number/account': 'agents',
  'POST /agents/:number/pin': 'agents',
  'POST /agents/:number/password': 'agents',
  'POST /agents/:number/logout': 'supervise',
  'POST /agents/:number/state': 'supervise',
  'POST /agents/:number/move': 'supervise',
  'POST /agents/:number/end': 'supervise',

  'GET /recordings': 'recordings',
  'GET /recordings/:attempt': 'recordings',
  'GET /recordings/:attempt/sound': 'recordings',
  'GET /detection/samples': 'recordings',
  'POST /detection/samples': 'recordings',
  'POST /detection/samples/:attempt': 'recordings',

  'GET /detection/report': 'reports',
  'GET /reports/campaigns/:name': 'reports',
  'GET /reports/agents': 'reports',
  'GET /reports/abandonment': 'reports',
  'GET /reports/abandonment/ledger': 'reports',
  'GET /reports/dispositions': 'reports',
  'GET /reports/callbacks': 'reports',
  'GET /reports/trunks': 'reports',
  'GET /reports/caller-ids': 'reports',
  'GET /reports/answers/:campaign': 'reports',
  'GET /reports/tables/:report': 'reports',
  'GET /forecasts': 'reports',
  'GET /replays/:campaign': 'reports',

  'GET /export/records': 'exports',
  'GET /export/attempts': 'exports',
  'POST /audit/data-export': 'exports',

  'POST /contacts/:id/forget': 'erase',
  'POST /contacts/scrub': 'erase',
  'DELETE /recordings/:attempt': 'erase',

  'GET /audit/log': 'audit',
  'GET /audit/check': 'audit',

  'GET /agent': 'work',
  'POST /agent/commands': 'work',
  'POST /agent/phone': 'work',
  'GET /agent/stream': 'work',
  'GET /agent/campaigns/:name': 'work',
  'GET /agent/contacts/:id/timeline': 'work',
  'GET /agent/callbacks': 'work',
  'GET /agent/today': 'work',

  'GET /security': 'admin',
  'POST /token/replace': 'admin',
  'POST /emergencies': 'admin',
  'DELETE /emergencies/:pack': 'admin',
  'POST /drain': 'admin',
  'GET /users': 'admin',
  'POST /users': 'admin',
  'PATCH /users/:user': 'admin',
  'DELETE /users/:user': 'admin',
  'POST /users/:user/password': 'admin',
  'POST /users/:user/sign-out': 'admin',
  'GET /webhooks': 'admin',
  'POST /webhooks/:webhook/retry': 'admin',
  'POST /webhooks/:webhook/test': 'admin',
  'GET /tokens': 'admin',
  'POST /tokens': 'admin',
  'DELETE /tokens/:token': 'admin',
};

/** What a route asks for, by its method and its address with `/api`; HEAD is GET without the answer. */
export function askedFor(method: string, url: string): Asked {
  const reading = method === 'HEAD' ? 'GET' : method;
  if (reading === 'GET' && PAGES.has(url)) return 'open';
  if (reading === 'GET' && url === METRICS_ADDRESS) return 'metrics';
  const key = `${reading} ${url.replace(/^\/api(?=\/)/, '')}`;
  return Object.hasOwn(ROUTE_RIGHTS, key) ? (ROUTE_RIGHTS[key] ?? 'admin') : 'admin';
}

/** Who has a right, for whoever was refused it. */
export function whoHas(right: Right): string {
  const roles = Object.entries(ROLE_RIGHTS).flatMap(([role, rights]) => (rights.includes(right) ? [role] : []));
  return `Users with the role ${roles.join(', ')} may, and tokens with the scope ${right}.`;
}
