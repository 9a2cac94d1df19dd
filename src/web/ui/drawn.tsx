// The canvas behind every plot and chart: drawn again with other figures or other colours, and as wide as its place.

import { useEffect, useRef, type RefObject } from 'react';
import type uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';

export const AXIS_FONT = '11px system-ui, sans-serif';

/** Draws into the place that the reference is given to, whenever `what` is another; undefined: there is nothing yet. */
export function useDrawn<T>(
  what: T | undefined,
  draw: (what: T, target: HTMLElement) => uPlot,
): RefObject<HTMLDivElement | null> {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const target = place.current;
    if (target === null || what === undefined) return;
    let plot = draw(what, target);
    const again = (): void => {
      plot.destroy();
      plot = draw(what, target);
    };
    const watch = new ResizeObserver(([entry]) => {
      const width = Math.floor(entry?.contentRect.width ?? 0);
      if (width > 0 && width !== plot.width) plot.setSize({ width, height: plot.height });
    });
    watch.observe(target);
    const dark = globalThis.matchMedia('(prefers-color-scheme: dark)');
    const theme = new MutationObserver(again);
    theme.observe(document.documentElement, { attributeFilter: ['data-theme'] });
    dark.addEventListener('change', again);
    return () => {
      watch.disconnect();
      theme.disconnect();
      dark.removeEventListener('change', again);
      plot.destroy();
    };
  }, [what, draw]);
  return place;
}

/** A colour of the theme as a canvas takes it: `accent`, or a mixture for an area. */
export function colourOf(target: HTMLElement, name: string): string {
  const probe = document.createElement('span');
  probe.style.color = name.startsWith('color-mix') ? name : `var(--${name})`;
  target.append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
}
