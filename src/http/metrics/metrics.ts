// What /metrics says: every metric with what it is read from. Labels are bounded: campaigns, trunks, states and words of
// ours; never numbers, records or people, and agents only where the settings want them. Pure.

import type { TrunkView } from '../../engine/control-views.ts';
import { CAMPAIGNS, TODAY } from './campaign-metrics.ts';
import { counter, gauge, one, type Metric, type Sample, type Snapshot } from './metric.ts';

const ofTrunks =
  (value: (trunk: TrunkView) => number): Metric['read'] =>
  ({ trunks }) =>
    trunks.map((trunk) => [{ trunk: trunk.name }, value(trunk)] as const);

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
