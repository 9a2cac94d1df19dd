// Whether the form for a callback is open: a key and an outcome open it too.

import { Value } from '../../live/value.ts';

export const callbackForm = new Value(false);
