// A forecast as a picture: one team's figures beside its agents' waits, or four panels over teams or targets. Pure.

import { formatShare } from '../../base/durations.ts';
import type { Forecast, Spread } from '../../sim/forecast/forecast.ts';
import { BLUE, drawPicture, PALE_BLUE, type Panel, type Series } from './chart.ts';
import { forecastFigures, forecastName, waitShares, type ForecastReport } from './render.ts';

/** The report as an SVG document. */
export function drawForecast(report: ForecastReport): string {
  const { about, forecasts, varied } = report;
  const [only] = forecasts;
  if (only && forecasts.length === 1) {
    const title = `What to expect of ${only.agents} ${only.agents === 1 ? 'agent' : 'agents'}`;
    return drawPicture({ title, subtitle: about, figures: forecastFigures(only), panels: [waits(only)] });
  }
  const title =
    varied === 'agents' ? 'What to expect of so many agents' : 'What to expect of so high an abandon target';
  return drawPicture({ title, subtitle: `${about}; shaded: nine of ten days`, panels: panelsOf(report) });
}

function waits(forecast: Forecast): Panel {
  const classes = waitShares(forecast);
  return {
    title: 'how long agents wait for the next conversation',
    xTitle: 'seconds',
    xLabels: classes.map((_, index) => `${index * forecast.waits.stepS}${index === classes.length - 1 ? '+' : ''}`),
    series: [{ name: 'share of waits', colour: BLUE, values: classes.map(({ share }) => share) }],
    kind: 'columns',
    text: wholeShare,
    fromZero: true,
  };
}

function panelsOf(report: ForecastReport): readonly Panel[] {
  const { forecasts, varied } = report;
  const [first] = forecasts;
  const shared = {
    xTitle: varied === 'agents' ? 'agents' : 'abandon target',
    xLabels: forecasts.map((forecast) => forecastName(forecast, report)),
    xs: forecasts.map(({ agents, abandonTarget }) => (varied === 'agents' ? agents : abandonTarget)),
    kind: 'lines',
  } as const;
  const spreadOf = (name: string, of: (forecast: Forecast) => Spread): Series => ({
    name,
    colour: BLUE,
    values: forecasts.map((forecast) => of(forecast).mean),
    spread: forecasts.map(of),
  });
  const target = first && varied === 'agents' ? { limit: { name: 'target', value: first.abandonTarget } } : {};
  return [
    {
      ...shared,
      title: 'utilisation',
      text: wholeShare,
      fromZero: false,
      series: [spreadOf('utilisation', ({ utilisation }) => utilisation)],
    },
    {
      ...shared,
      ...target,
      title: 'abandoned, of the live answers',
      text: formatShare,
      fromZero: true,
      series: [spreadOf('abandoned', ({ abandonRate }) => abandonRate)],
    },
    {
      ...shared,
      title: 'agents wait for the next conversation',
      text: seconds,
      fromZero: true,
      series: [
        { name: 'half of the waits are shorter', colour: BLUE, values: forecasts.map(({ waitS }) => waitS.p50) },
        { name: 'nine of ten', colour: PALE_BLUE, values: forecasts.map(({ waitS }) => waitS.p90) },
      ],
    },
    {
      ...shared,
      title: 'lines needed',
      text: String,
      fromZero: true,
      series: [spreadOf('lines', ({ peakLines }) => peakLines)],
    },
  ];
}

/** Without a tenth that says nothing. */
function wholeShare(share: number): string {
  return formatShare(share).replace('.0 %', ' %');
}

function seconds(value: number): string {
  return `${Number(value.toFixed(1))} s`;
}
