// A chart of figures over teams, targets or days: a line for each, with the band in which nine of ten lie, and what it must
// not pass. The same figures stand in a table beside it, so that nothing is said by the picture alone.

import type { ReactElement } from 'react';
import uPlot from 'uplot';
import { AXIS_FONT as font, colourOf, useDrawn } from './drawn.tsx';

type ChartColour = 'accent' | 'good' | 'warn' | 'bad' | 'busy' | 'quiet';

export interface ChartLine {
  readonly label: string;
  readonly colour: ChartColour;
  readonly values: readonly (number | null)[];
  /** Between what most of them lie. */
  readonly low?: readonly number[];
  readonly high?: readonly number[];
  /** A limit: it is dashed. */
  readonly isLimit?: boolean;
  readonly isBars?: boolean;
}

interface ChartProps {
  readonly title: string;
  readonly x: readonly number[];
  readonly lines: readonly ChartLine[];
  readonly showX: (value: number) => string;
  readonly showY: (value: number) => string;
  readonly height?: number;
}

export function Chart(props: ChartProps): ReactElement {
  const place = useDrawn(props, drawn);
  return (
    <figure className="chart">
      <figcaption>{props.title}</figcaption>
      {props.lines.length > 1 && (
        <ul className="legend">
          {props.lines.map(({ label, colour, isLimit = false }) => (
            <li key={label}>
              <svg width="22" height="8" aria-hidden="true" style={{ color: `var(--${colour})` }}>
                <path d="M0 4h22" stroke="currentColor" strokeWidth="2" strokeDasharray={isLimit ? '6 4' : undefined} />
              </svg>
              {label}
            </li>
          ))}
        </ul>
      )}
      <div ref={place} aria-hidden="true" className="chart-place" />
    </figure>
  );
}

function drawn({ x, lines, showX, showY, height = 190 }: ChartProps, target: HTMLElement): uPlot {
  const colour = (name: string): string => colourOf(target, name);
  const axis = { stroke: colour('ink-soft'), grid: { stroke: colour('line'), width: 1 }, ticks: { show: false } };
  const data: (readonly (number | null)[])[] = [x];
  const series: uPlot.Series[] = [{}];
  const bands: uPlot.Band[] = [];
  for (const line of lines) {
    const stroke = colour(line.colour);
    if (line.low && line.high) {
      const at = data.length;
      data.push(line.high, line.low);
      for (let turn = 0; turn < 2; turn += 1) series.push({ stroke: 'transparent', points: { show: false } });
      bands.push({ series: [at, at + 1], fill: colour(`${line.colour}-wash`) });
    }
    data.push(line.values);
    series.push({
      label: line.label,
      stroke,
      width: 2,
      points: { show: x.length < 30 && line.isLimit !== true && line.isBars !== true },
      ...(line.isLimit === true ? { dash: [6, 4] } : {}),
      ...(line.isBars === true && uPlot.paths.bars
        ? { paths: uPlot.paths.bars({ size: [0.7, 60] }), fill: colour(`${line.colour}-wash`) }
        : {}),
    });
  }
  const options: uPlot.Options = {
    width: Math.max(120, target.clientWidth),
    height,
    legend: { show: false },
    cursor: { show: false },
    padding: [8, 12, 0, 0],
    scales: {
      x: { time: false, range: () => rangeOf(x, lines) },
      y: { range: (_plot, _least, most) => [0, most > 0 ? most * 1.1 : 1] },
    },
    axes: [
      { ...axis, font, size: 26, splits: () => [...thinned(x)], values: (_plot, splits) => splits.map(showX) },
      { ...axis, font, size: 52, space: 28, values: (_plot, splits) => splits.map(showY) },
    ],
    series,
    bands,
  };
  return new uPlot(options, data as uPlot.AlignedData, target);
}

/** Bars, and a figure that stands alone, need room on both sides. */
function rangeOf(x: readonly number[], lines: readonly ChartLine[]): [number, number] {
  const [first = 0, last = 0] = [x[0], x.at(-1)];
  const room = x.length === 1 ? 1 : lines.some(({ isBars }) => isBars === true) ? 0.6 : 0;
  return [first - room, last + room];
}

/** At most ten marks. */
function thinned(x: readonly number[]): readonly number[] {
  const every = Math.ceil(x.length / 10);
  return x.filter((_, place) => place % every === 0);
}
