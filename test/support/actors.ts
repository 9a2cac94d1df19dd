// Who does something in a test.

import type { Actor } from '../../src/engine/actor.ts';

/** Stands in the books under that very name. */
export const by = (name: string): Actor => ({ kind: 'command', name });
