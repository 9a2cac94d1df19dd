// Where a command's words go: results on stdout, everything else on stderr. Tests put their own here.

export interface Terminal {
  out(text: string): void;
  err(text: string): void;
  /** Stdout is a screen that can be redrawn. */
  readonly isScreen: boolean;
  /** Errors may be coloured. */
  readonly isErrorScreen: boolean;
  /** Characters per line of the screen now. */
  width(): number;
  /** Lines of the screen now. */
  height(): number;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The folder that relative paths start from. */
  readonly folder: string;
  /** Calls `stop` at Ctrl-C or when the terminal goes away, until the returned function is called. */
  onInterrupt(stop: () => void): () => void;
}

/** Our own signs and what stands for each on a screen of ASCII: one place for one place, so that columns hold. */
const SIGNS: Readonly<Record<string, string>> = {
  '█': '#',
  '▉': '#',
  '▊': '#',
  '▋': '#',
  '▌': '#',
  '▍': '',
  '▎': '',
  '▏': '',
  '░': '.',
  '→': '>',
  '–': '-',
  '…': '~',
  '✔': '+',
  '✘': 'x',
  '×': 'x',
  '’': "'",
};

/** Whether the environment says that the screen shows UTF-8; a locale that is not set says nothing against it. */
export function showsUnicode(env: Readonly<Record<string, string | undefined>>): boolean {
  const locale = [env['LC_ALL'], env['LC_CTYPE'], env['LANG']].find((one) => one !== undefined && one !== '');
  return locale === undefined || /utf-?8/i.test(locale);
}

/** `text` with ASCII for our own signs; names of people stay as they are. */
export function inAscii(text: string): string {
  return text.replace(/[█▉▊▋▌▍▎▏░→–…✔✘×’]/g, (sign) => SIGNS[sign] ?? '?');
}

/** The terminal that this process was started from. */
export function processTerminal(): Terminal {
  const forScreen = (isScreen: boolean, text: string): string =>
    isScreen && !showsUnicode(process.env) ? inAscii(text) : text;
  // A reader that goes away (`| head`) ends the output, not in a fault.
  process.stdout.on('error', () => process.exit(0));
  return {
    out: (text) => void process.stdout.write(forScreen(process.stdout.isTTY, text)),
    err: (text) => void process.stderr.write(forScreen(process.stderr.isTTY, text)),
    isScreen: process.stdout.isTTY,
    isErrorScreen: process.stderr.isTTY,
    width: () => (process.stdout.isTTY ? process.stdout.columns : 120),
    height: () => (process.stdout.isTTY ? process.stdout.rows : 50),
    env: process.env,
    folder: process.cwd(),
    onInterrupt(stop) {
      process.once('SIGINT', stop);
      process.once('SIGTERM', stop);
      return () => {
        process.removeListener('SIGINT', stop);
        process.removeListener('SIGTERM', stop);
      };
    },
  };
}
