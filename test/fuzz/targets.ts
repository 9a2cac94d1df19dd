// Everything that reads what comes from outside.

import { DESK_TARGETS } from './desk-targets.ts';
import type { Target } from './fuzz.ts';
import { FILE_TARGETS } from './file-targets.ts';
import { HTTP_TARGETS } from './http-targets.ts';
import { NETWORK_TARGETS } from './network-targets.ts';
import { TEXT_TARGETS } from './text-targets.ts';

export interface TargetEntry {
  readonly name: string;
  /** Inputs that the test tries; npm run fuzz tries as many as there is time for. */
  readonly rounds: number;
  readonly start: () => Promise<Target>;
}

export const TARGETS: readonly TargetEntry[] = [
  ...TEXT_TARGETS,
  ...NETWORK_TARGETS,
  ...FILE_TARGETS,
  ...HTTP_TARGETS,
  ...DESK_TARGETS,
];
