// How a file of commands is joined to the command line.

import type { Command } from 'commander';
import type { Carry } from './context.ts';

/** Gives the commands of a group to their parent; `carryOf` makes what runs a command's action. */
export type AddCommands = (parent: Command, carryOf: (command: Command) => Carry) => void;
