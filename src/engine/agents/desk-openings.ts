// Opens sessions at desks: who may work where, and with which phone. Refuses what cannot be.

import { OperationalError } from '../../base/errors.ts';
import { defined } from '../../base/defined.ts';
import type { AgentNumber, CampaignName } from '../../terms.ts';
import { asteriskUnreachable } from '../asterisk-unreachable.ts';
import type { Hub } from '../hub.ts';
import type { Agents } from './agents.ts';
import type { OpenDesk } from './desk-port.ts';
import type { Desks } from './desks.ts';
import { mayBeCalled } from './outside-phones.ts';
import { mayWork } from './rights.ts';

interface Parts {
  readonly desks: Pick<Desks, 'sessionOf' | 'furnish'>;
  readonly agents: Pick<Agents, 'open' | 'handle'>;
}

export class DeskOpenings {
  readonly #hub: Hub;
  readonly #desks: Parts['desks'];
  readonly #agents: Parts['agents'];

  constructor(hub: Hub, { desks, agents }: Parts) {
    this.#hub = hub;
    this.#desks = desks;
    this.#agents = agents;
  }

  /** Refused as the port says. */
  open({ agent: number, campaign, phone }: OpenDesk): void {
    const { world } = this.#hub;
    const agent = world.agentsByNumber.get(number);
    if (!agent)
      throw refused(404, 'agent-unknown', `There is no agent ${number}.`, 'outdial agent list shows who there is.');
    const state = world.campaigns.get(campaign)?.state;
    if (state === undefined || !isOpen(state)) throw campaignClosed(campaign);
    if (!mayWork(world, number, campaign)) throw notAssigned(number, campaign);
    const session = this.#desks.sessionOf(number);
    if (session !== undefined && session.campaign !== campaign) throw elsewhere(number, session.campaign);
    if (session === undefined) {
      const { name, account } = agent;
      this.#mustBeReachable(phone === undefined || phone === 'account' ? account : undefined, campaign);
      const outside = typeof phone === 'object' ? this.#outside(campaign, phone.number) : undefined;
      const browser = phone === 'browser' ? true : undefined;
      this.#agents.open({ agent: number, name, account, campaign, ...defined({ browser, outside }) });
    } else {
      this.#desks.furnish(session);
      this.#agents.handle(session.session, { type: 'desk-opened' });
    }
  }

  /** The number of an outside phone that may be called, E.164. */
  #outside(campaign: CampaignName, typed: string): string {
    const number = this.#hub.parts.readNumber?.(typed);
    const definition = this.#hub.world.campaigns.get(campaign)?.definition;
    if (definition === undefined) throw campaignClosed(campaign);
    if (number === undefined)
      throw refused(400, 'number-invalid', `${typed} is no telephone number.`, 'Type it with + and the country code.');
    mayBeCalled(this.#hub, definition, number);
    return number;
  }

  /** `account` undefined: a browser, which comes by itself, or an outside phone. */
  #mustBeReachable(account: string | undefined, campaign: CampaignName): void {
    const { world } = this.#hub;
    if (!world.linkUp) throw asteriskUnreachable();
    const isRung = world.campaigns.get(campaign)?.definition.agentPhone.mode === 'nailed-up';
    if (!isRung || account === undefined || world.registered.has(account)) return;
    throw refused(
      409,
      'phone-not-registered',
      `The phone ${account} is not registered.`,
      'Switch the phone on, or see its SIP account.',
    );
  }
}

/** Whether sessions may be opened in a campaign that is so. */
export const isOpen = (state: string): boolean => state !== 'unapproved' && state !== 'archived';

function refused(httpCode: number, code: string, message: string, hint: string): OperationalError {
  return new OperationalError(code, message, { hint, httpCode });
}

const campaignClosed = (name: CampaignName): OperationalError =>
  refused(
    404,
    'campaign-unknown',
    `There is no campaign "${name}" to work in.`,
    'It must be approved, and not archived.',
  );

const notAssigned = (agent: AgentNumber, campaign: CampaignName): OperationalError =>
  refused(
    403,
    'agent-not-assigned',
    `Agent ${agent} does not work in ${campaign}.`,
    'Put the agent into one of its groups.',
  );

const elsewhere = (agent: AgentNumber, campaign: CampaignName): OperationalError =>
  refused(409, 'agent-has-session', `Agent ${agent} has a session in ${campaign}.`, 'End that session first.');
