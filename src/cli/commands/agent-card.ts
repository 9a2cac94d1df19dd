// outdial agent card: what the keys of an agent's phone do in a campaign, to be printed and laid beside the phone.

import { noCampaignFile } from '../../campaign/refusals.ts';
import type { TransferDestination } from '../../campaign/transfer.ts';
import type { Campaign } from '../../campaign/definition.ts';
import { isLookedAt, isWorkedByKeys } from '../../engine/agents/desk-plan.ts';
import type { Disposition } from '../../terms.ts';
import type { CommandContext } from '../context.ts';
import type { Outcome } from '../outcome.ts';
import { harmless } from '../render/table.ts';

interface Section {
  readonly title: string;
  readonly rows: readonly (readonly [keys: string, does: string])[];
}

interface Card {
  readonly campaign: string;
  readonly description: string;
  readonly sections: readonly Section[];
}

/** Needs no daemon. Refused with `campaign-unknown`. */
export async function agentCard(
  context: CommandContext,
  name: string,
  { html = false }: { readonly html?: boolean },
): Promise<Outcome> {
  const { agents } = await context.settings();
  const campaigns = await context.campaigns();
  const campaign = campaigns.find((one) => one.name === name);
  if (!campaign) {
    const known = campaigns.map((one) => one.name);
    const hint = 'outdial campaign list shows those that there are, outdial check what is wrong with a file.';
    throw noCampaignFile(name, known, hint);
  }
  const card = cardOf(campaign, agents.signInCode);
  return { data: card, text: html ? asPage(card) : asText(card) };
}

/** The card of a campaign; dispositions and reasons in the order of the file. */
function cardOf(campaign: Campaign, signInCode: string): Card {
  const dispositions = withKeys(campaign.dispositions).map((one) => [one.key, `${one.label}${asks(one)}`] as const);
  const reasons = withKeys(campaign.pauseReasons).map(({ key, label }) => [`0 ${key}`, label] as const);
  const none: Section['rows'] = campaign.wrapUp.dispositionRequired ? [] : [['#', 'no disposition']];
  return {
    campaign: campaign.name,
    description: campaign.description,
    sections: [
      { title: 'Sign in', rows: signInRows(signInCode) },
      {
        title: 'Between calls',
        rows: [
          ['1', 'ready'],
          ...(isLookedAt(campaign) ? [['2', 'a record'] as const] : []),
          ...pauseRows(reasons),
          ['9', 'sign out'],
          ['*', 'say the keys'],
        ],
      },
      ...(isWorkedByKeys(campaign) ? [RECORDS] : []),
      { title: 'In a call', rows: callRows(campaign) },
      {
        title: 'After a call',
        rows: [
          ...dispositions,
          ...none,
          ['*', 'say the dispositions'],
          ['*0', 'pause after this'],
          ['*9', 'sign out after this'],
        ],
      },
      ...(campaign.dispositions.some(({ ask }) => ask === 'callback') ? [CALLBACK] : []),
    ],
  };
}

const RECORDS: Section = {
  title: 'With a record in hand',
  rows: [
    ['1', 'dial its number; an offer: take it'],
    ['2', 'leave it for later; an offer: leave it'],
    ['3', 'leave it for ever'],
    ['4', 'another of its numbers: they are read out, a digit dials'],
    ['#', 'done with it'],
    ['*', 'name, number and keys once more'],
    ['**', 'take the call back while it rings'],
    ['*0', 'pause after this'],
    ['*9', 'sign out after this'],
  ],
};

const CALLBACK: Section = {
  title: 'When to call back',
  rows: [
    ['1 #', 'in one hour'],
    ['2 #', 'tomorrow at this time'],
    ['4 digits', 'at that time where they live (1430 is half past two in the afternoon)'],
    ['3 #', 'first: for any agent; again: for you'],
    ['4 #', 'first: on another number, its digits and #'],
    ['5 #', 'take back the callback that is set'],
    ['*', 'back to the dispositions'],
  ],
};

const signInRows = (code: string): Section['rows'] => [
  [code, 'dial it'],
  ['number #', 'your agent number'],
  ['PIN #', 'your PIN'],
  ['*', 'begin the number or PIN again'],
];

const pauseRows = (reasons: Section['rows']): Section['rows'] => (reasons.length === 0 ? [['0', 'pause']] : reasons);

const callRows = ({ recording, transfer }: Campaign): Section['rows'] => [
  ['**', 'hang up; keys after it are for the disposition'],
  ['*2', 'hold: the person hears music; the same takes them back'],
  ['*0', 'pause after this call'],
  ['*9', 'sign out after this call'],
  ...transferRows(transfer?.destinations ?? []),
  ...(recording === undefined ? [] : [['*1', 'recording: begin, pause, go on'] as const]),
];

function transferRows(destinations: readonly TransferDestination[]): Section['rows'] {
  const named = withKeys(destinations);
  if (named.length === 0) return [];
  return [
    ...named.map(({ key, label }) => [`*3 ${key}`, `give the person to ${label}`] as const),
    ...named.map(({ key, label }) => [`*4 ${key}`, `speak with ${label} first, the person on hold`] as const),
    ['*5', 'all three talk'],
    ['*6', 'give the person to whom you spoke with'],
    ['*7', 'let them go, back to the person'],
  ];
}

function asks({ ask }: Disposition): string {
  if (ask === 'callback') return ' (then: when?)';
  return ask === 'phone' ? ' (then: the other number and #)' : '';
}

function withKeys<T extends { readonly key?: string }>(
  choices: readonly T[],
): readonly (T & { readonly key: string })[] {
  return choices.flatMap((choice) => (choice.key === undefined ? [] : [{ ...choice, key: choice.key }]));
}

function asText({ campaign, description, sections }: Card): string {
  const width = Math.max(...sections.flatMap(({ rows }) => rows.map(([keys]) => keys.length)));
  const blocks = sections.map(({ title, rows }) =>
    [title, ...rows.map(([keys, does]) => `  ${keys.padEnd(width)}  ${harmless(does)}`)].join('\n'),
  );
  return [`${campaign}: ${harmless(description)}`, ...blocks].join('\n\n');
}

/** One page of paper, without anything from elsewhere. */
function asPage({ campaign, description, sections }: Card): string {
  const blocks = sections.map(
    ({ title, rows }) =>
      `<section><h2>${escaped(title)}</h2><table>${rows
        .map(([keys, does]) => `<tr><th>${escaped(keys)}</th><td>${escaped(does)}</td></tr>`)
        .join('')}</table></section>`,
  );
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>${escaped(campaign)}: keys</title>
<style>
body { font: 12pt/1.35 system-ui, sans-serif; margin: 1.5cm; color: #111; }
h1 { font-size: 18pt; margin: 0; } p { margin: .2em 0 1em; }
main { columns: 2; column-gap: 1cm; } section { break-inside: avoid; margin-bottom: .8em; }
h2 { font-size: 12pt; margin: 0 0 .2em; border-bottom: 1px solid #999; }
th { text-align: left; white-space: nowrap; padding: .1em 1em .1em 0; font: 600 12pt ui-monospace, monospace; vertical-align: top; }
td { padding: .1em 0; }
</style>
<h1>${escaped(campaign)}</h1><p>${escaped(description)}</p>
<main>${blocks.join('\n')}</main>
</html>`;
}

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escaped = (text: string): string => text.replaceAll(/[&<>"]/g, (sign) => ESCAPES[sign] ?? sign);
