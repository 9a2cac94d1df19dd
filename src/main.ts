// The command line's entry: arguments in, exit code out, nothing else.

import { runCli } from './cli/run-cli.ts';
import { processTerminal } from './cli/terminal.ts';

process.exitCode = await runCli(process.argv.slice(2), processTerminal());
// A connection that something left open must not keep a command that has said its last word.
setTimeout(() => process.exit(), 2000).unref();
