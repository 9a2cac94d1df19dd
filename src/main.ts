// The command line's entry: arguments in, exit code out, nothing else. What is written is for the own user alone.

import { runCli } from './cli/run-cli.ts';
import { processTerminal } from './cli/terminal.ts';

process.umask(0o077);
process.exitCode = await runCli(process.argv.slice(2), processTerminal());
// A connection that something left open must not keep a command that has said its last word.
setTimeout(() => process.exit(), 2000).unref();
