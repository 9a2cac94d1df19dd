// outdial agent …: who there is and what they do, accounts, secrets, signing one out.

import type { AgentView } from '../../engine/control-views.ts';
import type { HandedOver } from '../../engine/control.ts';
import type { AgentCredentials } from '../../http/agents-admin.ts';
import { agentView, handedOver, removedAgent, warning } from '../../http/wire/wire.ts';
import { agentAccount, agentAdded, credentials, newPinAnswer } from '../../http/wire/agents.ts';
import { agentListenCommand } from './agent-listen.ts';
import { agentSteerCommands } from './agent-steer.ts';
import { agentCard } from './agent-card.ts';
import type { CommandContext } from '../context.ts';
import { showAge } from '../render/instants.ts';
import { gather } from '../arguments.ts';
import type { Outcome } from '../outcome.ts';
import type { AddCommands } from '../add-commands.ts';
import { harmless, pairs, table } from '../render/table.ts';

export const agentCommands: AddCommands = (parent, carryOf) => {
  const group = parent
    .command('agent')
    .description('agents: list, add, change, remove, account, set-password, set-pin, card, logout');
  addLooks(group, carryOf);
  addAccounts(group, carryOf);
  addSecrets(group, carryOf);
  addCard(group, carryOf);
  agentListenCommand(group, carryOf);
  agentSteerCommands(group, carryOf);
  const logout = group
    .command('logout')
    .description('end the agent’s session, after the conversation that is running')
    .argument('<number>')
    .action((number: string) => carryOf(logout)((context) => logOut(context, number)));
};

/** Who there is. */
const addLooks: AddCommands = (group, carryOf) => {
  const list = group
    .command('list')
    .description('all agents with their state')
    .option('-w, --watch', 'stay and show who is signed in, live, until Ctrl-C');
  list.action(({ watch }: { watch?: boolean }) => {
    if (watch === true && list.optsWithGlobals<{ json?: boolean }>().json === true)
      list.error('error: --watch is for the screen and cannot be used with --json');
    return carryOf(list)((context) => (watch === true ? watchAgents(context) : listAgents(context)));
  });
  const show = group
    .command('show')
    .description('one agent')
    .argument('<number>')
    .action((number: string) => carryOf(show)((context) => showAgent(context, number)));
  const account = group
    .command('account')
    .description('what a phone needs to register: account, server, realm; its password is not kept')
    .argument('<number>')
    .action((number: string) => carryOf(account)((context) => showAccount(context, number)));
};

/** Who there is to be. */
const addAccounts: AddCommands = (group, carryOf) => {
  const add = group
    .command('add')
    .description('an agent with a SIP account made for it; shows the password and the PIN once')
    .argument('<number>', 'what the agent types to sign in, digits only')
    .requiredOption('--name <name>')
    .option('--group <name>', 'group that the agent belongs to; may be repeated', gather, [])
    .option('--pin <digits>', '4 to 12 digits (default: made up)')
    .action((number: string, options: { name: string; group: readonly string[]; pin?: string }) =>
      carryOf(add)((context) => addAgent(context, number, options)),
    );
  const change = group
    .command('change')
    .description('another name, or other groups; who loses a campaign finishes the call that is running')
    .argument('<number>')
    .option('--name <name>')
    .option('--group <name>', 'group that the agent belongs to from now on; may be repeated', gather, [])
    .action((number: string, options: Change) => {
      if (options.name === undefined && options.group.length === 0) change.error('error: give --name or --group');
      return carryOf(change)((context) => changeAgent(context, number, options));
    });
  const remove = group
    .command('remove')
    .description('remove the account; a conversation is finished, personal callbacks go to the group')
    .argument('<number>')
    .action((number: string) => carryOf(remove)((context) => removeAgent(context, number)));
};

/** What they prove themselves by. */
const addSecrets: AddCommands = (group, carryOf) => {
  const password = group
    .command('set-password')
    .description('a new password for the SIP account, shown once; the phone has to be given it')
    .argument('<number>')
    .option('--password <text>', '12 to 64 characters (default: made up)')
    .action((number: string, { password: given }: { password?: string }) =>
      carryOf(password)((context) => setPassword(context, number, given)),
    );
  const pin = group
    .command('set-pin')
    .description('a new PIN; ends a lock-out')
    .argument('<number>')
    .option('--pin <digits>', '4 to 12 digits (default: made up)')
    .action((number: string, { pin: given }: { pin?: string }) =>
      carryOf(pin)((context) => setPin(context, number, given)),
    );
};

const addCard: AddCommands = (group, carryOf) => {
  const card = group
    .command('card')
    .description('what the keys of the phone do in a campaign, to be printed')
    .argument('<campaign>')
    .option('--html', 'a page for a browser to print')
    .action((campaign: string, options: { html?: boolean }) =>
      carryOf(card)((context) => agentCard(context, campaign, options)),
    );
};

function path(number: string, rest = ''): string {
  return `/agents/${encodeURIComponent(number)}${rest}`;
}

function doing({ state, reason, talkingTo }: AgentView): string {
  return harmless([state, reason, talkingTo].filter((part) => part !== undefined).join(' '));
}

async function watchAgents(context: CommandContext): Promise<Outcome> {
  const { watchBoard } = await import('./board-watch.ts');
  return watchBoard(context, 'agents');
}

