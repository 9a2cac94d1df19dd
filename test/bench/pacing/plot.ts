// Line plots as small SVG files: a few curves over the size of the team (logarithmic), with a legend.

export interface Curve {
  readonly name: string;
  readonly colour: string;
  readonly dashed?: boolean;
  readonly points: readonly { readonly x: number; readonly y: number }[];
}

export interface Plot {
  readonly title: string;
  readonly xLabel: string;
  readonly yLabel: string;
  readonly yFrom: number;
  readonly yTo: number;
  readonly yStep: number;
  readonly xTicks: readonly number[];
  readonly curves: readonly Curve[];
}

const WIDTH = 720;
const HEIGHT = 400;
const LEFT = 56;
const RIGHT = 180;
const TOP = 36;
const BOTTOM = 48;

/** The plot as an SVG document. */
export function svgOf(plot: Plot): string {
  const first = Math.log(plot.xTicks[0] ?? 1);
  const last = Math.log(plot.xTicks.at(-1) ?? 10);
  const x = (value: number): string => at(LEFT + ((Math.log(value) - first) / (last - first)) * (WIDTH - LEFT - RIGHT));
  const y = (value: number): string =>
    at(TOP + ((plot.yTo - value) / (plot.yTo - plot.yFrom)) * (HEIGHT - TOP - BOTTOM));
  const right = at(WIDTH - RIGHT);
  const bottom = at(HEIGHT - BOTTOM);
  const parts = [
    `<text x="${at(LEFT)}" y="20" font-weight="bold">${plot.title}</text>`,
    `<text x="${at((LEFT + WIDTH - RIGHT) / 2)}" y="${at(HEIGHT - 10)}" text-anchor="middle">${plot.xLabel}</text>`,
    `<text transform="translate(16 ${at((TOP + HEIGHT - BOTTOM) / 2)}) rotate(-90)" text-anchor="middle">${plot.yLabel}</text>`,
  ];
  for (let value = plot.yFrom; value <= plot.yTo + 1e-9; value += plot.yStep) {
    parts.push(`<path d="M${at(LEFT)} ${y(value)}H${right}" stroke="#ddd"/>`);
    parts.push(`<text x="${at(LEFT - 6)}" y="${y(value)}" dy="4" text-anchor="end">${at(value)}</text>`);
  }
  for (const tick of plot.xTicks) {
    parts.push(`<path d="M${x(tick)} ${at(TOP)}V${bottom}" stroke="#eee"/>`);
    parts.push(`<text x="${x(tick)}" y="${at(HEIGHT - BOTTOM + 16)}" text-anchor="middle">${tick}</text>`);
  }
  plot.curves.forEach((curve, i) => {
    const line = curve.points.map((point, n) => `${n === 0 ? 'M' : 'L'}${x(point.x)} ${y(point.y)}`).join('');
    const dash = curve.dashed === true ? ' stroke-dasharray="5 4"' : '';
    parts.push(`<path d="${line}" fill="none" stroke="${curve.colour}" stroke-width="2"${dash}/>`);
    const legend = TOP + 10 + i * 20;
    const from = WIDTH - RIGHT + 14;
    parts.push(`<path d="M${at(from)} ${at(legend)}h24" stroke="${curve.colour}" stroke-width="2"${dash}/>`);
    parts.push(`<text x="${at(from + 30)}" y="${at(legend + 4)}">${curve.name}</text>`);
  });
  const head = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="sans-serif" font-size="12">`;
  return `${head}\n<rect width="100%" height="100%" fill="#fff"/>\n${parts.join('\n')}\n</svg>\n`;
}

function at(value: number): string {
  return String(Math.round(value * 10) / 10);
}
