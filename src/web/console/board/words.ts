// Words of the live board.

import { sayings } from '../words.ts';

export const boardWords = sayings({
  en: {
    campaigns: 'Campaigns',
    campaign: 'Campaign',
    state: 'State',
    why: 'Why',
    none: 'There is no campaign yet.',
    all: 'All',
  },
  de: {
    campaigns: 'Kampagnen',
    campaign: 'Kampagne',
    state: 'Stand',
    why: 'Warum',
    none: 'Es gibt noch keine Kampagne.',
    all: 'Alle',
  },
});
