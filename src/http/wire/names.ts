// Names of people as they are shown.

import { z } from 'zod';

/** What would end a header or a line, or turn the rest of it around: controls, ends of lines, marks of direction. */
const SHOWN =
  /^(?:(?![\p{Cc}"<>;\\\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|[\u{e0000}-\u{e007f}]).)+$/u;

export const label = z
  .string()
  .min(1)
  .max(80)
  .regex(SHOWN, 'no quotes, brackets, semicolons, control characters or marks of direction');
