// The gate of numbers as the choice of the next record and its explanation ask it: which numbers the campaign's trunks
// never dial, and which they dial no more within this hour.

import { gatesReason, kindInWords } from '../campaign/number-gate.ts';
import type { Campaign } from '../campaign/definition.ts';
import { phonesToDial } from '../records/phones.ts';
import type { RecordFacts } from '../records/record.ts';
import { allow } from '../rules/ruling.ts';
import type { EligibilityInput, Facing, PhoneRule, Ruling } from '../rules/ruling.ts';

export const GATE_RULE: PhoneRule = { name: 'number-gate', judge: numberGate };
export const ABROAD_RULE: PhoneRule = { name: 'calls-an-hour-abroad', judge: callsAbroad };

/** Calls that are just being opened may take up what is left: looked at again after this. */
const AGAIN_MS = 1000;

const NOT_KNOWN = allow(() => ({ why: 'What the trunks may dial is not known here.', inputs: {} }));

function numberGate({ input, number }: Facing): Ruling {
  const { campaign, kindOf } = input;
  if (campaign.reach === undefined) return NOT_KNOWN;
  if (kindOf === undefined) {
    return { allows: false, explain: () => ({ why: `What ${number} is cannot be determined.`, inputs: { number } }) };
  }
  const kind = kindOf(number);
  const reason = gatesReason(kind, campaign.reach);
  const trunks = campaign.reach.map(({ trunk }) => trunk).join(', ');
  const explain = () => ({
    why: `${number} is ${reason ?? `${kindInWords(kind)}: allowed on trunk ${trunks}`}.`,
    inputs: { number, class: kind.class, country: kind.country, trunks },
  });
  return reason === undefined ? allow(explain) : { allows: false, never: true, explain };
}

/** Why none of the phones that the campaign would dial passes the gate; undefined: one does, or there is none. */
export function gateSentence(
  { campaign, kindOf }: Pick<EligibilityInput, 'kindOf'> & { readonly campaign: Campaign },
  facts: Pick<RecordFacts, 'phones' | 'callback'>,
): string | undefined {
  const { reach } = campaign;
  if (reach === undefined || kindOf === undefined) return undefined;
  let first: string | undefined;
  for (const index of phonesToDial(campaign, facts)) {
    const number = facts.phones[index]?.number ?? '';
    const reason = gatesReason(kindOf(number), reach);
    if (reason === undefined) return undefined;
    first ??= `${number} is ${reason}.`;
  }
  return first;
}

const HOME = allow(() => ({ why: 'No limit on calls abroad in an hour is known to hold it back.', inputs: {} }));

function callsAbroad({ input, number }: Facing, at: number): Ruling {
  const { quotas = [], kindOf } = input;
  const country = quotas.length === 0 ? '' : (kindOf?.(number).country ?? '');
  const quota = quotas.find(({ home, most, used }) => country !== home && (used[country]?.calls ?? 0) >= most);
  if (quota === undefined) return HOME;
  const { trunk, used } = quota;
  const { calls = 0, freeAt = 0 } = used[country] ?? {};
  const explain = () => ({
    why: `Trunk ${trunk} has placed ${calls} calls to ${country} within the hour, which is its limit (max_calls_per_hour_abroad).`,
    inputs: { country, calls, trunk },
  });
  const notBeforeAt = Math.max(freeAt, input.now + AGAIN_MS);
  return at >= notBeforeAt ? allow(explain) : { allows: false, notBeforeAt, explain };
}
