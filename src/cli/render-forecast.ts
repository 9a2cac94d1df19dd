// A forecast for people: the figures of one team, or of several beside each other, with a picture. Pure.

import { formatDuration, formatShare } from '../base/durations.ts';
import { WAIT_EDGES_S, type Forecast, type Spread } from '../sim/forecast/forecast.ts';
import { bars, svgChart } from './plot.ts';
import { pairs, table } from './table.ts';

/** What is varied from one forecast to the next. */
type Varied = 'agents' | 'target';

export interface ForecastReport {
  /** What was simulated, in a few words. */
  readonly about: string;
  readonly forecasts: readonly Forecast[];
  readonly varied: Varied;
}

export function renderForecast({ about, forecasts, varied }: ForecastReport, width: number): string {
  const [only] = forecasts;
  if (only && forecasts.length === 1) return [about, '', one(only), '', waitBars(only, width)].join('\n');
  const x = (forecast: Forecast): string => nameOf(forecast, varied);
  const picture = (title: string, value: (forecast: Forecast) => number): string =>
    bars(
      title,
      forecasts.map((forecast) => ({ label: x(forecast), value: value(forecast), text: formatShare(value(forecast)) })),
      width,
    );
  return [
    about,
    '',
    several(forecasts, varied),
    '',
    picture('utilisation', ({ utilisation }) => utilisation.mean),
    '',
    picture('abandoned', ({ abandonRate }) => abandonRate.mean),
  ].join('\n');
}

/** The same as an SVG document. */
export function drawForecast({ about, forecasts, varied }: ForecastReport): string {
  const [only] = forecasts;
  if (only && forecasts.length === 1) {
    return svgChart({
      title: about,
      xTitle: 'an agent waits for the next conversation, seconds',
      xLabels: WAIT_EDGES_S.map((edge) => `${edge}–`),
      curves: [{ name: 'share of waits', colour: '#1f6feb', values: shares(only.waits), text: formatShare }],
    });
  }
  return svgChart({
    title: about,
    xTitle: varied === 'agents' ? 'agents' : 'abandon target',
    xLabels: forecasts.map((forecast) => nameOf(forecast, varied)),
    curves: [
      { name: 'utilisation', colour: '#1f6feb', values: forecasts.map((f) => f.utilisation.mean), text: formatShare },
      { name: 'abandoned', colour: '#cf222e', values: forecasts.map((f) => f.abandonRate.mean), text: formatShare },
    ],
  });
}

function one(forecast: Forecast): string {
  const { agents, days, hoursPerDay, utilisation, abandonRate, waitS, peakLines, hoursToFinish } = forecast;
  return pairs([
    ['agents', agents],
    ['simulated', `${days} ${days === 1 ? 'day' : 'days'} of ${round(hoursPerDay)} h`],
    ['utilisation', spreadText(utilisation, formatShare)],
    [
      'abandoned',
      `${spreadText(abandonRate, formatShare)} of live answers, target ${formatShare(forecast.abandonTarget)}`,
    ],
    ['days above target', formatShare(abandonRate.daysAbove)],
    ['agents wait', `p50 ${round(waitS.p50)} s   p90 ${round(waitS.p90)} s`],
    ['dials an hour', spreadText(forecast.dialsPerHour, whole)],
    ['conversations an hour', spreadText(forecast.conversationsPerHour, whole)],
    ['lines needed', spreadText(peakLines, whole)],
    ...(hoursToFinish === undefined ? [] : ([['hours to finish', spreadText(hoursToFinish, round)]] as const)),
  ]);
}

function several(forecasts: readonly Forecast[], varied: Varied): string {
  const finish = forecasts.some(({ hoursToFinish }) => hoursToFinish !== undefined);
  return table(
    forecasts,
    [
      { title: varied === 'agents' ? 'AGENTS' : 'TARGET', value: (row) => nameOf(row, varied), align: 'right' },
      { title: 'UTILISATION', value: (row) => spreadText(row.utilisation, formatShare), align: 'right' },
      { title: 'ABANDONED', value: (row) => spreadText(row.abandonRate, formatShare), align: 'right' },
      { title: 'DAYS ABOVE', value: (row) => formatShare(row.abandonRate.daysAbove), align: 'right' },
      { title: 'WAIT P50', value: (row) => `${round(row.waitS.p50)} s`, align: 'right' },
      { title: 'P90', value: (row) => `${round(row.waitS.p90)} s`, align: 'right' },
      { title: 'DIALS/H', value: (row) => whole(row.dialsPerHour.mean), align: 'right' },
      { title: 'TALKS/H', value: (row) => whole(row.conversationsPerHour.mean), align: 'right' },
      { title: 'LINES', value: (row) => whole(row.peakLines.high), align: 'right' },
      ...(finish
        ? [{ title: 'HOURS', value: (row: Forecast) => round(row.hoursToFinish?.mean ?? 0), align: 'right' as const }]
        : []),
    ],
    'Nothing was simulated.',
  );
}

function waitBars(forecast: Forecast, width: number): string {
  const rows = shares(forecast.waits).map((share, index) => {
    const from = WAIT_EDGES_S[index] ?? 0;
    const to = WAIT_EDGES_S[index + 1];
    return {
      label: to === undefined ? `${from} s and more` : `${from}–${to} s`,
      value: share,
      text: formatShare(share),
    };
  });
  return bars('how long agents wait for the next conversation', rows, width);
}

function shares(counts: readonly number[]): readonly number[] {
  const all = counts.reduce((sum, count) => sum + count, 0);
  return counts.map((count) => count / Math.max(1, all));
}

function nameOf(forecast: Forecast, varied: Varied): string {
  return varied === 'agents' ? String(forecast.agents) : formatShare(forecast.abandonTarget);
}

function spreadText({ mean, low, high }: Spread, show: (value: number) => string): string {
  const [from, to] = [show(low), show(high)];
  return from === to ? show(mean) : `${show(mean)} (${from} to ${to})`;
}

function whole(value: number): string {
  return String(Math.round(value));
}

function round(value: number): string {
  return String(Number(value.toFixed(1)));
}

/** How long a simulated day was warmed up, in words. */
export function warmUpText(warmUpS: number): string {
  return warmUpS === 0 ? 'beginning from nothing' : `after ${formatDuration(warmUpS * 1000)} of warm-up`;
}
