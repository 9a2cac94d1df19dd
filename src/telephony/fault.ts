// How a thrown thing is written in the log.

/** Where an unexpected fault happened, for those who fix it. */
export function traceOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

/** What went wrong, in one line. */
export function faultOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
