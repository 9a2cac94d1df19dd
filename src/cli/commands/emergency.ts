// outdial emergency …: states of emergency by rule pack, for every campaign at once. Works with and without the daemon.

import { parseDuration } from '../../base/durations.ts';
import type { Emergency, PastEmergency } from '../../engine/store/emergencies.ts';
import type { Store } from '../../engine/store/store.ts';
import { emergencies, emergencyDeclared, emergencyEnded } from '../../http/wire/emergencies.ts';
import { changeInDaemonOrStore, fromDaemonOrStore, type CommandContext } from '../context.ts';
import { callerActor, callerName } from '../daemon-client.ts';
import type { Outcome } from '../outcome.ts';
import type { AddCommands } from '../add-commands.ts';
import { parseInstant, showInstant } from '../render/instants.ts';
import { harmless } from '../render/table.ts';
import { noteChange } from '../../engine/audit-trail.ts';

const SHOWN = 100;

export const emergencyCommands: AddCommands = (parent, carryOf) => {
  const group = parent
    .command('emergency')
    .description('declared states of emergency, by rule pack, for every campaign at once');
  const list = group.command('list').description('those in force; with --all also earlier ones');
  list
    .option('--all', 'also those that have lapsed or were ended')
    .action(({ all = false }: { all?: boolean }) => carryOf(list)((context) => listEmergencies(context, all)));
  const declare = group
    .command('declare')
    .description('campaigns that name the pack make none of the calls that its clause on emergencies forbids')
    .argument('<pack>', 'rule pack, such as us-louisiana')
    .requiredOption('--until <time>', 'when it lapses: 2026-12-05, 2026-12-05T18:00, or 3d from now')
    .option('--reason <text>', 'what explain and the audit log say', '')
    .action((pack: string, { until, reason }: { until: string; reason: string }) =>
      carryOf(declare)((context) => declareEmergency(context, { pack, until, reason })),
    );
  const end = group
    .command('end')
    .description('end one before its time')
    .argument('<pack>')
    .action((pack: string) => carryOf(end)((context) => endEmergency(context, pack)));
};

async function listEmergencies(context: CommandContext, isAll: boolean): Promise<Outcome> {
  const now = context.clock.now();
  const data = await fromDaemonOrStore(
    context,
    (daemon) => daemon.get(emergencies, '/emergencies'),
    async (store) => ({
      inForce: (await store.emergencies.inForce(now)).map((one) => ({ ...one, campaigns: [] as readonly string[] })),
      history: await store.emergencies.history(SHOWN),
    }),
  );
  const isNow = ({ endedAt, untilAt }: PastEmergency): boolean => endedAt === null && untilAt > now;
  const earlier = isAll ? data.history.filter((one) => !isNow(one)) : [];
  const none = data.inForce.length === 0 ? ['No emergency is declared.'] : [];
  return { data, text: [...none, ...data.inForce.map(sentence), ...earlier.map(pastSentence)].join('\n') };
}

interface Declaration {
  readonly pack: string;
  readonly until: string;
  readonly reason: string;
}

async function declareEmergency(context: CommandContext, { pack, until, reason }: Declaration): Promise<Outcome> {
  const now = context.clock.now();
  const fromNowMs = parseDuration(until);
  const untilAt = fromNowMs === undefined ? parseInstant(until, now) : now + fromNowMs;
  const data = await changeInDaemonOrStore(
    context,
    (daemon) => daemon.post(emergencyDeclared, '/emergencies', { pack, untilAt, reason }),
    async (store) => {
      const { requireEmergencyPack } = await import('../../config/emergency-packs.ts');
      const { isOver } = await import('../../http/routes/emergencies.ts');
      requireEmergencyPack(pack, (await context.settings()).folders.campaigns);
      if (untilAt <= now) throw isOver();
      return { ...(await declareInStore(store, { pack, untilAt, reason, by: callerName(), at: now })), campaigns: [] };
    },
  );
  return { data, text: sentence(data) };
}

async function declareInStore(store: Store, emergency: Emergency): Promise<Emergency> {
  await store.emergencies.declare(emergency);
  const { pack, untilAt, at, reason } = emergency;
  const change = { at, what: 'emergency.declare', subject: `rules ${pack}`, to: { untilAt, reason } };
  await noteChange(store, callerActor(), change);
  return emergency;
}

async function endEmergency(context: CommandContext, pack: string): Promise<Outcome> {
  const data = await changeInDaemonOrStore(
    context,
    (daemon) => daemon.delete(emergencyEnded, `/emergencies/${encodeURIComponent(pack)}`),
    async (store) => {
      const { noneInForce } = await import('../../http/routes/emergencies.ts');
      const [at, by] = [context.clock.now(), callerName()];
      const before = await store.emergencies.inForce(at);
      if (!(await store.emergencies.end({ pack, by, at }))) throw noneInForce(pack, before);
      const from = before.find((one) => one.pack === pack) ?? null;
      await noteChange(store, callerActor(), { at, what: 'emergency.end', subject: `rules ${pack}`, from });
      return { pack, ended: true as const };
    },
  );
  return { data, text: `The emergency of ${data.pack} is ended.` };
}

function sentence(one: Emergency & { readonly campaigns: readonly string[] }): string {
  const { pack, untilAt, by, at, reason, campaigns } = one;
  const why = reason === '' ? '' : ` (${harmless(reason)})`;
  const whom = campaigns.length === 0 ? 'No loaded campaign names the pack.' : `Campaigns: ${campaigns.join(', ')}.`;
  return `Emergency of ${pack} until ${showInstant(untilAt)}, declared by ${harmless(by)} ${showInstant(at)}${why}. ${whom}`;
}

function pastSentence({ pack, untilAt, by, at, endedAt, endedBy }: PastEmergency): string {
  const end =
    endedAt === null ? `lapsed ${showInstant(untilAt)}` : `ended ${showInstant(endedAt)} by ${harmless(endedBy ?? '')}`;
  return `  before: ${pack}, declared by ${harmless(by)} ${showInstant(at)}, ${end}`;
}
