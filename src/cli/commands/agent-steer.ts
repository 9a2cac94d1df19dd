// outdial agent pause, ready, move, end: what a supervisor does with an agent's session.

import { agentView } from '../../http/wire/wire.ts';
import type { AddCommands } from '../add-commands.ts';
import type { CommandContext } from '../context.ts';
import type { Outcome } from '../outcome.ts';
import { harmless, pairs } from '../render/table.ts';

export const agentSteerCommands: AddCommands = (group, carryOf) => {
  const pause = group
    .command('pause')
    .description('pause the agent; in a conversation, after it')
    .argument('<number>')
    .option('--reason <code>', 'one of the campaign’s pause reasons', 'pause')
    .action((number: string, { reason }: { reason: string }) =>
      carryOf(pause)((context) => steer(context, `${number}/state`, { to: 'paused', reason })),
    );
  const ready = group
    .command('ready')
    .description('end the agent’s pause; in a conversation, no pause after it')
    .argument('<number>')
    .action((number: string) => carryOf(ready)((context) => steer(context, `${number}/state`, { to: 'ready' })));
  const move = group
    .command('move')
    .description('to another campaign, after the conversation that is running; the phone rings again there')
    .argument('<number>')
    .argument('<campaign>')
    .action((number: string, campaign: string) =>
      carryOf(move)((context) => steer(context, `${number}/move`, { campaign })),
    );
  const end = group
    .command('end')
    .description('end a session that hangs, at once; refused while a person is on the line')
    .argument('<number>')
    .action((number: string) => carryOf(end)((context) => steer(context, `${number}/end`, {})));
};

async function steer(context: CommandContext, address: string, body: object): Promise<Outcome> {
  const agent = await (await context.daemon()).post(agentView, `/agents/${address}`, body);
  const text = pairs([
    ['number', agent.number],
    ['name', harmless(agent.name)],
    ['state', harmless([agent.state, agent.reason].filter((part) => part !== undefined).join(' '))],
    ['campaign', agent.campaign ?? '–'],
    ...(agent.movesTo === undefined ? [] : [['then to', agent.movesTo] as const]),
  ]);
  return { data: agent, text };
}
