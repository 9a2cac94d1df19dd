// outdial record dispose: what a conversation was, said for its agent or corrected.

import type { Command } from 'commander';
import { recordRow } from '../../http/wire/wire.ts';
import { dispositionGiven } from '../../http/wire/dispositions.ts';
import type { CommandContext } from '../context.ts';
import { showInstant } from '../render/instants.ts';
import type { Outcome } from '../outcome.ts';
import type { AddCommands } from '../add-commands.ts';
import { harmless } from '../render/table.ts';

interface Remarks {
  readonly reason?: string;
  readonly phone?: string;
}

/** Adds the command to the group of records. */
export const disposeCommand: AddCommands = (group, carryOf) => {
  const dispose: Command = group
    .command('dispose')
    .description('give the disposition of a conversation for its agent, or correct it')
    .argument('<attempt>', 'attempt, as record show has it')
    .argument('<disposition>', "its code in the campaign's file")
    .option('--reason <text>', 'demanded where the disposition asks for one')
    .option('--phone <number>', 'another number of the contact, demanded where the disposition asks for one')
    .action((attempt: string, disposition: string, remarks: Remarks) =>
      carryOf(dispose)((context) => say(context, attempt, { disposition, ...remarks })),
    );
};

async function say(
  context: CommandContext,
  attempt: string,
  said: Remarks & { readonly disposition: string },
): Promise<Outcome> {
  const daemon = await context.daemon();
  const given = await daemon.post(dispositionGiven, `/attempts/${encodeURIComponent(attempt)}/disposition`, said);
  const { before, agent } = given;
  const was = before === null || before.disposition === given.disposition ? '' : `, was ${before.disposition}`;
  const text = harmless(`${attempt} is ${given.disposition}${was} (agent ${agent}).`);
  if (given.record === null) return { data: given, text };
  const { id, state, finishedWhy, dueAt } = await daemon.get(recordRow, `/records/${given.record}`);
  const next = finishedWhy ?? (dueAt === null ? '' : `next ${showInstant(dueAt)}`);
  return { data: given, text: `${text}\n${harmless(`Record ${id} is ${state}${next === '' ? '.' : `: ${next}`}`)}` };
}
