// A forecast for people at a terminal: the figures of one team, or of several beside each other, with bars. Pure.

import { formatDuration, formatShare } from '../../base/durations.ts';
import type { Forecast, Spread } from '../../sim/forecast/forecast.ts';
import { bars } from '../render/plot.ts';
import { pairs, table, type Column } from '../render/table.ts';

export interface ForecastReport {
  /** What was simulated, in a few words. */
  readonly about: string;
  readonly forecasts: readonly Forecast[];
  /** What differs from one forecast to the next. */
  readonly varied: 'agents' | 'target';
  /** Lines at once that the pacing was held to; absent: as many as it liked. */
  readonly maxLines?: number;
}

export function renderForecast(report: ForecastReport, width: number): string {
  const { about, forecasts } = report;
  const [only] = forecasts;
  if (only && forecasts.length === 1)
    return [about, '', pairs(forecastFigures(only)), ...ceiling(report), '', waitBars(only, width)].join('\n');
  const picture = (title: string, value: (forecast: Forecast) => number, most: number): string =>
    bars(
      title,
      forecasts.map((forecast) => ({
        label: forecastName(forecast, report),
        value: value(forecast),
        text: formatShare(value(forecast)),
      })),
      { width, most },
    );
  const target = Math.max(...forecasts.map(({ abandonTarget }) => abandonTarget));
  const most = Math.max(target, ...forecasts.map(({ abandonRate }) => abandonRate.mean));
  return [
    about,
    '',
    several(report, width),
    ...ceiling(report),
    '',
    picture('utilisation (a full bar: 100 %)', ({ utilisation }) => utilisation.mean, 1),
    '',
    picture(`abandoned (a full bar: ${formatShare(most)})`, ({ abandonRate }) => abandonRate.mean, most),
  ].join('\n');
}

/** Lines that were all in use are what held the forecast back, and not the team. */
export function atCeiling({ peakLines }: Forecast, maxLines: number | undefined): boolean {
  return maxLines !== undefined && peakLines.high >= maxLines;
}

function ceiling(report: ForecastReport): readonly string[] {
  const { forecasts, maxLines, varied } = report;
  const held = forecasts.filter((forecast) => atCeiling(forecast, maxLines));
  if (held.length === 0) return [];
  const names = held.map((forecast) => forecastName(forecast, report)).join(', ');
  const which = forecasts.length === 1 ? '' : ` (${varied === 'agents' ? 'agents' : 'target'}: ${names})`;
  const what = `max_lines: all ${maxLines ?? 0} lines were in use at once${which}, so lines were the ceiling.`;
  return ['', `${what} See what more would bring: --max-lines.`];
}

/** Name and value of each figure of one team. */
export function forecastFigures(forecast: Forecast): readonly (readonly [string, string])[] {
  const { agents, days, hoursPerDay, utilisation, abandonRate, waitS, peakLines, hoursToFinish } = forecast;
  return [
    ['agents', String(agents)],
    ['simulated', `${days} ${days === 1 ? 'day' : 'days'} of ${Number(hoursPerDay.toFixed(1))} h`],
    ['utilisation', spreadText(utilisation, formatShare)],
    ['abandoned', spreadText(abandonRate, formatShare)],
    ['abandon target', formatShare(forecast.abandonTarget)],
    ['days above target', formatShare(abandonRate.daysAbove)],
    ['agents wait', `p50 ${tenths(waitS.p50)} s   p90 ${tenths(waitS.p90)} s`],
    ['dials an hour', spreadText(forecast.dialsPerHour, whole)],
    ['conversations an hour', spreadText(forecast.conversationsPerHour, whole)],
    ['lines needed', spreadText(peakLines, whole)],
    ...(hoursToFinish === undefined ? [] : ([['hours to finish', spreadText(hoursToFinish, tenths)]] as const)),
  ];
}

/** What sets a forecast apart from the others of its report. */
export function forecastName(forecast: Forecast, { varied }: ForecastReport): string {
  return varied === 'agents' ? String(forecast.agents) : formatShare(forecast.abandonTarget);
}

/** Share of the waits in each class, with the class in words. */
export function waitShares({ waits }: Forecast): readonly { readonly label: string; readonly share: number }[] {
  const all = waits.counts.reduce((sum, count) => sum + count, 0);
  return waits.counts.map((count, index) => {
    const [from, to] = [index * waits.stepS, (index + 1) * waits.stepS];
    const label = index === waits.counts.length - 1 ? `${from} s and more` : `${from}–${to} s`;
    return { label, share: count / Math.max(1, all) };
  });
}

/** A column and how wide the screen must at least be for it. */
type ForecastColumn = Column<Forecast> & { readonly least?: number };

function several(report: ForecastReport, width: number): string {
  const { forecasts, varied } = report;
  const withEnd = forecasts.some(({ hoursToFinish }) => hoursToFinish !== undefined);
  const columns: readonly ForecastColumn[] = [
    { title: varied === 'agents' ? 'AGENTS' : 'TARGET', value: (row) => forecastName(row, report) },
    { title: 'UTILISATION', value: (row) => formatShare(row.utilisation.mean) },
    { title: 'SPREAD', value: (row) => between(row.utilisation), least: 116 },
    { title: 'ABANDONED', value: (row) => formatShare(row.abandonRate.mean) },
    { title: 'SPREAD', value: (row) => between(row.abandonRate), least: 116 },
    { title: 'DAYS ABOVE', value: (row) => formatShare(row.abandonRate.daysAbove) },
    { title: 'WAIT P50', value: (row) => `${tenths(row.waitS.p50)} s` },
    { title: 'P90', value: (row) => `${tenths(row.waitS.p90)} s`, least: 92 },
    { title: 'DIALS/H', value: (row) => whole(row.dialsPerHour.mean), least: 92 },
    { title: 'TALKS/H', value: (row) => whole(row.conversationsPerHour.mean) },
    { title: 'LINES', value: (row) => whole(row.peakLines.high) },
    ...(withEnd ? [{ title: 'HOURS', value: (row: Forecast) => tenths(row.hoursToFinish?.mean ?? 0) }] : []),
  ];
  const shown = columns.filter(({ least = 0 }) => least <= width);
  return table(
    forecasts,
    shown.map(({ title, value }) => ({ title, value, align: 'right' as const })),
    'Nothing was simulated.',
  );
}

function waitBars(forecast: Forecast, width: number): string {
  const rows = waitShares(forecast).map(({ label, share }) => ({ label, value: share, text: formatShare(share) }));
  return bars('how long agents wait for the next conversation', rows, { width });
}

function spreadText(spread: Spread, show: (value: number) => string): string {
  const [low, high] = [show(spread.low), show(spread.high)];
  return low === high ? show(spread.mean) : `${show(spread.mean)} (${low} to ${high})`;
}

/** `82.1–84.2 %`. */
function between({ low, high }: Spread): string {
  return `${formatShare(low).replace(' %', '')}–${formatShare(high)}`;
}

function whole(value: number): string {
  return String(Math.round(value));
}

function tenths(value: number): string {
  return value.toFixed(1);
}

/** How long a simulated day was warmed up, in words. */
export function warmUpText(warmUpS: number): string {
  return warmUpS === 0 ? 'beginning from nothing' : `after ${formatDuration(warmUpS * 1000)} of warm-up`;
}
