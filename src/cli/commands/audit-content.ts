// The part of outdial audit that only a running daemon can give: does what lives on the exchange agree with what it believes?

import { OperationalError } from '../../base/errors.ts';
import type { ContentFault } from '../../call/content.ts';
import type { Settings } from '../../config/settings.ts';
import { contentFault } from '../../http/wire/audit.ts';

export interface ContentCheck {
  readonly checked: boolean;
  /** Why it could not be looked at. */
  readonly why?: string;
  readonly faults: readonly ContentFault[];
}

/** Asks the daemon, where one runs. */
export async function checkContent(settings: Settings, isRunning: boolean): Promise<ContentCheck> {
  if (!isRunning) return { checked: false, why: 'no daemon is running', faults: [] };
  const { connectDaemon } = await import('../daemon-client.ts');
  try {
    const client = await connectDaemon(settings);
    return { checked: true, faults: await client.get(contentFault.array(), '/audit/content') };
  } catch (error) {
    if (!(error instanceof OperationalError)) throw error;
    return { checked: false, why: error.message, faults: [] };
  }
}

/** Each fault as a sentence. */
export function contentLines({ checked, why, faults }: ContentCheck): readonly string[] {
  if (!checked) return [`what lives on Asterisk was not looked at: ${why ?? ''}`];
  if (faults.length === 0) return ['what lives on Asterisk is what the daemon believes'];
  return ['what lives on Asterisk is not what the daemon believes:', ...faults.map((fault) => `  ${sentence(fault)}`)];
}

function sentence(fault: ContentFault): string {
  switch (fault.what) {
    case 'unknown-bridge':
      return `bridge ${fault.bridge} is no agent's; in it: ${fault.legs.join(', ') || 'no leg'}`;
    case 'unknown-leg-in-bridge':
      return `leg ${fault.leg} is in the bridge of agent ${fault.agent} and does not belong there`;
    case 'unknown-leg':
      return `leg ${fault.leg} belongs to no call and no phone`;
    case 'conversation-without-customer':
      return `agent ${fault.agent} talks on attempt ${fault.attempt}, and the person is not in the bridge`;
    case 'conversation-without-agent':
      return `the person of attempt ${fault.attempt} talks, and no agent's phone is in the bridge`;
  }
}
