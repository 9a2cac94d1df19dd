// outdial outbound …: switches all outbound calling off and on, and shows how it stands.

import { outboundHistory, outboundStep } from '../http/wire-outbound.ts';
import type { CommandContext } from './context.ts';
import { showInstant } from './instants.ts';
import type { Outcome } from './outcome.ts';
import type { AddCommands } from './program.ts';
import { harmless } from './table.ts';

interface Step {
  readonly on: boolean;
  readonly by: string;
  readonly at: number;
  readonly reason: string;
}

export const outboundCommands: AddCommands = (parent, carryOf) => {
  const group = parent.command('outbound').description('all outbound calling: off, on, and how it stands');
  const show = group.command('show').description('how it stands, and when it was turned');
  show.action(() => carryOf(show)(showSwitch));
  const off = group
    .command('off')
    .description('nothing is dialed any more; calls that ring or talk go on')
    .option('--reason <text>', 'what agents and admins are told', '')
    .action(({ reason }: { reason: string }) => carryOf(off)((context) => turn(context, false, reason)));
  const on = group
    .command('on')
    .description('campaigns that run dial again')
    .option('--reason <text>', 'why, for the record', '')
    .action(({ reason }: { reason: string }) => carryOf(on)((context) => turn(context, true, reason)));
};

async function turn(context: CommandContext, on: boolean, reason: string): Promise<Outcome> {
  const data = await (await context.daemon()).post(outboundStep, '/outbound', { on, reason });
  return { data, text: told(data) };
}

async function showSwitch(context: CommandContext): Promise<Outcome> {
  const daemon = await context.daemon();
  const now = await daemon.get(outboundStep, '/outbound');
  const history = await daemon.get(outboundHistory, '/outbound/history');
  return {
    data: { ...now, history },
    text: [told(now), ...history.slice(1).map((step) => `  before: ${told(step)}`)].join('\n'),
  };
}

function told({ on, by, at, reason }: Step): string {
  if (by === '') return 'Outbound calling is on.';
  const why = reason === '' ? '' : ` (${harmless(reason)})`;
  return `Outbound calling is ${on ? 'on' : 'off'} since ${showInstant(at)}, by ${harmless(by)}${why}.`;
}
