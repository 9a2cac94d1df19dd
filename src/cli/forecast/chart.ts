// Charts as SVG: panels beside each other with axes of their own, lines with their spread, columns, lines of text. Pure:
// the same figures give the same document. It stands on a white ground, so that it can be pasted anywhere.

export interface Series {
  readonly name: string;
  readonly colour: string;
  readonly values: readonly number[];
  /** Between which the values lie, drawn as a band. */
  readonly spread?: readonly { readonly low: number; readonly high: number }[];
}

export interface Panel {
  readonly title: string;
  readonly xTitle: string;
  /** What stands under each value. */
  readonly xLabels: readonly string[];
  /** Where each value stands, in the same units; absent: all equally far from each other. */
  readonly xs?: readonly number[];
  readonly series: readonly Series[];
  readonly kind: 'lines' | 'columns';
  /** How a value of the y axis is written. */
  readonly text: (value: number) => string;
  /** Whether the y axis begins at 0. */
  readonly fromZero: boolean;
  /** A value that must not be passed. */
  readonly limit?: { readonly name: string; readonly value: number };
}

export interface Picture {
  readonly title: string;
  readonly subtitle: string;
  /** Name and value, one below the other, left of the panels. */
  readonly figures?: readonly (readonly [string, string])[];
  readonly panels: readonly Panel[];
}

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export const BLUE = '#1f6feb';
export const PALE_BLUE = '#8db4f2';
const RED = '#cf222e';
const INK = '#24292f';
const PALE_INK = '#57606a';
const GRID = '#e3e6ea';

const WIDTH = 900;
const HEAD = 64;
const PANEL = { height: 270, left: 58, right: 20, top: 42, bottom: 46 };
const FIGURES_WIDTH = 330;
const FIGURE_HEIGHT = 24;
/** Labels nearer to each other than this many pixels for each letter would touch. */
const LETTER = 7.2;

/** The picture as an SVG document. */
export function drawPicture({ title, subtitle, figures = [], panels }: Picture): string {
  const inRow = panels.length > 1 && figures.length === 0 ? 2 : 1;
  const leftOf = figures.length > 0 ? FIGURES_WIDTH : 0;
  const width = (WIDTH - leftOf) / inRow;
  const rows = Math.ceil(panels.length / inRow);
  const height = HEAD + Math.max(rows * PANEL.height, figures.length * FIGURE_HEIGHT) + 12;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" font-family="system-ui, 'DejaVu Sans', sans-serif" font-size="12">`,
    `<title>${escape(title)}</title>`,
    `<rect width="${WIDTH}" height="${height}" fill="#ffffff"/>`,
    text(title, { x: 20, y: 28 }, { size: 17, weight: 600 }),
    text(subtitle, { x: 20, y: 48 }, { colour: PALE_INK }),
    ...figures.flatMap(([name, value], index) => {
      const y = HEAD + 34 + index * FIGURE_HEIGHT;
      return [text(name, { x: 20, y }, { colour: PALE_INK }), text(value, { x: 160, y }, { weight: 600 })];
    }),
    ...panels.flatMap((panel, index) =>
      drawPanel(panel, {
        x: leftOf + (index % inRow) * width,
        y: HEAD + Math.floor(index / inRow) * PANEL.height,
        width,
        height: PANEL.height,
      }),
    ),
    '</svg>',
    '',
  ].join('\n');
}

function drawPanel(panel: Panel, box: Box): readonly string[] {
  const plot = {
    x: box.x + PANEL.left,
    y: box.y + PANEL.top,
    width: box.width - PANEL.left - PANEL.right,
    height: box.height - PANEL.top - PANEL.bottom,
  };
  const scale = yScale(panel);
  const yOf = (value: number): number =>
    plot.y + plot.height * (1 - (value - scale.from) / Math.max(1e-12, scale.to - scale.from));
  const xOf = xPlaces(panel, plot);
  const middle = plot.x + plot.width / 2;
  return [
    text(panel.title, { x: plot.x, y: box.y + 18 }, { weight: 600 }),
    ...legend(panel, plot, box.y + 34),
    ...scale.ticks.flatMap((tick) => [
      line({ x: plot.x, y: yOf(tick) }, { x: plot.x + plot.width, y: yOf(tick) }, GRID),
      text(panel.text(tick), { x: plot.x - 8, y: yOf(tick) + 4 }, { anchor: 'end', colour: PALE_INK }),
    ]),
    ...xAxis(panel, plot, xOf),
    text(panel.xTitle, { x: middle, y: plot.y + plot.height + 38 }, { anchor: 'middle', colour: PALE_INK }),
    ...panel.series.flatMap((series) =>
      panel.kind === 'columns' ? columns(series, plot, yOf) : curve(series, xOf, yOf),
    ),
    ...limitLine(panel, plot, yOf),
  ];
}

/** The names of the series where there are several, in their colours. */
function legend({ series }: Panel, plot: Box, y: number): readonly string[] {
  if (series.length < 2) return [];
  let x = plot.x;
  return series.map(({ name, colour }) => {
    const drawn = `<circle cx="${round(x + 4)}" cy="${round(y - 4)}" r="4" fill="${colour}"/>${text(name, { x: x + 14, y }, { colour: PALE_INK })}`;
    x += 30 + name.length * LETTER;
    return drawn;
  });
}

