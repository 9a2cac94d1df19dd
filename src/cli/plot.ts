// Figures as pictures: bars for the terminal, a chart with axes as SVG. Pure: the same figures give the same picture.

import { pad } from './table.ts';

export interface Bar {
  readonly label: string;
  readonly value: number;
  /** The value in words. */
  readonly text: string;
}

const PARTS = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];

/** Horizontal bars, the longest as wide as `width` allows; `most` is what a full bar stands for. */
export function bars(title: string, rows: readonly Bar[], width: number, most?: number): string {
  const full = most ?? Math.max(0, ...rows.map(({ value }) => value));
  const labels = Math.max(0, ...rows.map(({ label }) => label.length));
  const texts = Math.max(0, ...rows.map(({ text }) => text.length));
  const room = Math.max(10, Math.min(60, width - labels - texts - 4));
  const lines = rows.map(({ label, value, text }) => {
    const eighths = full <= 0 ? 0 : Math.round(Math.min(1, value / full) * room * 8);
    const bar = '█'.repeat(Math.floor(eighths / 8)) + (PARTS[eighths % 8] ?? '');
    return `${pad(label, labels, 'right')}  ${pad(text, texts, 'right')}  ${bar}`.trimEnd();
  });
  return [title, ...lines].join('\n');
}

interface Curve {
  readonly name: string;
  readonly colour: string;
  /** One value for each x. */
  readonly values: readonly number[];
  readonly text: (value: number) => string;
}

export interface Chart {
  readonly title: string;
  readonly xTitle: string;
  readonly xLabels: readonly string[];
  /** Each with a scale of its own, the first on the left, the second on the right. */
  readonly curves: readonly Curve[];
}

const SIZE = { width: 760, height: 420, left: 80, right: 80, top: 50, bottom: 60 };
const TICKS = 5;

/** A line for each curve over the same x, as an SVG document. */
export function svgChart(chart: Chart): string {
  const { width, height, left, right, top, bottom } = SIZE;
  const span = { x: width - left - right, y: height - top - bottom };
  const count = chart.xLabels.length;
  const xOf = (index: number): number => left + (count < 2 ? span.x / 2 : (index * span.x) / (count - 1));
  const lines = chart.curves.flatMap((curve, place) => {
    const top = scaleOf(curve.values);
    const yOf = (value: number): number => height - bottom - (value / top) * span.y;
    const points = curve.values.map((value, index) => `${round(xOf(index))},${round(yOf(value))}`);
    const axisX = place === 0 ? left : width - right;
    return [
      ...Array.from({ length: TICKS + 1 }, (_, tick) => (top * tick) / TICKS).map((value) =>
        label(
          curve.text(value),
          { x: axisX + (place === 0 ? -8 : 8), y: yOf(value) + 4 },
          place === 0 ? 'end' : 'start',
          curve.colour,
        ),
      ),
      `<polyline points="${points.join(' ')}" fill="none" stroke="${curve.colour}" stroke-width="2"/>`,
      ...points.map((point) => {
        const [cx, cy] = point.split(',');
        return `<circle cx="${cx}" cy="${cy}" r="3.5" fill="${curve.colour}"/>`;
      }),
      label(curve.name, { x: axisX, y: SIZE.top - 14 }, 'middle', curve.colour),
    ];
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="sans-serif" font-size="12">`,
    `<rect width="${width}" height="${height}" fill="#ffffff"/>`,
    label(chart.title, { x: width / 2, y: 20 }, 'middle', '#222222'),
    ...Array.from({ length: TICKS + 1 }, (_, tick) => {
      const y = round(height - bottom - (tick / TICKS) * span.y);
      return `<line x1="${left}" x2="${width - right}" y1="${y}" y2="${y}" stroke="#dddddd"/>`;
    }),
    ...chart.xLabels.map((text, index) => label(text, { x: xOf(index), y: height - bottom + 20 }, 'middle', '#222222')),
    label(chart.xTitle, { x: width / 2, y: height - 16 }, 'middle', '#222222'),
    ...lines,
    '</svg>',
    '',
  ].join('\n');
}

/** A round figure at or above the largest value. */
function scaleOf(values: readonly number[]): number {
  const most = Math.max(...values, 1e-9);
  const power = 10 ** Math.floor(Math.log10(most));
  return [1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10].map((step) => step * power).find((scale) => scale >= most * 0.999) ?? most;
}

function label(text: string, at: { readonly x: number; readonly y: number }, anchor: string, colour: string): string {
  return `<text x="${round(at.x)}" y="${round(at.y)}" text-anchor="${anchor}" fill="${colour}">${escape(text)}</text>`;
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function round(value: number): string {
  return String(Math.round(value * 10) / 10);
}
