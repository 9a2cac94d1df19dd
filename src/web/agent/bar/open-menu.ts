// Which menu of the bar is open: a key opens one too, and a call that comes closes it.

import { Value } from '../../live/value.ts';

export const openMenu = new Value<'pause' | 'more' | null>(null);

/** `then`: once it is gone; while it is there nothing else of the page takes the focus. */
export function closeMenu(then: () => void): void {
  openMenu.set(null);
  const look = (): void => {
    if (document.querySelector('.popover') === null) then();
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}
