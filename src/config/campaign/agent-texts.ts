// Keys of a campaign's file for what its agents read, and their mapping.

import { defined } from '../../base/defined.ts';
import { SCREEN_POP_WORDS, wrongPlace, type AgentTexts } from '../../campaign/agent-texts.ts';
import type { Checking } from '../checking.ts';
import { text, webAddress } from '../values.ts';

export const textKeys = {
  instructions: text().optional().describe('what agents read before the first call and during it; plain text'),
  company_page: text()
    .optional()
    .describe('about the company that is called for: plain text, or the http(s) address of a page'),
  screen_pop: webAddress(/^https?:\/\/[^\s/?#@\\]+([/?#]\S*)?$/, {
    what: 'http(s) address',
    example: "'https://crm.example/people?phone={number}'",
  })
    .optional()
    .describe(`page about the person in hand; in braces: ${SCREEN_POP_WORDS.join(', ')}, fields.NAME`),
} as const;

interface WrittenTexts {
  readonly instructions?: string | undefined;
  readonly company_page?: string | undefined;
  readonly screen_pop?: string | undefined;
}

export function toAgentTexts({ instructions, company_page: companyPage, screen_pop: screenPop }: WrittenTexts): {
  readonly texts?: AgentTexts;
} {
  const texts = defined({ instructions, companyPage, screenPop });
  return Object.keys(texts).length === 0 ? {} : { texts };
}

/** A place that names nothing would be empty for everybody. */
export function checkScreenPop({ at, report }: Checking): void {
  const template = at(['screen_pop']);
  if (typeof template !== 'string') return;
  const wrong = wrongPlace(template);
  if (wrong === undefined) return;
  const hint = `In braces, and behind the host: ${SCREEN_POP_WORDS.join(', ')}, fields.NAME.`;
  report(['screen_pop'], `${wrong} names nothing that is known of a person.`, hint);
}
