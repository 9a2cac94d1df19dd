// A picture of the demo's screen for the README (docs/demo.svg): the very text that the terminal shows, with its colours.

const LEFT = 18;
const TOP = 52;
const LINE = 19;
const SIZE = 14;
/** Width of a character of a monospace font. */
const ADVANCE = 8.44;

const PLAIN = 'fill="#c9d1d9"';
/** By the code that begins it (ECMA-48, SGR); any other code ends it. */
const STYLES: ReadonlyMap<string, string> = new Map([
  ['1', 'fill="#f0f6fc" font-weight="700"'],
  ['2', 'fill="#8b949e"'],
  ['31', 'fill="#ff7b72"'],
  ['32', 'fill="#7ee787"'],
  ['33', 'fill="#e3b341"'],
]);
const CODE = new RegExp(`${String.fromCharCode(27)}\\[(\\d+)m`);

/** An SVG of the text as a terminal `columns` wide shows it. */
export function pictureOf(text: string, columns: number): string {
  const lines = text.split('\n');
  const width = Math.round(2 * LEFT + columns * ADVANCE);
  const height = TOP + lines.length * LINE;
  const dots = ['#ff5f57', '#febc2e', '#28c840'].map(
    (colour, place) => `<circle cx="${20 + 18 * place}" cy="18" r="5" fill="${colour}"/>`,
  );
  const rows = lines.map(
    (line, place) => `<text x="${LEFT}" y="${TOP + place * LINE}" xml:space="preserve">${spansOf(line)}</text>`,
  );
  const font = "ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace";
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-label="A running demo: the campaign's state, agents, calls, abandon rate and answer delay, pacing with its reason, the last steps of calls">`,
    `<rect width="${width}" height="${height}" rx="8" fill="#0d1117"/>`,
    dots.join(''),
    `<g font-family="${font}" font-size="${SIZE}">`,
    ...rows,
    '</g>',
    '</svg>',
    '',
  ].join('\n');
}

function spansOf(line: string): string {
  // Text and codes in turns, text first.
  const parts = line.split(CODE);
  let style = PLAIN;
  return parts
    .map((part, place) => {
      if (place % 2 === 1) style = STYLES.get(part) ?? PLAIN;
      return place % 2 === 1 || part === '' ? '' : `<tspan ${style}>${escaped(part)}</tspan>`;
    })
    .join('');
}

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
