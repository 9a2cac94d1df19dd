// Metrics of campaigns: what they do now, and what came of their day and their abandonment window.

import type { CampaignView } from '../../engine/control-views.ts';
import { NOT_DIALING } from '../../eligibility/dialing.ts';
import { AGENT_STATES, CAMPAIGN_STATES } from '../../terms.ts';
import { counter, gauge, type Metric, type Sample } from './metric.ts';

const ofCampaigns =
  (value: (campaign: CampaignView) => number | undefined): Metric['read'] =>
  ({ campaigns }) =>
    campaigns.flatMap((campaign) => {
      const number = value(campaign);
      return number === undefined ? [] : [[{ campaign: campaign.name }, number] as const];
    });
const ofWindow = (value: (window: NonNullable<CampaignView['window']>) => number): Metric['read'] =>
  ofCampaigns(({ window }) => (window === undefined ? undefined : value(window)));

export const CAMPAIGNS: readonly Metric[] = [
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

export const TODAY: readonly Metric[] = [
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
