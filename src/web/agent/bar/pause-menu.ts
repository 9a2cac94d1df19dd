// Whether the reasons for a pause are open: a key opens them too.

import { Value } from '../../live/value.ts';

export const pauseMenu = new Value(false);
