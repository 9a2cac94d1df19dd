// outdial agent listen: a supervisor hears an agent, whispers, speaks to both, or takes the person over.

import { InvalidArgumentError } from 'commander';
import { z } from 'zod';
import { LISTENING_MODES, type ListeningMode } from '../../agent/listening-mode.ts';
import { listening } from '../../http/wire/listening.ts';
import type { AddCommands } from '../add-commands.ts';
import type { CommandContext } from '../context.ts';
import type { Outcome } from '../outcome.ts';
import { pairs } from '../render/table.ts';

interface Options {
  readonly phone: string;
  readonly mode: ListeningMode;
  readonly stays?: boolean;
  readonly end?: boolean;
}

export const agentListenCommand: AddCommands = (group, carryOf) => {
  const listen = group.command('listen');
  listen
    .description('hear an agent by a phone, which is rung; again with another mode: change how')
    .argument('<number>', 'the agent')
    .requiredOption('--phone <number>', 'account of the supervisor (outdial agent add)')
    .option('--mode <mode>', LISTENING_MODES.join(', '), asMode, 'listen')
    .option('--stays', "go on to the agent's next call")
    .option('--end', 'end it')
    .action((number: string, options: Options) => carryOf(listen)((context) => listenTo(context, number, options)));
};

function asMode(text: string): ListeningMode {
  const mode = LISTENING_MODES.find((one) => one === text);
  if (mode === undefined) throw new InvalidArgumentError(`One of ${LISTENING_MODES.join(', ')} is needed.`);
  return mode;
}

async function listenTo(context: CommandContext, number: string, options: Options): Promise<Outcome> {
  const client = await context.daemon();
  const place = `/agents/${encodeURIComponent(number)}/listen`;
  if (options.end === true) {
    const left = await client.delete(z.array(listening), `${place}?phone=${encodeURIComponent(options.phone)}`);
    return { data: left, text: `No one listens to ${number} by ${options.phone} any more.` };
  }
  const { phone, mode, stays } = options;
  const begun = await client.post(listening, place, { phone, mode, stays: stays === true });
  const text = pairs([
    ['agent', begun.agent],
    ['phone', begun.phone],
    ['mode', begun.mode],
    ['state', begun.state === 'ringing' ? 'the phone rings' : 'on'],
  ]);
  return { data: begun, text };
}
