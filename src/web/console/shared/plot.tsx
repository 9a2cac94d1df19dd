// A plot over time: areas that stand on each other, or lines. Its legend is text beside it with the latest figures, so that
// nothing is said by the picture alone.

import { useEffect, useRef, type ReactElement } from 'react';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import './plot.css';
import { preferences } from '../../agent/preferences.ts';
import { useValue } from '../../agent/use-desk.tsx';
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
  const place = useRef<HTMLDivElement>(null);
  const { theme } = useValue(preferences);
  const count = rows[0]?.values.length ?? 0;
  useEffect(() => {
    const target = place.current;
    if (target === null || count < 2) return;
    const draw = (): uPlot => new uPlot(optionsOf(props, target), dataOf(props), target);
    let plot = draw();
    const again = (): void => {
      plot.destroy();
      plot = draw();
    };
    const watch = new ResizeObserver(([entry]) => {
      const width = Math.floor(entry?.contentRect.width ?? 0);
      if (width > 0 && width !== plot.width) plot.setSize({ width, height: plot.height });
    });
    watch.observe(target);
    const dark = globalThis.matchMedia('(prefers-color-scheme: dark)');
    dark.addEventListener('change', again);
    return () => {
      watch.disconnect();
      dark.removeEventListener('change', again);
      plot.destroy();
    };
  }, [props, count, theme]);
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

function optionsOf({ rows, isStacked = false, height = 130 }: PlotProps, target: HTMLElement): uPlot.Options {
  const colourOf = (name: string): string => {
    const probe = document.createElement('span');
    probe.className = `probe-${name}`;
    target.append(probe);
    const { color } = getComputedStyle(probe);
    probe.remove();
    return color;
  };
  const axis = { stroke: colourOf('ink'), grid: { stroke: colourOf('line'), width: 1 }, ticks: { show: false } };
  const font = '11px system-ui, sans-serif';
  const time = new Intl.DateTimeFormat(localeOf(), { hour: '2-digit', minute: '2-digit' });
  const series = rows.map(({ label, colour }) => ({
    label,
    width: isStacked ? 1 : 2,
    stroke: colourOf(colour),
    points: { show: false },
    ...(isStacked ? { fill: colourOf(`${colour}-area`) } : {}),
  }));
  return {
    width: Math.max(100, target.clientWidth),
    height,
    legend: { show: false },
    cursor: { show: false },
    padding: [8, 8, 0, 0],
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
