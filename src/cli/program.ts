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
import { listCommands } from './list.ts';
import { migrateCommand } from './migrate.ts';
import { outboundCommands } from './outbound.ts';
import { recordCommands } from './record.ts';
import { recordingCommands } from './recording.ts';
import { reloadCommand } from './reload.ts';
import { replayCommand } from './replay.ts';
import { reportCommands } from './report.ts';
import { restoreCommand } from './restore.ts';
import { runCommand } from './run.ts';
import { simulateCommand } from './simulate.ts';

/** Gives the commands of a group to their parent; `carryOf` makes what runs a command's action. */
export type AddCommands = (parent: Command, carryOf: (command: Command) => Carry) => void;

const GROUPS: readonly AddCommands[] = [
  runCommand,
  doctorCommand,
  checkCommand,
  campaignCommands,
  listCommands,
  filterCommands,
  recordCommands,
  callbackCommands,
  contactCommands,
  dncCommands,
  outboundCommands,
  recordingCommands,
  detectionCommands,
  agentCommands,
  reportCommands,
  exportCommands,
  simulateCommand,
  replayCommand,
  auditCommand,
  backupCommand,
  restoreCommand,
  migrateCommand,
  reloadCommand,
  completionCommands,
];

/** The whole command line. */
export function buildProgram(carryOf: (command: Command) => Carry): Command {
  const program = new Command('outdial')
    .description('Predictive dialer for Asterisk')
    .version('0.1.0', '-V, --version', 'show the version')
    .option('--json', 'print exactly one JSON document on stdout')
    .option('--config <file>', 'settings file (default: config/outdial.yaml, then /etc/outdial/outdial.yaml)')
    .configureHelp({ showGlobalOptions: true })
    .showHelpAfterError('See outdial help COMMAND.');
  for (const addCommands of GROUPS) addCommands(program, carryOf);
  return program;
}
