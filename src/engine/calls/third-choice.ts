// Whom an agent may bring into a call: the number behind a destination, and a line on a trunk that dials it. The gate of
// numbers has the last word.

import { OperationalError } from '../../base/errors.ts';
import { didYouMean } from '../../base/nearest.ts';
import { dialReason } from '../../campaign/number-gate.ts';
import { NO_TRANSFER } from '../../campaign/transfer.ts';
import type { AgentNumber, CampaignName } from '../../terms.ts';
import { numberNotDialed } from '../dialing/number-gate.ts';
import type { Trunks } from '../dialing/trunks.ts';
import type { Hub, TrunkSettings } from '../hub.ts';
import type { LiveCall } from '../world.ts';
import type { WantedThird } from './call-orders.ts';
import { numberInvalid } from '../store/refusals.ts';

/** The number of a destination by its name, or one that was typed. */
export function numberOf(
  { world, parts }: Pick<Hub, 'world' | 'parts'>,
  campaign: CampaignName,
  to: Exclude<WantedThird, { agent: string }>,
): { readonly name: string; readonly number: string } {
  const { destinations, anyNumber } = world.campaigns.get(campaign)?.definition.transfer ?? NO_TRANSFER;
  if ('destination' in to) {
    const found = destinations.find(({ name }) => name === to.destination);
    if (found) return found;
    throw unknownDestination(
      to.destination,
      destinations.map(({ name }) => name),
    );
  }
  if (!anyNumber) throw notAllowed('a number of their choice', campaign);
  const number = parts.readNumber?.(to.number);
  if (number !== undefined) return { name: `…${number.slice(-4)}`, number };
  throw numberInvalid(to.number);
}

/** A line for a third party. */
export function lineTo(
  hub: Pick<Hub, 'world' | 'parts'>,
  lines: Pick<Trunks, 'find' | 'take'>,
  { live, number }: { readonly live: LiveCall; readonly number: string },
): TrunkSettings {
  const { campaign, attempt } = live.call;
  return lineFor(hub, lines, { campaign, number, about: { attempt } });
}

/**
 * A line on a trunk of the campaign that dials the number: the gate has the last word, as for every number. Refused with
 * `number-not-dialed` and `no-line`.
 */
export function lineFor(
  { world, parts }: Pick<Hub, 'world' | 'parts'>,
  lines: Pick<Trunks, 'find' | 'take'>,
  { campaign, number, about }: { readonly campaign: CampaignName; readonly number: string; readonly about: object },
): TrunkSettings {
  const definition = world.campaigns.get(campaign)?.definition;
  const settings = (definition?.trunks ?? []).flatMap((name) => lines.find(name) ?? []);
  const reasons = settings.map(({ name, prefix, plus, reach }) =>
    dialReason({ number, prefix, plus }, parts.kindOf, { trunk: name, ...reach }),
  );
  const trunks = settings.filter((_trunk, place) => reasons[place] === undefined).map(({ name }) => name);
  if (!definition || trunks.length === 0) {
    const why = reasons.find((reason) => reason !== undefined) ?? 'of no trunk';
    parts.log.warn({ ...about, campaign, why }, 'a number that may not be dialed was not');
    throw numberNotDialed('The number', why);
  }
  const taken = lines.take({ ...definition, trunks }, { wanted: 1, atOnce: 1 });
  const trunk = lines.find(taken.lines[0] ?? '');
  if (trunk) return trunk;
  throw new OperationalError('no-line', taken.why, { hint: 'Wait a moment, or raise the limits.', httpCode: 409 });
}

export const notReady = (agent: AgentNumber): OperationalError =>
  new OperationalError('transfer-agent-not-ready', `Agent ${agent} is not ready in this campaign.`, {
    hint: 'Choose another agent, or wait until this one is ready.',
    httpCode: 409,
  });

export const notAllowed = (what: string, campaign: CampaignName): OperationalError =>
  new OperationalError('transfer-not-allowed', `Agents of ${campaign} may not transfer to ${what}.`, {
    hint: 'The campaign says who may be brought in: transfer.',
    httpCode: 409,
  });

const unknownDestination = (name: string, known: readonly string[]): OperationalError =>
  new OperationalError('transfer-unknown', `The campaign has no destination ${name}.`, {
    hint: `It has ${known.length === 0 ? 'none' : known.join(', ')}.${didYouMean(name, known)}`,
    httpCode: 404,
  });
