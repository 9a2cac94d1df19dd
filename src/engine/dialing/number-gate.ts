// What the gate of numbers says before anything is chosen: of a caller who would be called back, a number that an agent
// typed, a callback that is agreed on. The last word is spoken at the dial (calls.ts).

import { OperationalError } from '../../base/errors.ts';
import type { AgentSession, SessionEvent } from '../../agent/session.ts';
import type { Campaign } from '../../campaign/definition.ts';
import { gatesReason } from '../../campaign/number-gate.ts';
import type { TrunkReach } from '../../campaign/number-gate.ts';
import type { Hub } from '../hub.ts';

/** Why the campaign's trunks never dial the number, said without it; undefined: they may. */
export function whyNotDialed({ parts }: Pick<Hub, 'parts'>, { trunks }: Campaign, number: string): string | undefined {
  const reaches = parts.settings.trunks.flatMap(({ name, reach }): readonly TrunkReach[] =>
    trunks.includes(name) ? [{ trunk: name, ...reach }] : [],
  );
  return gatesReason(parts.kindOf(number), reaches);
}

const asksNumber = (menu: AgentSession['menu']): boolean => menu === 'phone-number' || menu === 'callback-number';

/** What the agent's key means: the last of a number that is none, or that is never dialed, is answered with a refusal. */
export function checkedKey(
  hub: Pick<Hub, 'parts' | 'world'>,
  session: AgentSession,
  event: SessionEvent,
): SessionEvent {
  const { menu, typed = '', campaign, agent } = session;
  const isLast = event.type === 'key' && event.key === '#' && asksNumber(menu) && typed !== '';
  const definition = hub.world.campaigns.get(campaign)?.definition;
  if (!isLast || !definition || !hub.parts.readNumber) return event;
  const number = hub.parts.readNumber(typed);
  const why = number === undefined ? 'no telephone number' : whyNotDialed(hub, definition, number);
  if (why === undefined) return event;
  hub.parts.log.warn(
    { agent, campaign, why: `The typed number is ${why}.` },
    'an agent typed a number that is not dialed',
  );
  return { type: 'number-refused' };
}

/** `why` as whyNotDialed says it. */
export function numberNotDialed(number: string, why: string): OperationalError {
  const hint = 'Ask for another number, or allow such numbers on the trunk in outdial.yaml.';
  return new OperationalError('number-not-dialed', `${number} is ${why}.`, { hint, httpCode: 409 });
}
