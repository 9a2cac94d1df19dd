// Figures as bars for the terminal. Pure: the same figures give the same picture.

import { pad } from './table.ts';

export interface Bar {
  readonly label: string;
  readonly value: number;
  /** The value in words. */
  readonly text: string;
}

const PARTS = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];

/** Horizontal bars within `width` places; `most` is what a full bar stands for, without it the largest value. */
export function bars(
  title: string,
  rows: readonly Bar[],
  { width, most }: { readonly width: number; readonly most?: number },
): string {
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