async function listAgents(context: CommandContext): Promise<Outcome> {
  const agents = await (await context.daemon()).get(agentView.array(), '/agents');
  const now = context.clock.now();
  const text = table(
    agents,
    [
      { title: 'NUMBER', value: (agent) => agent.number },
      { title: 'NAME', value: (agent) => harmless(agent.name) },
      { title: 'GROUPS', value: (agent) => agent.groups.join(' ') },
      { title: 'PHONE', value: (agent) => `${agent.account}${agent.registered ? '' : ' not registered'}` },
      { title: 'CAMPAIGN', value: (agent) => agent.campaign ?? '' },
      { title: 'STATE', value: doing },
      { title: 'FOR', value: (agent) => (agent.since > 0 ? showAge(agent.since, now) : ''), align: 'right' },
    ],
    'There are no agents: outdial agent add NUMBER --name NAME --group GROUP makes one.',
  );
  return { data: agents, text };
}

function shown(agent: AgentView): Outcome {
  const text = pairs([
    ['number', agent.number],
    ['name', harmless(agent.name)],
    ['groups', agent.groups.join(' ')],
    ['SIP account', `${agent.account} (${agent.registered ? 'registered' : 'not registered'})`],
    ['state', doing(agent)],
    ['campaign', agent.campaign ?? '–'],
  ]);
  return { data: agent, text };
}

async function showAgent(context: CommandContext, number: string): Promise<Outcome> {
  return shown(await (await context.daemon()).get(agentView, path(number)));
}

function secrets(data: AgentCredentials): Outcome {
  const text = pairs([
    ['number', data.number],
    ['name', harmless(data.name)],
    ['groups', data.groups.join(' ')],
    ['SIP account', data.account],
    ['SIP server', `${harmless(data.server)}${data.transport === 'tls' ? ', over TLS with SRTP' : ''}`],
    ['SIP realm', data.realm],
    ['SIP password', data.sipPassword],
    ...(data.pin === undefined ? [] : [['PIN', data.pin] as const]),
  ]);
  return { data, text };
}

async function showAccount(context: CommandContext, number: string): Promise<Outcome> {
  const data = await (await context.daemon()).get(agentAccount, path(number, '/account'));
  const text = pairs([
    ['number', data.number],
    ['name', harmless(data.name)],
    ['groups', data.groups.join(' ')],
    ['SIP account', data.account],
    ['SIP server', `${harmless(data.server)}${data.transport === 'tls' ? ', over TLS with SRTP' : ''}`],
    ['SIP realm', data.realm],
    ['SIP password', data.hasPassword ? 'set, not kept' : 'none: the phone cannot register'],
  ]);
  return { data, text: `${text}\n${harmless(data.hint)}` };
}

async function addAgent(
  context: CommandContext,
  number: string,
  { name, group, pin }: { readonly name: string; readonly group: readonly string[]; readonly pin?: string },
): Promise<Outcome> {
  const daemon = await context.daemon();
  const data = await daemon.post(agentAdded, '/agents', { number, name, groups: group, pin });
  return { data, text: `${secrets(data).text}${warned(data.warnings, number)}` };
}

interface Change {
  readonly name?: string;
  readonly group: readonly string[];
}

async function changeAgent(context: CommandContext, number: string, { name, group }: Change): Promise<Outcome> {
  const groups = group.length === 0 ? {} : { groups: group };
  const data = await (await context.daemon()).patch(changedAgent, path(number), { name, ...groups });
  return { data, text: `${shown(data).text}${handed(data.handedOver)}${warned(data.warnings, number)}` };
}

const changedAgent = agentView.extend({
  handedOver: handedOver.array().readonly(),
  warnings: warning.array().readonly(),
});

function warned(warnings: readonly { readonly message: string; readonly hint: string }[], number: string): string {
  return warnings
    .map(({ message, hint }) => `\nwarning: ${harmless(`${message} ${hint.replace('NUMBER', number)}`)}`)
    .join('');
}

/** What became of the personal callbacks of an agent who no longer works in their campaigns. */
function handed(moved: readonly HandedOver[]): string {
  const lines = moved.map(({ campaign, callbacks }) => {
    const owed = callbacks === 1 ? 'The personal callback' : `The ${callbacks} personal callbacks`;
    return `\n${owed} in ${harmless(campaign)} ${callbacks === 1 ? 'is' : 'are'} any agent's now: outdial callback list --campaign ${harmless(campaign)}`;
  });
  return lines.join('');
}

async function removeAgent(context: CommandContext, number: string): Promise<Outcome> {
  const data = await (await context.daemon()).delete(removedAgent, path(number));
  const finishing = data.inCall ? ' The conversation that is running is finished first.' : '';
  return { data, text: `Agent ${data.removed} is removed.${finishing}${handed(data.handedOver)}` };
}

async function setPassword(context: CommandContext, number: string, password?: string): Promise<Outcome> {
  return secrets(await (await context.daemon()).post(credentials, path(number, '/password'), { password }));
}

async function setPin(context: CommandContext, number: string, pin?: string): Promise<Outcome> {
  const data = await (await context.daemon()).post(newPinAnswer, path(number, '/pin'), { pin });
  return { data, text: `The PIN of agent ${data.number} is ${data.pin}.` };
}

async function logOut(context: CommandContext, number: string): Promise<Outcome> {
  return shown(await (await context.daemon()).post(agentView, path(number, '/logout')));
}
