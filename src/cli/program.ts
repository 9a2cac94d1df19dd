// The commands of outdial and where each is defined. What a command does is loaded only when it is called.

import { Command } from 'commander';
import { agentCommands } from './agent.ts';
import { auditCommand } from './audit.ts';
import { backupCommand } from './backup.ts';
import { callbackCommands } from './callback.ts';
import { campaignCommands } from './campaign.ts';
import { checkCommand } from './check.ts';
import { completionCommands } from './completion.ts';
import { contactCommands } from './contact.ts';
import type { Carry } from './context.ts';
import { detectionCommands } from './detection.ts';
import { dncCommands } from './dnc.ts';
import { doctorCommand } from './doctor.ts';
import { filterCommands } from './filter.ts';
import { exportCommands } from './export.ts';
import { initCommand } from './init.ts';
import { listCommands } from './list.ts';
import { migrateCommand } from './migrate.ts';
import { outboundCommands } from './outbound.ts';
import { recordCommands } from './record.ts';
import { recordingCommands } from './recording.ts';
import { reloadCommand } from './reload.ts';
import { replayCommand } from './replay.ts';
import { reportCommands } from './report.ts';
import { restoreCommand } from './restore.ts';
import { tokenCommands } from './token.ts';
import { runCommand } from './run.ts';
import { simulateCommand } from './simulate.ts';

/** Gives the commands of a group to their parent; `carryOf` makes what runs a command's action. */
export type AddCommands = (parent: Command, carryOf: (command: Command) => Carry) => void;

/** What the commands are about, in the order in which somebody new needs them. */
const HEADINGS: readonly (readonly [heading: string, commands: readonly AddCommands[]])[] = [
  ['To run it:', [initCommand, runCommand, doctorCommand, checkCommand, reloadCommand, tokenCommands]],
  ['Campaigns and agents:', [campaignCommands, agentCommands, outboundCommands]],
  ['People to call:', [listCommands, filterCommands, contactCommands, recordCommands, callbackCommands, dncCommands]],
  ['What happened:', [reportCommands, exportCommands, recordingCommands, detectionCommands, auditCommand]],
  ['How many lines:', [simulateCommand, replayCommand]],
  ['The database:', [backupCommand, restoreCommand, migrateCommand]],
  ['Other:', [completionCommands]],
];

/** The whole command line. */
export function buildProgram(carryOf: (command: Command) => Carry): Command {
  const program = new Command('outdial')
    .description('Predictive dialer for Asterisk')
    .version('0.1.0', '-V, --version', 'show the version')
    .option('--json', 'print exactly one JSON document on stdout')
    .option(
      '--config <file>',
      'settings file (default: OUTDIAL_CONFIG, config/outdial.yaml, /etc/outdial/outdial.yaml)',
    )
    .configureHelp({ showGlobalOptions: true });
  for (const [heading, group] of HEADINGS) {
    program.commandsGroup(heading);
    for (const addCommands of group) addCommands(program, carryOf);
  }
  program.commandsGroup('Other:');
  addHelp(program);
  overAll(program, (command) => {
    command.helpCommand(false).showHelpAfterError(`See outdial help ${pathOf(command)}`.trim());
  });
  return program;
}

/** `help`, for a command below another one too: `outdial help campaign show`. */
function addHelp(program: Command): void {
  program
    .command('help')
    .description('how a command is used: outdial help campaign show')
    .argument('[command...]')
    .action((names: readonly string[]) => {
      let found = program;
      for (const name of names) {
        const below = found.commands.find((command) => command.name() === name);
        if (!below) return program.error(`error: unknown command '${names.join(' ')}'`);
        found = below;
      }
      return found.help();
    });
}

function overAll(command: Command, work: (command: Command) => void): void {
  work(command);
  for (const below of command.commands) overAll(below, work);
}

/** The names of a command behind `outdial`. */
function pathOf(command: Command): string {
  return command.parent ? `${pathOf(command.parent)} ${command.name()}`.trim() : '';
}
