// What the page knows of the agent's desk, and the one reducer that changes it. The server's view is the truth; beside it
// stand only what was asked for and not yet answered, when the server was heard last, and how its clock differs from ours.

import type { DeskAct, DeskCommand, DeskWish } from '../../http/wire/desk-commands.ts';
import type { DeskInteraction } from '../../http/wire/desk-record.ts';
import type { DeskChange, DeskView } from '../../http/wire/desk.ts';

export type { DeskAct, DeskChange, DeskCommand, DeskInteraction, DeskView, DeskWish };

export type Link =
  /** The first view is on its way. */
  | 'opening'
  | 'open'
  /** Nothing comes; it is tried again by itself. */
  | 'lost'
  /** Another window has the workspace. */
  | 'elsewhere'
  | 'signed-out'
  /** Signed in, but this user is no agent. */
  | 'no-agent';

/** A command that was sent and is not answered. */
export interface Asked {
  readonly key: string;
  readonly what: DeskWish['do'] | DeskAct['do'];
  /** The interaction it was meant for; absent: the desk. */
  readonly interaction?: string;
  /** Its answer did not come: it is sent again under the same key. */
  readonly isUnsure: boolean;
}

export interface Refusal {
  readonly what: Asked['what'] | 'script' | 'call-control';
  readonly code: string;
  readonly message: string;
  readonly hint: string;
  readonly missing: DeskInteraction['missing'];
}

/** When the server was heard. */
export interface Heard {
  /** The server's clock minus ours. Ours counts from when the page was loaded, whatever the machine's clock says. */
  readonly aheadMs: number;
  readonly heardAt: number;
}

export interface Live extends Heard {
  readonly link: Link;
  readonly view: DeskView | null;
  readonly asked: readonly Asked[];
  readonly refusal: Refusal | null;
}

export type LiveEvent =
  | { readonly type: 'state'; readonly view: DeskView; readonly now: number }
  | { readonly type: 'change'; readonly change: DeskChange; readonly now: number }
  | { readonly type: 'beat'; readonly at: number; readonly now: number }
  | { readonly type: 'link'; readonly link: Link }
  | { readonly type: 'asked'; readonly asked: Asked }
  | { readonly type: 'unsure'; readonly key: string }
  /** Answered; `view`: as it stands now, `refusal`: why it was not done. */
  | {
      readonly type: 'answered';
      readonly key: string;
      readonly view?: DeskView;
      readonly refusal?: Refusal;
      readonly now: number;
    }
  | { readonly type: 'refused'; readonly refusal: Refusal }
  | { readonly type: 'refusal-read' };

export const AT_FIRST: Live = {
  link: 'opening',
  view: null,
  aheadMs: 0,
  heardAt: 0,
  asked: [],
  refusal: null,
};

/** With no word for longer than this the view may be old, and says so. */
const STALE_AFTER_MS = 5_000;
/** Two readings of the server's clock differ by this at most through the network; more: the clock was set. */
const CLOCK_WAS_SET_MS = 3_000;

export function reduce(live: Live, event: LiveEvent): Live {
  switch (event.type) {
    case 'state':
      return { ...heard(live, event.view.at, event.now), link: 'open', view: event.view };
    case 'change':
      return changed(heard(live, event.change.at, event.now), event.change);
    case 'beat':
      return heard(live, event.at, event.now);
    case 'link':
      return { ...live, link: event.link };
    case 'asked':
      return { ...live, asked: [...live.asked, event.asked], refusal: null };
    case 'unsure':
      return { ...live, asked: live.asked.map((one) => (one.key === event.key ? { ...one, isUnsure: true } : one)) };
    case 'answered':
      return answered(live, event);
    case 'refused':
      return { ...live, refusal: event.refusal };
    case 'refusal-read':
      return { ...live, refusal: null };
  }
}

function answered(live: Live, { key, view, refusal, now }: Extract<LiveEvent, { readonly type: 'answered' }>): Live {
  const asked = live.asked.filter((one) => one.key !== key);
  const next = { ...live, asked, refusal: refusal ?? live.refusal };
  if (view === undefined) return next;
  // The stream may have been faster.
  const isNewer = live.view === null || view.version >= live.view.version;
  return { ...heard(next, view.at, now), view: isNewer ? view : live.view };
}

function changed(live: Live, change: DeskChange): Live {
  if (live.view === null || change.version < live.view.version) return live;
  // What travelled as JSON has no key without a value.
  return { ...live, link: 'open', view: { ...live.view, ...change } as DeskView };
}

/** What has travelled least says most about the server's clock. */
export function heard<L extends Heard>(live: L, at: number, now: number): L {
  const ahead = at - now;
  const isFirst = live.heardAt === 0;
  const wasSet = Math.abs(ahead - live.aheadMs) > CLOCK_WAS_SET_MS;
  return { ...live, heardAt: now, aheadMs: isFirst || wasSet ? ahead : Math.max(ahead, live.aheadMs) };
}

/** For how long nothing was heard; undefined: the view is fresh. */
export function staleMs(
  { link, view, heardAt }: Pick<Live, 'link' | 'heardAt'> & { readonly view: unknown },
  now: number,
): number | undefined {
  if (view === null) return undefined;
  const silent = now - heardAt;
  return silent > STALE_AFTER_MS || link === 'elsewhere' ? silent : undefined;
}

export const isAsked = ({ asked }: Pick<Live, 'asked'>, ...what: readonly Asked['what'][]): boolean =>
  asked.some((one) => what.includes(one.what));
