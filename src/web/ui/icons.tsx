// The few pictures that stand beside words. Each is drawn in the colour of its text and says nothing to a screen reader.

import type { ReactElement } from 'react';

const PATHS = {
  phone: 'M5 3h3l2 5-2.2 1.6a12 12 0 0 0 6.6 6.6L16 14l5 2v3a2 2 0 0 1-2.2 2A17 17 0 0 1 3 5.2A2 2 0 0 1 5 3z',
  'hang-up': 'M3 14v-2c5-4.5 13-4.5 18 0v2l-1 2-4-1.5v-2.5c-2.5-.8-5.5-.8-8 0v2.5L4 16z',
  pause: 'M8 5v14M16 5v14',
  play: 'M7 4.5v15l12-7.5z',
  check: 'M4 12.5l5 5L20 6.5',
  cross: 'M6 6l12 12M18 6L6 18',
  clock: 'M12 7v5l3.5 2M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18z',
  calendar: 'M4 6h16v14H4zM4 10h16M8 3v4M16 3v4',
  pencil: 'M4 20l1-4L16 5l3 3L8 19zM14 7l3 3',
  person: 'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4.5 20c1-4 4-5.5 7.5-5.5s6.5 1.5 7.5 5.5',
  list: 'M4 6h16M4 12h16M4 18h16',
  info: 'M12 11v6M12 7.5v.2M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18z',
  warning: 'M12 4L2.5 20h19zM12 10v5M12 17.5v.2',
  back: 'M10 5l-6 7 6 7M4 12h16',
  next: 'M14 5l6 7-6 7M20 12H4',
  keyboard: 'M3 6h18v12H3zM7 10h.1M11 10h.1M15 10h.1M8 14h8',
  stop: 'M6 6h12v12H6z',
  search: 'M11 4a7 7 0 1 0 0 14 7 7 0 0 0 0-14zM16 16l5 5',
  offline: 'M4 4l16 16M8 13a6 6 0 0 1 4-1.5M3 9a13 13 0 0 1 5-2.800M12 6c3.5 0 6.5 1.2 9 3M12 18v.2',
  wait: 'M7 3h10M7 21h10M8 3c0 5 8 5 8 9s-8 4-8 9M16 3c0 5-8 5-8 9s8 4 8 9',
  exit: 'M14 4H5v16h9M10 12h10M16 8l4 4-4 4',
  bell: 'M6 16V11a6 6 0 0 1 12 0v5l2 2H4zM10 21h4',
  sun: 'M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM12 2v3M12 19v3M2 12h3M19 12h3M5 5l2 2M17 17l2 2M5 19l2-2M17 7l2-2',
  'mic-off':
    'M4 4l16 16M9 9v3a3 3 0 0 0 4.5 2.6M15 11V6a3 3 0 0 0-5.6-1.5M5.5 11a6.5 6.5 0 0 0 10 5.4M18.5 11a6 6 0 0 1-.6 2.7M12 18v3',
  record: 'M12 7a5 5 0 1 0 0 10 5 5 0 0 0 0-10z',
  down: 'M6 9l6 6 6-6',
} as const;

export type IconName = keyof typeof PATHS;

const FILLED: ReadonlySet<IconName> = new Set(['phone', 'hang-up', 'play', 'stop', 'record']);

export function Icon({ name }: { readonly name: IconName }): ReactElement {
  const isFilled = FILLED.has(name);
  return (
    <svg
      className="icon"
      viewBox="0 0 24 24"
      aria-hidden="true"
      fill={isFilled ? 'currentColor' : 'none'}
      stroke={isFilled ? 'none' : 'currentColor'}
      strokeWidth="2"
      strokeLinecap="round"
      strokeLinejoin="round"
    >
      <path d={PATHS[name]} />
    </svg>
  );
}
