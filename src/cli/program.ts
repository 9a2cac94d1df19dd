// The commands of outdial and where each is defined. What a command does is loaded only when it is called.

import { Command } from 'commander';
import type { AddCommands } from './add-commands.ts';
import { agentCommands } from './commands/agent.ts';
import { auditCommand } from './commands/audit.ts';
import { backupCommand } from './commands/backup.ts';
import { callbackCommands } from './commands/callback.ts';
import { campaignCommands } from './commands/campaign.ts';
import { checkCommand } from './commands/check.ts';
import { completionCommands } from './commands/completion.ts';
import { contactCommands } from './commands/contact.ts';
import type { Carry } from './context.ts';
import { detectionCommands } from './commands/detection.ts';
import { dncCommands } from './commands/dnc.ts';
import { doctorCommand } from './commands/doctor.ts';
import { filterCommands } from './commands/filter.ts';
import { exportCommands } from './commands/export.ts';
import { initCommand } from './commands/init.ts';
import { listCommands } from './commands/list.ts';
import { migrateCommand } from './commands/migrate.ts';
import { emergencyCommands } from './commands/emergency.ts';
import { outboundCommands } from './commands/outbound.ts';
import { recordCommands } from './commands/record.ts';
import { recordingCommands } from './commands/recording.ts';
import { reloadCommand } from './commands/reload.ts';
import { replayCallsCommand } from './commands/replay-calls.ts';
import { replayCommand } from './commands/replay.ts';
import { reportCommands } from './commands/report.ts';
import { restoreCommand } from './commands/restore.ts';
import { tokenCommands } from './commands/token.ts';
import { userCommands } from './commands/user.ts';
import { webhookCommands } from './commands/webhook.ts';
import { runCommand } from './commands/run.ts';
import { simulateCommand } from './commands/simulate.ts';

/** What the commands are about, in the order in which somebody new needs them. */
const HEADINGS: readonly (readonly [heading: string, commands: readonly AddCommands[]])[] = [
  ['To run it:', [initCommand, runCommand, doctorCommand, checkCommand, reloadCommand, tokenCommands, webhookCommands]],
  ['Campaigns and agents:', [campaignCommands, agentCommands, userCommands, outboundCommands, emergencyCommands]],
  ['People to call:', [listCommands, filterCommands, contactCommands, recordCommands, callbackCommands, dncCommands]],
  [
    'What happened:',
    [reportCommands, exportCommands, recordingCommands, detectionCommands, auditCommand, replayCallsCommand],
  ],
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
