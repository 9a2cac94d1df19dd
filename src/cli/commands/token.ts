// outdial token …: the token file that opens the API, and tokens of programs. Works with and without the daemon.

import { InvalidArgumentError, Option } from 'commander';
import { defined } from '../../base/defined.ts';
import { formatDuration } from '../../base/durations.ts';
import { OperationalError } from '../../base/errors.ts';
import type { Store } from '../../engine/store/store.ts';
import { tokenReplaced } from '../../http/wire/security.ts';
import { apiToken, right, tokenAdded, tokenName, tokenRevoked } from '../../http/wire/users.ts';
import { isRight, type Right } from '../../http/access/rights.ts';
import type { AddCommands } from '../add-commands.ts';
import { asGrace, asValidity } from '../arguments.ts';
import { changeInDaemonOrStore, fromDaemonOrStore, type CommandContext } from '../context.ts';
import { callerActor, callerName, isDaemonRunning } from '../daemon-client.ts';
import type { Outcome } from '../outcome.ts';
import { showInstant } from '../render/instants.ts';
import { harmless, table } from '../render/table.ts';
import { noteChange } from '../../engine/audit-trail.ts';

export const tokenCommands: AddCommands = (parent, carryOf) => {
  const group = parent
    .command('token')
    .description('tokens that open the API: list, add, revoke; replace the one of the token file');
  const replace = group
    .command('replace')
    .description('make a new token; no restart. The old one ends at once, or after --grace')
    .option('--grace <time>', 'how long the old one is taken still, such as 10m; at most 24h', asGrace, 0)
    .action(({ grace }: { grace: number }) => carryOf(replace)((context) => replaceToken(context, grace)));
  programTokens(group, carryOf);
};

const programTokens: AddCommands = (group, carryOf) => {
  const list = group.command('list').description('tokens of programs, those too that count no longer');
  list.action(() => carryOf(list)(listTokens));
  const add = group
    .command('add')
    .description('a token for a program, with the scopes that it needs; shown this once')
    .argument('<name>', 'as the audit log will have it: token:NAME')
    .addOption(
      new Option('--scope <scope>', 'what it may do (docs/users.md); may be repeated')
        .choices(right.options)
        .argParser(gatherScopes)
        .makeOptionMandatory(),
    )
    .option('--for <time>', 'how long it counts, such as 90d (default: until it is revoked)', asValidity)
    .action((name: string, { scope, for: forMs }: { scope: readonly Right[]; for?: number }) =>
      carryOf(add)((context) => addToken(context, { name, scopes: scope, ...defined({ forMs }) })),
    );
  const revoke = group
    .command('revoke')
    .description('end a token at once; its name is never given again')
    .argument('<name>')
    .action((name: string) => carryOf(revoke)((context) => revokeToken(context, name)));
};

function gatherScopes(text: string, before: readonly Right[] = []): readonly Right[] {
  if (isRight(text)) return [...before, text];
  throw new InvalidArgumentError(`One of ${right.options.join(', ')} is needed.`);
}

interface TokenRequest {
  readonly name: string;
  readonly scopes: readonly Right[];
  readonly forMs?: number;
}

async function addToken(context: CommandContext, wanted: TokenRequest): Promise<Outcome> {
  const { name, scopes } = wanted;
  const data = await changeInDaemonOrStore(
    context,
    (daemon) => daemon.post(tokenAdded, '/tokens', wanted),
    async (store) => {
      requireName(name);
      const admin = await import('../../http/access/tokens-admin.ts');
      const made = await admin.addToken(store, wanted, { by: callerName(), now: context.clock.now() });
      await note(context, store, { what: 'token.add', name, to: { scopes, endsAt: made.endsAt } });
      return { name, scopes, ...made };
    },
  );
  const until = data.endsAt === null ? 'until it is revoked' : `until ${showInstant(data.endsAt)}`;
  return { data, text: `Token ${data.name}: ${data.scopes.join(', ')}, ${until}.\nShown this once: ${data.token}` };
}

/** Without the daemon nothing else holds the name against its rule. */
function requireName(name: string): void {
  if (tokenName.safeParse(name).success) return;
  throw new OperationalError('token-name-invalid', `"${harmless(name)}" cannot be a token's name.`, {
    hint: 'Letters, digits and . _ -, at most 64.',
  });
}

interface Noted {
  readonly what: string;
  readonly name: string;
  readonly to: unknown;
}

/** The same word as the daemon's audit log has for it. */
async function note(context: CommandContext, store: Pick<Store, 'audit'>, { what, name, to }: Noted): Promise<void> {
  const at = context.clock.now();
  await noteChange(store, callerActor(), { at, what, subject: `token ${name}`, to });
}

async function revokeToken(context: CommandContext, name: string): Promise<Outcome> {
  const data = await changeInDaemonOrStore(
    context,
    (daemon) => daemon.delete(tokenRevoked, `/tokens/${encodeURIComponent(name)}`),
    async (store) => {
      const admin = await import('../../http/access/tokens-admin.ts');
      await admin.revokeToken(store, name, context.clock.now());
      await note(context, store, { what: 'token.revoke', name, to: null });
      return { revoked: name };
    },
  );
  return { data, text: `Token ${data.revoked} is revoked.` };
}

async function listTokens(context: CommandContext): Promise<Outcome> {
  const tokens = await fromDaemonOrStore(
    context,
    (daemon) => daemon.get(apiToken.array(), '/tokens'),
    async (store) => (await store.apiTokens.all()).map(({ hash: _hash, ...token }) => token),
  );
  const text = table(
    tokens,
    [
      { title: 'NAME', value: ({ name }) => harmless(name) },
      { title: 'SCOPES', value: ({ scopes }) => scopes.join(' ') },
      { title: 'STATE', value: (token) => stateOf(token, context.clock.now()) },
      { title: 'USED', value: ({ usedAt }) => (usedAt === null ? 'never' : showInstant(usedAt)) },
      { title: 'BY', value: ({ addedBy }) => harmless(addedBy) },
    ],
    'There are no tokens of programs: outdial token add NAME --scope read makes one.',
  );
  return { data: tokens, text };
}

function stateOf({ endsAt, revokedAt }: ReturnType<typeof apiToken.parse>, now: number): string {
  if (revokedAt !== null) return `revoked ${showInstant(revokedAt)}`;
  if (endsAt === null) return 'counts';
  return `${endsAt > now ? 'until' : 'expired'} ${showInstant(endsAt)}`;
}

async function replaceToken(context: CommandContext, graceMs: number): Promise<Outcome> {
  const settings = await context.settings();
  if (!(await isDaemonRunning(settings))) return replaceAlone(settings.http.tokenFile);
  const data = await (await context.daemon()).post(tokenReplaced, '/token/replace', { graceMs });
  const ends = graceMs === 0 ? 'the old one has ended' : `the old one ends in ${formatDuration(graceMs)}`;
  return { data, text: `A new token is in ${data.tokenFile}; ${ends}.` };
}

async function replaceAlone(file: string): Promise<Outcome> {
  const { newToken } = await import('../../secrets/token-file.ts');
  const { putToken } = await import('../../http/tokens.ts');
  await putToken(file, newToken());
  return { data: { tokenFile: file }, text: `A new token is in ${file}; the next daemon takes it alone.` };
}
