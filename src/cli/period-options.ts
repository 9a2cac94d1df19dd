// The options that name a period, for every command that has one.

import type { Command } from 'commander';
import { asInstant } from './arguments.ts';

/** Adds `--from` and `--to`. */
export function withPeriod(command: Command): Command {
  return command
    .option('--from <time>', '2026-11-01, 2026-11-01T10:30, today, or 2h for two hours ago', asInstant)
    .option('--to <time>', 'not included; the same forms', asInstant);
}
