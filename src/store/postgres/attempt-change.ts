// A change of an attempt, on its way into a transaction with others.

import type { AttemptProgress, CloseAttempt, DisposeAttempt } from '../../engine/store/attempts.ts';
import type { RecordNext } from '../../records/record.ts';

export type AttemptChange =
  | { readonly kind: 'progress'; readonly progress: AttemptProgress }
  | { readonly kind: 'close'; readonly closing: CloseAttempt }
  | { readonly kind: 'dispose'; readonly disposing: DisposeAttempt }
  | { readonly kind: 'settle'; readonly attempt: string; readonly next: RecordNext };
