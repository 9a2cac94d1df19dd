// A plot over time: areas that stand on each other, or lines. Its legend is text beside it with the latest figures, so that
// nothing is said by the picture alone.

import type { ReactElement } from 'react';
import uPlot from 'uplot';
import { AXIS_FONT as font, colourOf, useDrawn } from '../../ui/drawn.tsx';
import './plot.css';
import { figure } from '../formats.ts';
import { localeOf } from '../words.ts';

type Colour = 'busy' | 'accent' | 'good' | 'warn' | 'bad' | 'quiet';

interface PlotRow {
  readonly label: string;
  readonly colour: Colour;
  readonly values: readonly number[];
}

interface PlotProps {
  readonly title: string;
  /** Epoch ms of the first value, and between two. */
  readonly fromAt: number;
  readonly stepMs: number;
  readonly rows: readonly PlotRow[];
  /** They stand on each other, the first below. */
  readonly isStacked?: boolean;
  readonly height?: number;
  /** Where no value has come yet. */
  readonly empty: string;
}

export function Plot(props: PlotProps): ReactElement {
  const { title, rows, empty } = props;
  const count = rows[0]?.values.length ?? 0;
  const place = useDrawn(count < 2 ? undefined : props, drawn);
  return (
    <figure className="plot">
      <figcaption>
        <h2>{title}</h2>
        <ul className="legend">
          {rows.map(({ label, colour, values }) => (
            <li key={label}>
              <span className={`swatch ${colour}`} aria-hidden="true" />
              {label} <strong className="numbers">{figure(values.at(-1) ?? 0)}</strong>
            </li>
          ))}
        </ul>
      </figcaption>
      {count < 2 ? (
        <p className="soft small plot-empty">{empty}</p>
      ) : (
        <div ref={place} aria-hidden="true" className="plot-place" />
      )}
    </figure>
  );
}

/** Of stacked rows the highest is drawn first: those below it are drawn over it. */
function dataOf({ rows, fromAt, stepMs, isStacked = false }: PlotProps): uPlot.AlignedData {
  const times = (rows[0]?.values ?? []).map((_, place) => (fromAt + place * stepMs) / 1000);
  if (!isStacked) return [times, ...rows.map(({ values }) => [...values])];
  let below: readonly number[] = times.map(() => 0);
  const stacked = rows.map(({ values }) => {
    below = values.map((value, place) => value + (below[place] ?? 0));
    return [...below];
  });
  return [times, ...stacked.toReversed()];
}

const drawn = (props: PlotProps, target: HTMLElement): uPlot =>
  new uPlot(optionsOf(props, target), dataOf(props), target);

function optionsOf({ rows, isStacked = false, height = 130 }: PlotProps, target: HTMLElement): uPlot.Options {
  const colour = (name: string): string => colourOf(target, name);
  const axis = { stroke: colour('ink-soft'), grid: { stroke: colour('line'), width: 1 }, ticks: { show: false } };
  const time = new Intl.DateTimeFormat(localeOf(), { hour: '2-digit', minute: '2-digit' });
  const series = rows.map(({ label, colour: name }) => ({
    label,
    width: isStacked ? 1 : 2,
    stroke: colour(name),
    points: { show: false },
    ...(isStacked ? { fill: colour(`color-mix(in srgb, var(--${name}) 40%, var(--card))`) } : {}),
  }));
  return {
    width: Math.max(100, target.clientWidth),
    height,
    legend: { show: false },
    cursor: { show: false },
    padding: [8, 18, 0, 0],
    scales: { y: { range: (_plot, _least, most) => [0, Math.max(4, most * 1.05)] } },
    axes: [
      { ...axis, font, size: 24, values: (_plot, splits) => splits.map((at) => time.format(at * 1000)) },
      { ...axis, font, size: 34, space: 26, incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000] },
    ],
    series: [{}, ...(isStacked ? series.toReversed() : series)],
  };
}

/** A small one inside a row: the course of a day without figures. */
export function Spark({ values }: { readonly values: readonly number[] }): ReactElement | null {
  if (values.length < 2) return null;
  const most = Math.max(1, ...values);
  const [width, height] = [52, 18];
  const step = width / (values.length - 1);
  const points = values.map(
    (value, place) => `${(place * step).toFixed(1)},${(height - 1 - (value / most) * (height - 2)).toFixed(1)}`,
  );
  return (
    <svg className="spark" viewBox={`0 0 ${width} ${height}`} width={width} height={height} aria-hidden="true">
      <polyline points={points.join(' ')} fill="none" stroke="currentColor" strokeWidth="1.5" />
    </svg>
  );
}
