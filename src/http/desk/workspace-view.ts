// An agent's workspace as the API shows it, section by section, from what the engine shows and what is known beside it.
// Pure.

import { defined } from '../../base/defined.ts';
import type { Campaign } from '../../campaign/definition.ts';
import { NO_TRANSFER } from '../../campaign/transfer.ts';
import type { DeskCampaign, DeskView as EngineView } from '../../engine/agents/desk-port.ts';
import type { CallStanding } from '../../engine/calls/call-orders.ts';
import type { CampaignView } from '../../engine/control-views.ts';
import { MODE_ROWS } from '../../interaction/modes.ts';
import type { CampaignName } from '../../terms.ts';
import type { DeskView } from '../wire/desk.ts';
import type { DeskInteraction } from '../wire/desk-record.ts';
import { interactionView } from './interaction-view.ts';

/** What is shown of an agent, without the moment and the number of the picture. */
export type Sections = Omit<DeskView, 'at' | 'version'>;

/** What is known beside the engine's picture. */
export interface Beside {
  readonly name: string;
  readonly account: string;
  /** The campaigns that the agent may work in, and how each stands. */
  readonly campaigns: readonly DeskCampaign[];
  /** The agent's conversation as the exchange has it. */
  readonly call: CallStanding | undefined;
  readonly standing: (name: CampaignName) => CampaignView | undefined;
  readonly definition: (name: CampaignName) => Campaign | undefined;
  readonly chosen: CampaignName | null;
  /** When the session in hand began; undefined: not known yet. */
  readonly sessionSince: number | undefined;
  readonly notes: DeskInteraction['notes'];
  readonly forms: Sections['forms'];
  readonly fields: Readonly<Record<string, unknown>>;
  readonly notices: Sections['notices'];
  readonly today: Sections['today'];
  readonly now: number;
  /** The daemon has been asked to stop. */
  readonly stopping: boolean;
}

export function sectionsOf(view: EngineView, beside: Beside): Sections {
  const { session, open } = view;
  return {
    agent: { number: view.agent, name: beside.name },
    campaigns: beside.campaigns.map((campaign) => campaignRow(campaign, view, beside)),
    chosen: session?.campaign ?? beside.chosen,
    session: sessionOf(view, beside),
    channels: session?.channels ?? { voice: 'not-ready', preview: 'not-ready' },
    fetching: session?.isFetching === true ? { campaign: session.campaign } : null,
    interaction:
      open === undefined
        ? null
        : interactionView({
            open,
            notes: beside.notes,
            fields: beside.fields,
            now: beside.now,
            campaign: beside.definition(open.campaign),
          }),
    forms: beside.forms,
    call: callOf(beside),
    countdown:
      session?.countdownUntil === undefined ? null : { campaign: session.campaign, until: session.countdownUntil },
    nothing: session?.nothing ?? null,
    nothingReason: session?.nothingReason ?? null,
    notices: beside.notices,
    today: beside.today,
    stopping: beside.stopping,
  };
}

function callOf({ call, definition }: Beside): Sections['call'] {
  if (call === undefined) return null;
  const { destinations, anyNumber, agents } = definition(call.campaign)?.transfer ?? NO_TRANSFER;
  const shown = destinations.map(({ name, label, key = null }) => ({ name, label, key }));
  return { ...call, transfer: { destinations: shown, anyNumber, agents } };
}

function campaignRow(
  { name, description, kind, state }: DeskCampaign,
  { session }: EngineView,
  { standing, definition }: Beside,
): Sections['campaigns'][number] {
  const row = MODE_ROWS[kind];
  const stands = standing(name);
  const isHere = session?.campaign === name;
  const takes = isHere ? session.takes : row.isOnAtFirst;
  const mode = definition(name)?.mode ?? stands?.mode ?? 'predictive';
  return {
    name,
    description,
    state,
    mode,
    kind,
    takes,
    status: state === 'running' ? 'running' : 'active',
    why: stands?.why ?? '',
    reason: stands?.reason ?? { kind: 'not-loaded' },
    hours: stands?.hours ?? '',
    opening: stands?.opening ?? { kind: 'no-schedule' },
    delivery: row.chosenBy === 'agent' ? 'manual' : 'automatic',
    action: isHere ? actionOf(row, takes) : null,
    channel: row.channel ?? null,
    outsidePhones: definition(name)?.agentPhone.outside === true,
  };
}

/** The button of a row: the agent asks for a record, or lets them come, or has them stop. */
function actionOf(row: (typeof MODE_ROWS)[keyof typeof MODE_ROWS], takes: boolean): 'get-record' | 'stop' {
  return row.goesOn && takes ? 'stop' : 'get-record';
}

const LABELS: Readonly<Record<string, string>> = {
  'signed-in': 'Just signed in',
  'not-ready': 'Not ready',
  pause: 'Paused',
  'phone-lost': 'The phone is being called back',
  'phone-gone': 'The call of your phone has ended',
  'wrap-up-over': 'The wrap-up was over its limit',
  'not-answered': 'The phone was not picked up',
  'did-not-answer': 'A call was not picked up',
  'phone-hung-up': 'The phone was put down',
  'page-closed': 'The workspace was closed',
  stopped: 'No more calls asked for',
  countdown: 'Waiting for you to go on',
};

function sessionOf({ session, state, since, reason }: EngineView, beside: Beside): Sections['session'] {
  if (session === undefined) return null;
  const { pauseReasons, pauseAfter } = session;
  const named = (code: string) => ({
    code,
    label: pauseReasons.find((one) => one.code === code)?.label ?? LABELS[code] ?? code,
  });
  return {
    id: session.session,
    since: beside.sessionSince ?? since,
    campaign: session.campaign,
    phone: {
      kind: session.phoneKind,
      state: session.phone,
      address: session.phoneNumber ?? beside.account,
      ...defined({ keptUntil: session.keptUntil }),
    },
    state,
    stateSince: since,
    pause: state === 'paused' ? named(reason ?? 'pause') : null,
    pauseNext: pauseAfter === undefined ? null : named(pauseAfter),
    pauseReasons: pauseReasons.map(({ code, label, key }) => ({ code, label, key: key ?? null })),
    ending: session.endsAfter,
  };
}
