// outdial outbound …: switches all outbound calling off and on, and shows how it stands. Works with and without the daemon:
// it can be switched off before a daemon starts that would dial.

import type { Store } from '../../engine/store/store.ts';
import { outboundHistory, outboundStep } from '../../http/wire/outbound.ts';
import { changeInDaemonOrStore, fromDaemonOrStore, type CommandContext } from '../context.ts';
import { callerActor, callerName } from '../daemon-client.ts';
import { showInstant } from '../render/instants.ts';
import type { Outcome } from '../outcome.ts';
import type { AddCommands } from '../add-commands.ts';
import { harmless } from '../render/table.ts';
import { noteChange } from '../../engine/audit-trail.ts';

const SHOWN_STEPS = 100;

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
    .option('--reason <text>', 'what agents and admins read', '')
    .action(({ reason }: { reason: string }) => carryOf(off)((context) => turn(context, false, reason)));
  const on = group
    .command('on')
    .description('campaigns that run dial again')
    .option('--reason <text>', 'why, for the record', '')
    .action(({ reason }: { reason: string }) => carryOf(on)((context) => turn(context, true, reason)));
};

async function turn(context: CommandContext, on: boolean, reason: string): Promise<Outcome> {
  const data = await changeInDaemonOrStore(
    context,
    (daemon) => daemon.post(outboundStep, '/outbound', { on, reason }),
    (store) => turnInStore(store, { on, reason, by: callerName(), at: context.clock.now() }),
  );
  return { data, text: inWords(data) };
}

/** Nothing happens when it stood so. */
async function turnInStore(store: Store, step: Step): Promise<Step> {
  const before = await store.outbound.current();
  if (before.on === step.on) return before;
  await store.outbound.turn(step);
  const { at, on, reason } = step;
  await noteChange(store, callerActor(), {
    at,
    what: 'outbound.switch',
    subject: 'outbound',
    from: before.on,
    to: { on, reason },
  });
  return step;
}

async function showSwitch(context: CommandContext): Promise<Outcome> {
  const { now, history } = await fromDaemonOrStore(
    context,
    async (daemon) => ({
      now: await daemon.get(outboundStep, '/outbound'),
      history: await daemon.get(outboundHistory, '/outbound/history'),
    }),
    async (store) => ({ now: await store.outbound.current(), history: await store.outbound.history(SHOWN_STEPS) }),
  );
  return {
    data: { ...now, history },
    text: [inWords(now), ...history.slice(1).map((step) => `  before: ${inWords(step)}`)].join('\n'),
  };
}

function inWords({ on, by, at, reason }: Step): string {
  if (by === '') return 'Outbound calling is on.';
  const why = reason === '' ? '' : ` (${harmless(reason)})`;
  return `Outbound calling is ${on ? 'on' : 'off'} since ${showInstant(at)}, by ${harmless(by)}${why}.`;
}
