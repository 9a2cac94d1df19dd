// What /metrics says: every metric with what it is read from. Labels are bounded: campaigns, trunks, states and words of
// ours; never numbers, records or people, and agents only where the settings want them. Pure.

import type { AgentView, CampaignView, Health, TrunkView } from '../../engine/control.ts';
import { NOT_DIALING } from '../../eligibility/dialing.ts';
import type { StoreThread } from '../../engine/store/store.ts';
import { AGENT_STATES, CAMPAIGN_STATES } from '../../terms.ts';
import type { Counted } from './tally.ts';

/** Everything that one scrape is answered from. */
export interface Snapshot {
  readonly version: string;
  readonly health: Health;
  readonly outboundOn: boolean;
  readonly campaigns: readonly CampaignView[];
  readonly trunks: readonly TrunkView[];
  /** Absent: the settings do not want agents by name. */
  readonly agents?: readonly AgentView[];
  readonly threads: readonly StoreThread[];
  readonly tally: { readonly ended: Counted; readonly dispositions: Counted; readonly callbacks: Counted };
  /** Receivers of webhooks and mail, with what waits for them. */
  readonly outbox: readonly {
    readonly name: string;
    readonly sent: number;
    readonly faults: number;
    readonly waiting: number;
    readonly givenUp: number;
    readonly oldestAgeMs: number;
  }[];
  readonly disks: readonly { readonly folder: string; readonly freeBytes: number; readonly sizeBytes: number }[];
  readonly process: {
    readonly cpuSeconds: number;
    readonly residentBytes: number;
    readonly startedAt: number;
    readonly loopDelayMs: number;
  };
}

type Sample = readonly [labels: Readonly<Record<string, string>>, value: number];

export interface Metric {
  readonly name: string;
  readonly type: 'gauge' | 'counter';
  readonly help: string;
  readonly labels: readonly string[];
  readonly read: (from: Snapshot) => readonly Sample[];
}

const one = (value: number | boolean): readonly Sample[] => [[{}, Number(value)]];
const ofCampaigns =
  (value: (campaign: CampaignView) => number | undefined): Metric['read'] =>
  ({ campaigns }) =>
    campaigns.flatMap((campaign) => {
      const number = value(campaign);
      return number === undefined ? [] : [[{ campaign: campaign.name }, number] as const];
    });
const ofTrunks =
  (value: (trunk: TrunkView) => number): Metric['read'] =>
  ({ trunks }) =>
    trunks.map((trunk) => [{ trunk: trunk.name }, value(trunk)] as const);
const ofWindow = (value: (window: NonNullable<CampaignView['window']>) => number): Metric['read'] =>
  ofCampaigns(({ window }) => (window === undefined ? undefined : value(window)));

const DAEMON: readonly Metric[] = [
  gauge('outdial_build_info', 'Always 1; the version is the label.', ['version'], ({ version }) => [[{ version }, 1]]),
  gauge('outdial_ready', '1 when it can place calls: link, store and SIP work and it is not stopping.', [], (from) =>
    one(from.health.ready),
  ),
  gauge('outdial_draining', '1 when it was asked to stop.', [], (from) => one(from.health.draining)),
  gauge('outdial_outbound_enabled', '0 when all outbound calling is switched off.', [], (from) => one(from.outboundOn)),
  gauge('outdial_link_up', '1 when this control link to Asterisk is up.', ['link'], ({ health: { links } }) => [
    [{ link: 'ari' }, Number(links.ari)],
    [{ link: 'ami' }, Number(links.ami)],
  ]),
  gauge('outdial_sip_up', '1 while Asterisk answers SIP; absent when it cannot be tried.', [], ({ health: { sip } }) =>
    sip === 'unknown' ? [] : one(sip === 'ok'),
  ),
  gauge(
    'outdial_certificate_expiry_timestamp_seconds',
    "When the phones' certificate ends; absent where phones use none.",
    [],
    ({ health: { certificate } }) => (certificate?.endsAt === undefined ? [] : one(certificate.endsAt / 1000)),
  ),
  gauge('outdial_calls_in_progress', 'Calls of all campaigns that are not over.', [], (from) => one(from.health.calls)),
  gauge('outdial_agent_sessions', 'Agents who are signed in.', [], (from) => one(from.health.sessions)),
];