function xPlaces({ xLabels, xs, kind }: Panel, plot: Box): readonly number[] {
  const count = xLabels.length;
  if (kind === 'columns') return xLabels.map((_, index) => plot.x + (index * plot.width) / Math.max(1, count));
  const at = xs ?? xLabels.map((_, index) => index);
  const [first, last] = [Math.min(...at), Math.max(...at)];
  return at.map((x) => plot.x + (last === first ? 0.5 : (x - first) / (last - first)) * plot.width);
}

/** Labels from the left, without those that would touch the one before. */
function xAxis({ xLabels }: Panel, plot: Box, places: readonly number[]): readonly string[] {
  const y = plot.y + plot.height;
  let free = -Infinity;
  const labels = xLabels.flatMap((label, index) => {
    const x = places[index] ?? 0;
    const half = (label.length * LETTER) / 2;
    if (x - half < free) return [];
    free = x + half + 6;
    return [text(label, { x, y: y + 18 }, { anchor: 'middle', colour: PALE_INK })];
  });
  return [line({ x: plot.x, y }, { x: plot.x + plot.width, y }, PALE_INK), ...labels];
}

function curve(series: Series, xs: readonly number[], yOf: (value: number) => number): readonly string[] {
  const { colour, values, spread } = series;
  const point = (value: number, index: number): string => `${round(xs[index] ?? 0)},${round(yOf(value))}`;
  const points = values.map(point);
  const band = spread && [
    ...spread.map(({ high }, index) => point(high, index)),
    ...spread.map(({ low }, index) => point(low, index)).reverse(),
  ];
  return [
    ...(band ? [`<polygon points="${band.join(' ')}" fill="${colour}" fill-opacity="0.15"/>`] : []),
    `<polyline points="${points.join(' ')}" fill="none" stroke="${colour}" stroke-width="2"/>`,
    ...values.map(
      (value, index) => `<circle cx="${round(xs[index] ?? 0)}" cy="${round(yOf(value))}" r="3" fill="${colour}"/>`,
    ),
  ];
}

function columns({ colour, values }: Series, plot: Box, yOf: (value: number) => number): readonly string[] {
  const width = plot.width / Math.max(1, values.length);
  return values.map((value, index) => {
    const [x, y] = [plot.x + index * width + 1, yOf(value)];
    return `<rect x="${round(x)}" y="${round(y)}" width="${round(width - 2)}" height="${round(plot.y + plot.height - y)}" fill="${colour}"/>`;
  });
}

function limitLine({ limit }: Panel, plot: Box, yOf: (value: number) => number): readonly string[] {
  if (!limit) return [];
  const y = yOf(limit.value);
  const right = plot.x + plot.width;
  return [
    `<line x1="${round(plot.x)}" x2="${round(right)}" y1="${round(y)}" y2="${round(y)}" stroke="${RED}" stroke-dasharray="5 4"/>`,
    text(limit.name, { x: right, y: y - 5 }, { anchor: 'end', colour: RED }),
  ];
}

/** Round ticks around all that is drawn. */
function yScale(panel: Panel): { readonly from: number; readonly to: number; readonly ticks: readonly number[] } {
  const all = panel.series.flatMap(({ values, spread = [] }) => [
    ...values,
    ...spread.flatMap(({ low, high }) => [low, high]),
  ]);
  const most = Math.max(...all, panel.limit?.value ?? -Infinity, 1e-9);
  const least = panel.fromZero ? 0 : Math.min(...all);
  const step = roundStep((most - least) / 4 || most / 4);
  const from = Math.floor(least / step + 1e-9) * step;
  const count = Math.max(1, Math.ceil((most - from) / step - 1e-9));
  const ticks = Array.from({ length: count + 1 }, (_, index) => from + index * step);
  return { from, to: from + count * step, ticks };
}

/** 1, 2, 2.5 or 5 times a power of ten, at least `size`. */
function roundStep(size: number): number {
  const power = 10 ** Math.floor(Math.log10(size));
  return ([1, 2, 2.5, 5].find((step) => step * power >= size * 0.999) ?? 10) * power;
}

interface Look {
  readonly anchor?: 'start' | 'middle' | 'end';
  readonly colour?: string;
  readonly size?: number;
  readonly weight?: number;
}

function text(said: string, at: { readonly x: number; readonly y: number }, look: Look = {}): string {
  const { anchor = 'start', colour = INK, size, weight } = look;
  const font = `${size === undefined ? '' : ` font-size="${size}"`}${weight === undefined ? '' : ` font-weight="${weight}"`}`;
  return `<text x="${round(at.x)}" y="${round(at.y)}" text-anchor="${anchor}" fill="${colour}"${font}>${escape(said)}</text>`;
}

function line(from: { readonly x: number; readonly y: number }, to: typeof from, colour: string): string {
  return `<line x1="${round(from.x)}" x2="${round(to.x)}" y1="${round(from.y)}" y2="${round(to.y)}" stroke="${colour}"/>`;
}

function escape(said: string): string {
  return said.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function round(value: number): string {
  return String(Math.round(value * 10) / 10);
}
