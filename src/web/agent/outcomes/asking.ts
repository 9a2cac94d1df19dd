// The outcome whose further question is open; null: none.

import { Value } from '../../live/value.ts';

export const asking = new Value<string | null>(null);
