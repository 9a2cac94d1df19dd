// Where a walk through a script has led, as the API has it.

import type { z } from 'zod';
import type { scriptPreview } from '../../../http/wire/script-files.ts';

export type Walked = z.output<typeof scriptPreview>;
export type View = Walked['view'];
