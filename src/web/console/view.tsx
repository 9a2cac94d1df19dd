// What every view of the console is given.

import type { FunctionComponent } from 'react';

export interface ViewProps {
  /** What stands behind the view's name in the address, cut at its slashes. */
  readonly rest: readonly string[];
  readonly query: URLSearchParams;
}

export type View = FunctionComponent<ViewProps>;
