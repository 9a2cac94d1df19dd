// A saved filter, as the API has it.

import type { z } from 'zod';
import type { savedFilter } from '../../../http/wire/filters.ts';

export type Saved = z.output<typeof savedFilter>;
