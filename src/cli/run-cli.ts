// From arguments to exit code: 0 done, 1 refused or failed, 2 wrong usage. With --json exactly one document on stdout.

import { CommanderError, type Command } from 'commander';
import { OperationalError } from '../base/errors.ts';
import { createContext, type Carry } from './context.ts';
import { errorDocument, showError } from './outcome.ts';
import { inWordsOf } from './own-words.ts';
import { paintFor } from './render/paint.ts';
import { buildProgram } from './program.ts';
import type { Terminal } from './terminal.ts';

type ExitCode = 0 | 1 | 2;

/** Refusals of what stands on the command line itself. */
const USAGE: ReadonlySet<string> = new Set(['figure-wrong', 'time-invalid', 'export-needs-file']);

/** Carries one command line out; never throws. */
export async function runCli(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  let exitCode: ExitCode = 0;
  const wantsJson = args.includes('--json');
  const refuse = (error: unknown): void => {
    exitCode = error instanceof OperationalError && USAGE.has(error.code) ? 2 : 1;
    if (wantsJson) terminal.out(errorDocument(error));
    else terminal.err(showError(error, paintFor(terminal.isErrorScreen, terminal.env)));
  };
  const program = buildProgram((command) => carryFor(command, terminal, refuse, (code) => (exitCode = code)));
  const usage: string[] = [];
  overAll(program, (command) => {
    command.exitOverride();
    command.configureOutput({ writeOut: (text) => terminal.out(text), writeErr: (text) => usage.push(text) });
  });
  try {
    await program.parseAsync([...args], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) refuse(error);
    else if (error.exitCode !== 0)
      exitCode = reportWrongUsage(error, usage.join(''), wantsJson ? 'json' : 'text', terminal);
  }
  return exitCode;
}

function overAll(command: Command, work: (command: Command) => void): void {
  work(command);
  for (const below of command.commands) overAll(below, work);
}

/** How the action of `command` runs: with its context, its outcome shown, its errors refused. */
function carryFor(
  command: Command,
  terminal: Terminal,
  refuse: (error: unknown) => void,
  exit: (code: ExitCode) => void,
): Carry {
  return async (work) => {
    const { json = false, config } = command.optsWithGlobals<{ json?: boolean; config?: string }>();
    const paint = paintFor(terminal.isScreen && !json, terminal.env);
    try {
      const outcome = await work(createContext({ terminal, json, paint, config }));
      exit(outcome.exitCode ?? 0);
      if (json) terminal.out(`${JSON.stringify(outcome.data)}\n`);
      else if (outcome.text !== '') terminal.out(`${outcome.text}\n`);
    } catch (error) {
      if (error instanceof CommanderError) throw error;
      refuse(inWordsOf(command, error));
    }
  };
}

function reportWrongUsage(error: CommanderError, text: string, form: 'json' | 'text', terminal: Terminal): ExitCode {
  if (form === 'text') {
    terminal.err(text);
    return 2;
  }
  const message = error.code === 'commander.help' ? 'A command is missing.' : error.message.replace(/^error: /, '');
  const hint = 'outdial help shows the commands and their options.';
  terminal.out(errorDocument(new OperationalError('wrong-usage', message, { hint })));
  return 2;
}