const CAMPAIGNS: readonly Metric[] = [
  gauge('outdial_campaign_state', '1 for the state that the campaign is in.', ['campaign', 'state'], ({ campaigns }) =>
    campaigns.flatMap(({ name, state }) =>
      CAMPAIGN_STATES.map((of): Sample => [{ campaign: name, state: of }, Number(state === of)]),
    ),
  ),
  gauge(
    'outdial_campaign_dialing',
    '1 while the campaign may place calls.',
    ['campaign'],
    ofCampaigns(({ dialing }) => Number(dialing)),
  ),
  gauge(
    'outdial_campaign_not_dialing',
    `1 for the reason why a running campaign places no calls: ${NOT_DIALING.filter((word) => word !== 'state').join(', ')}.`,
    ['campaign', 'reason'],
    ({ campaigns }) =>
      campaigns
        .filter(({ state }) => state === 'running')
        .flatMap(({ name, cause }) =>
          NOT_DIALING.filter((word) => word !== 'state').map((reason): Sample => [
            { campaign: name, reason },
            Number(cause === reason),
          ]),
        ),
  ),
  gauge(
    'outdial_campaign_halted',
    '1 when a fault in outdial stopped the campaign until a person starts it again.',
    ['campaign'],
    ({ campaigns, health: { halted } }) =>
      campaigns.map(({ name }): Sample => [{ campaign: name }, Number(halted.includes(name))]),
  ),
  gauge('outdial_agents', 'Signed-in agents by state.', ['campaign', 'state'], ({ campaigns }) =>
    campaigns.flatMap(({ name, agents }) =>
      AGENT_STATES.flatMap((state): readonly Sample[] =>
        state === 'offline' ? [] : [[{ campaign: name, state }, agents[state]]],
      ),
    ),
  ),
  gauge(
    'outdial_calls',
    'Calls by stage: placing, ringing, detecting, waiting (for an agent), talking.',
    ['campaign', 'stage'],
    ({ campaigns }) =>
      campaigns.flatMap(({ name, calls }) =>
        Object.entries(calls).map(([stage, count]): Sample => [{ campaign: name, stage }, count]),
      ),
  ),
  counter(
    'outdial_attempts_total',
    'Attempts that ended since the start, by result.',
    ['campaign', 'result'],
    ({ tally }) => tally.ended.samples('campaign', 'result'),
  ),
  counter(
    'outdial_dispositions_total',
    'Dispositions given since the start.',
    ['campaign', 'disposition'],
    ({ tally }) => tally.dispositions.samples('campaign', 'disposition'),
  ),
  counter(
    'outdial_callbacks_total',
    'Callbacks set, moved or taken back since the start.',
    ['campaign', 'state'],
    ({ tally }) => tally.callbacks.samples('campaign', 'state'),
  ),
];

const TODAY: readonly Metric[] = [
  gauge(
    'outdial_campaign_attempts_today',
    "Attempts of the campaign's day.",
    ['campaign'],
    ofCampaigns(({ today }) => today.attempts),
  ),
  gauge(
    'outdial_campaign_live_answers_today',
    "Live answers of the campaign's day.",
    ['campaign'],
    ofCampaigns(({ today }) => today.liveAnswers),
  ),
  gauge(
    'outdial_campaign_abandon_ratio',
    "Abandoned of the live answers of the campaign's day.",
    ['campaign'],
    ofCampaigns(({ today }) => today.abandonRate),
  ),
  gauge(
    'outdial_campaign_utilisation_ratio',
    "Talking and wrap-up of the time at work, of the campaign's day.",
    ['campaign'],
    ofCampaigns(({ today }) => today.utilisation),
  ),
  gauge(
    'outdial_answer_delay_seconds',
    "From the answer to the agent, of calls of the campaign's day that found a ready agent.",
    ['campaign', 'quantile'],
    ({ campaigns }) =>
      campaigns
        .filter(({ today }) => today.answerDelayMs.count > 0)
        .flatMap(({ name, today: { answerDelayMs } }): readonly Sample[] => [
          [{ campaign: name, quantile: '0.5' }, answerDelayMs.p50 / 1000],
          [{ campaign: name, quantile: '0.99' }, answerDelayMs.p99 / 1000],
          [{ campaign: name, quantile: '1' }, answerDelayMs.max / 1000],
        ]),
  ),
  gauge(
    'outdial_abandon_window_limit_ratio',
    "Limit of the campaign's tightest abandonment window.",
    ['campaign'],
    ofWindow(({ target }) => target),
  ),
  gauge(
    'outdial_abandon_window_ratio',
    'Abandoned of the live answers in that window.',
    ['campaign'],
    ofWindow(({ liveAnswers, abandoned }) => (liveAnswers === 0 ? 0 : abandoned / liveAnswers)),
  ),
  gauge(
    'outdial_abandon_window_live_answers',
    'Live answers in that window.',
    ['campaign'],
    ofWindow(({ liveAnswers }) => liveAnswers),
  ),
  gauge(
    'outdial_abandon_budget_calls',
    'How many more may be abandoned now without breaking that limit; below 0: it is broken.',
    ['campaign'],
    ofWindow(({ target, liveAnswers, abandoned }) => Math.floor(target * liveAnswers + 1e-9) - Math.ceil(abandoned)),
  ),
];

