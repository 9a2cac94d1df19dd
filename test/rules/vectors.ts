// The vectors of all packs that come with outdial, by `pack/clause`.

import type { Vectors } from './vector.ts';
import { COMMONWEALTH_VECTORS } from './vectors-commonwealth.ts';
import { EUROPEAN_VECTORS } from './vectors-europe.ts';
import { MORE_VECTORS } from './vectors-more.ts';
import { US_VECTORS } from './vectors-us.ts';

export const VECTORS: Vectors = { ...US_VECTORS, ...MORE_VECTORS, ...COMMONWEALTH_VECTORS, ...EUROPEAN_VECTORS };
