// Words for what several views show: states, modes, steps.

import type { BoardAgent, BoardCampaign } from '../live/board.ts';
import { byCode, sayings } from '../words.ts';

export type AgentState = BoardAgent['state'];
export type CampaignState = BoardCampaign['state'];

const plural = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`;

export const stateWords = sayings({
  en: {
    agent: {
      offline: 'Signed out',
      paused: 'Paused',
      ready: 'Ready',
      engaged: 'With a record',
      reserved: 'Connecting',
      talking: 'Talking',
      'wrap-up': 'Wrap-up',
    } satisfies Record<AgentState, string>,
    campaign: {
      unapproved: 'Unapproved',
      approved: 'Approved',
      running: 'Running',
      paused: 'Paused',
      stopped: 'Stopped',
      exhausted: 'Exhausted',
      archived: 'Archived',
    } satisfies Record<CampaignState, string>,
    mode: {
      predictive: 'Predictive',
      ratio: 'Ratio',
      progressive: 'Progressive',
      preview: 'Preview',
      'push-preview': 'Push preview',
      'direct-push-preview': 'Direct push preview',
      manual: 'Manual',
      'auto-callback': 'Missed people',
    } satisfies Record<BoardCampaign['mode'], string>,
    reasons: byCode({
      'signed-in': 'just signed in',
      'phone-lost': 'phone lost',
      'wrap-up-over': 'wrap-up too long',
      stopped: 'took no more records',
    }),
    agents: (count: number) => plural(count, 'agent', 'agents'),
    tooMany: (count: number) => `${count} too many`,
    more: (count: number) => `${count} more`,
    moreToday: (count: number) => `${count} more today`,
    moreNow: (count: number) => `${count} more now`,
  },
  de: {
    agent: {
      offline: 'Abgemeldet',
      paused: 'Pause',
      ready: 'Bereit',
      engaged: 'Mit Datensatz',
      reserved: 'Wird verbunden',
      talking: 'Im Gespräch',
      'wrap-up': 'Nacharbeit',
    },
    campaign: {
      unapproved: 'Nicht freigegeben',
      approved: 'Freigegeben',
      running: 'Läuft',
      paused: 'Pausiert',
      stopped: 'Angehalten',
      exhausted: 'Erschöpft',
      archived: 'Abgelegt',
    },
    mode: {
      predictive: 'Prädiktiv',
      ratio: 'Verhältnis',
      progressive: 'Progressiv',
      preview: 'Vorschau',
      'push-preview': 'Vorschau mit Zuteilung',
      'direct-push-preview': 'Vorschau mit direkter Zuteilung',
      manual: 'Manuell',
      'auto-callback': 'Verpasste',
    },
    reasons: {
      'signed-in': 'eben angemeldet',
      'phone-lost': 'Telefon verloren',
      'wrap-up-over': 'Nacharbeit zu lang',
      stopped: 'nimmt keine Datensätze mehr',
    },
    agents: (count) => plural(count, 'Agent', 'Agenten'),
    tooMany: (count) => `${count} zu viel`,
    more: (count) => `noch ${count}`,
    moreToday: (count) => `heute noch ${count}`,
    moreNow: (count) => `jetzt noch ${count}`,
  },
});