const TRUNKS: readonly Metric[] = [
  gauge(
    'outdial_trunk_lines',
    'Lines of the trunk.',
    ['trunk'],
    ofTrunks(({ maxLines }) => maxLines),
  ),
  gauge(
    'outdial_trunk_lines_in_use',
    'Lines of the trunk that calls take up.',
    ['trunk'],
    ofTrunks(({ linesInUse }) => linesInUse),
  ),
  gauge(
    'outdial_trunk_reachable',
    '1 while Asterisk reaches the carrier.',
    ['trunk'],
    ofTrunks(({ reachable }) => Number(reachable)),
  ),
  gauge(
    'outdial_trunk_resting',
    '1 while the trunk rests because calls on it failed.',
    ['trunk'],
    ofTrunks(({ restsUntilAt }) => Number(restsUntilAt !== undefined)),
  ),
];

const MACHINE: readonly Metric[] = [
  gauge('outdial_store_up', '0 while the store refuses writes or a thread of it does not answer.', [], (from) =>
    one(from.health.store === 'ok'),
  ),
  gauge(
    'outdial_store_thread_silent_seconds',
    'For how long this thread of the store has not answered.',
    ['thread'],
    ({ threads }) => threads.map(({ name, silentMs }): Sample => [{ thread: name }, silentMs / 1000]),
  ),
  gauge('outdial_disk_free_bytes', 'Free on the disk that holds it.', ['folder'], ({ disks }) =>
    disks.map(({ folder, freeBytes }): Sample => [{ folder }, freeBytes]),
  ),
  gauge('outdial_disk_size_bytes', 'Size of the disk that holds it.', ['folder'], ({ disks }) =>
    disks.map(({ folder, sizeBytes }): Sample => [{ folder }, sizeBytes]),
  ),
  counter('process_cpu_seconds_total', 'Processor time of the daemon.', [], ({ process }) => one(process.cpuSeconds)),
  gauge('process_resident_memory_bytes', 'Memory of the daemon.', [], ({ process }) => one(process.residentBytes)),
  gauge('process_start_time_seconds', 'When the daemon was started.', [], ({ process }) =>
    one(process.startedAt / 1000),
  ),
  gauge(
    'outdial_event_loop_delay_seconds',
    'How late the thread that controls calls was, p99 since the scrape before.',
    ['quantile'],
    ({ process }) => [[{ quantile: '0.99' }, process.loopDelayMs / 1000]],
  ),
];

const ofReceivers =
  (value: (receiver: Snapshot['outbox'][number]) => number): Metric['read'] =>
  ({ outbox }) =>
    outbox.map((receiver) => [{ receiver: receiver.name }, value(receiver)] as const);

const OUTSIDE: readonly Metric[] = [
  counter(
    'outdial_outbox_sent_total',
    'Messages that a webhook or the mail server took since the start.',
    ['receiver'],
    ofReceivers(({ sent }) => sent),
  ),
  counter(
    'outdial_outbox_faults_total',
    'Tries to send one that failed since the start.',
    ['receiver'],
    ofReceivers(({ faults }) => faults),
  ),
  gauge(
    'outdial_outbox_waiting',
    'Messages that are still to be taken.',
    ['receiver'],
    ofReceivers(({ waiting }) => waiting),
  ),
  gauge(
    'outdial_outbox_given_up',
    'Messages that are not tried any more, unless by hand.',
    ['receiver'],
    ofReceivers(({ givenUp }) => givenUp),
  ),
  gauge(
    'outdial_outbox_oldest_age_seconds',
    'For how long the oldest that waits has waited.',
    ['receiver'],
    ofReceivers(({ oldestAgeMs }) => oldestAgeMs / 1000),
  ),
];

const AGENTS: readonly Metric[] = [
  gauge(
    'outdial_agent_state',
    '1 for the state that the agent is in; only with metrics.agents.',
    ['agent', 'campaign', 'state'],
    ({ agents = [] }) =>
      agents.map(({ number, campaign = '', state }): Sample => [{ agent: number, campaign, state }, 1]),
  ),
];

/** In the order in which they are shown. */
export const METRICS: readonly Metric[] = [
  ...DAEMON,
  ...CAMPAIGNS,
  ...TODAY,
  ...TRUNKS,
  ...OUTSIDE,
  ...MACHINE,
  ...AGENTS,
];

function gauge(name: string, help: string, labels: readonly string[], read: Metric['read']): Metric {
  return { name, type: 'gauge', help, labels, read };
}

function counter(name: string, help: string, labels: readonly string[], read: Metric['read']): Metric {
  return { name, type: 'counter', help, labels, read };
}
