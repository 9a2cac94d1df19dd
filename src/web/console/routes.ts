// The views of the console, in the order of the navigation: one line each.
//
// How to add a view `x`:
// 1. src/web/console/x/x.tsx exports a component that takes `ViewProps`; src/web/console/x/words.ts its English and German
//    words (`sayings({ en, de })`), read with `useSayings(words)`; x.css its looks, by the values of ui/tokens.css.
// 2. One line here. `right`: who lacks it does not see the view; the routes of the API refuse it by themselves.
// 3. The view reads and changes by console/data.tsx: `useGet(path)` (loading, failed, ready, again), `useAct()` (busy, done,
//    refused), `<Refused>` for an answer of the API that is an error, with its places; what is live comes from
//    `useBoard()` in live/use-board.tsx. Parts of the page come from ui/: `Table`, `Button`, `Typed`, `Dialog`, `Note` …
// 4. Its address is `#/x/REST?KEY=VALUE`: `props.rest` is ['REST'], `props.query` the rest; links by `hrefOf('x', …)`.
// 5. Its states in a browser: test/web/console-states.ts (axe, policy, width, pictures), its acts in test/web/console.test.ts.

import type { Right } from '../live/session.ts';
import type { IconName } from '../ui/icons.tsx';
import type { Language } from '../words/language.ts';
import type { View } from './view.tsx';

export interface Route {
  readonly path: string;
  readonly right: Right;
  readonly icon: IconName;
  readonly title: Readonly<Record<Language, string>>;
  readonly load: () => Promise<View>;
}

// prettier-ignore
export const ROUTES: readonly Route[] = [
  { path: 'board', right: 'read', icon: 'list', title: { en: 'Board', de: 'Übersicht' }, load: async () => (await import('./board/board.tsx')).Board },
  { path: 'campaigns', right: 'read', icon: 'play', title: { en: 'Campaigns', de: 'Kampagnen' }, load: async () => (await import('./campaigns/campaigns.tsx')).Campaigns },
  { path: 'agents', right: 'read', icon: 'person', title: { en: 'Agents', de: 'Agenten' }, load: async () => (await import('./agents/agents.tsx')).Agents },
  { path: 'records', right: 'records', icon: 'person', title: { en: 'Records', de: 'Datensätze' }, load: async () => (await import('./records/records.tsx')).Records },
  { path: 'imports', right: 'lists', icon: 'next', title: { en: 'Import', de: 'Import' }, load: async () => (await import('./imports/imports.tsx')).Imports },
  { path: 'filters', right: 'records', icon: 'search', title: { en: 'Filters', de: 'Filter' }, load: async () => (await import('./filters/filters.tsx')).Filters },
  { path: 'scripts', right: 'read', icon: 'pencil', title: { en: 'Scripts', de: 'Leitfäden' }, load: async () => (await import('./scripts/scripts.tsx')).Scripts },
  { path: 'samples', right: 'recordings', icon: 'record', title: { en: 'Samples', de: 'Stichproben' }, load: async () => (await import('./samples/samples.tsx')).Samples },
  { path: 'reports', right: 'reports', icon: 'list', title: { en: 'Reports', de: 'Berichte' }, load: async () => (await import('./reports/reports.tsx')).Reports },
  { path: 'ledger', right: 'reports', icon: 'check', title: { en: 'Ledger', de: 'Nachweis' }, load: async () => (await import('./ledger/ledger.tsx')).Ledger },
  { path: 'forecast', right: 'reports', icon: 'clock', title: { en: 'Forecast', de: 'Vorschau' }, load: async () => (await import('./forecast/forecast.tsx')).Forecast },
  { path: 'replay', right: 'reports', icon: 'back', title: { en: 'Replay', de: 'Nachspielen' }, load: async () => (await import('./replay/replay.tsx')).Replay },
  { path: 'webhooks', right: 'admin', icon: 'bell', title: { en: 'Webhooks', de: 'Webhooks' }, load: async () => (await import('./webhooks/webhooks.tsx')).Webhooks },
];
