// Carries out what a workspace sends: once for each key, on what the agent has seen, and never on what is in another
// agent's hands. What is not done is answered with the reason and with how things stand.

import { defined } from '../../base/defined.ts';
import { createHash } from 'node:crypto';
import type { RecordFacts } from '../../records/record.ts';
import { ofRecord } from '../../records/unknown-caller.ts';
import { OperationalError } from '../../base/errors.ts';
import type { Log } from '../../base/log.ts';
import type { Clock } from '../../base/clock.ts';
import type { Actor } from '../../engine/actor.ts';
import { noteChange } from '../../engine/audit-trail.ts';
import type {
  DeskAnswer,
  DeskCommand as EngineCommand,
  DeskPort,
  OpenDesk,
  OpenInteraction,
} from '../../engine/agents/desk-port.ts';
import { KEYS_KEPT } from '../../engine/store/desks.ts';
import type { Store } from '../../engine/store/store.ts';
import type { Missing } from '../../interaction/interaction.ts';
import { KEY_USED, NO_OPEN_RECORD, OTHER_INTERACTION } from '../../interaction/refusals.ts';
import type { PhoneReading } from '../../numbers/phone.ts';
import type { AgentNumber } from '../../terms.ts';
import type { DeskAct, DeskCommand, DeskWish } from '../wire/desk-commands.ts';
import type { DeskView } from '../wire/desk.ts';
import { isWritten, machineAct, type MachineAct, type WrittenAct } from './acts.ts';
import { unmetOf } from './interaction-view.ts';
import type { Workspaces } from './workspaces.ts';
import type { Writer, Writings } from './written.ts';

export interface CommandParts {
  readonly desks: DeskPort;
  readonly store: Pick<Store, 'agents' | 'audit' | 'desks'>;
  readonly workspaces: Workspaces;
  readonly writings: Writings;
  readonly clock: Clock;
  readonly log: Log;
  readonly readNumber: (text: string) => PhoneReading;
}

interface Refused {
  readonly code: string;
  readonly message: string;
  readonly hint: string;
  readonly missing: readonly Missing[];
}

type Answer = 'done' | 'repeated' | Refused;
export type Answered = { readonly answer: Answer; readonly view: DeskView };

interface Known {
  /** A digest of the command. */
  readonly what: string;
  readonly answer: Promise<Answer>;
}

/** An agent who reaches for another's record is written down so often: no one fills the log. */
const SAY_EVERY_MS = 60_000;

const HINTS: Readonly<Record<string, string>> = {
  'stale-version': 'The answer has how it stands: decide again.',
  'other-interaction': 'The answer has the record in your hands, if there is one.',
  'key-used': 'Make a new key for each click.',
  'agent-busy': 'Finish the record in your hands first.',
  'choose-number': 'Name the phone by its place.',
  'choose-caller-id': 'Name one of callerIds.',
  incomplete: 'The answer names everything that is missing.',
  'no-session': 'Open a session first.',
};
const ANY_HINT = 'The answer has how it stands, and what is allowed now.';

export class DeskCommands {
  readonly #parts: CommandParts;
  /** What was carried out, by its key; of an agent who has sent nothing yet it is in the store alone. */
  readonly #known = new Map<AgentNumber, Promise<Map<string, Known>>>();
  /** When an agent's reach for another's record was written down last. */
  readonly #refusedAt = new Map<AgentNumber, number>();

  constructor(parts: CommandParts) {
    this.#parts = parts;
  }

  /** Refused by an error only where no state of the agent's own explains it: 400, 403, 404, 503. */
  async carryOut(agent: AgentNumber, by: Actor, command: DeskCommand): Promise<Answered> {
    const workspace = await this.#parts.workspaces.of(agent);
    const answer = await this.#once(agent, command, () => this.#act({ agent, by, workspace }, command));
    return { answer, view: workspace.view() };
  }

  /** A second click waits for the first; what was refused may be tried again under its key. */
  async #once(agent: AgentNumber, command: DeskCommand, act: () => Promise<Answer>): Promise<Answer> {
    const known = await this.#knownOf(agent);
    const what = createHash('sha256').update(JSON.stringify(command)).digest('base64url');
    const before = known.get(command.key);
    if (before !== undefined) {
      if (before.what !== what) return answerOf(KEY_USED);
      const answer = await before.answer;
      return answer === 'done' ? 'repeated' : answer;
    }
    const answer = this.#kept(agent, { command, what }, act);
    known.set(command.key, { what, answer });
    const [oldest] = known.keys();
    if (known.size > KEYS_KEPT && oldest !== undefined) known.delete(oldest);
    const forget = (): void => void known.delete(command.key);
    answer.then((said) => typeof said === 'object' && forget(), forget);
    return answer;
  }

  #knownOf(agent: AgentNumber): Promise<Map<string, Known>> {
    const before = this.#known.get(agent);
    if (before !== undefined) return before;
    const done = Promise.resolve('done' as const);
    const read = this.#parts.store.desks
      .keys(agent)
      .then((keys) => new Map(keys.map(({ key, what }): [string, Known] => [key, { what, answer: done }])));
    this.#known.set(agent, read);
    read.catch(() => this.#known.delete(agent));
    return read;
  }

  /**
   * The command and its key, durable before it is answered. After a crash between the two the same command finds the state
   * as it has left it: the desk knows its own commands, and what remains comes to the same a second time.
   */
  async #kept(
    agent: AgentNumber,
    { command, what }: { readonly command: DeskCommand; readonly what: string },
    act: () => Promise<Answer>,
  ): Promise<Answer> {
    const answer = await act();
    if (answer !== 'done' || isHarmlessTwice(command)) return answer;
    const { store, clock } = this.#parts;
    await store.desks.keepKey({ agent, key: command.key, what, at: clock.now() });
    return answer;
  }

  async #act(writer: Writer, command: DeskCommand): Promise<Answer> {
    try {
      return 'wish' in command
        ? await this.#wish(writer, command.key, command.wish)
        : await this.#onRecord(writer, command);
    } catch (error) {
      if (!(error instanceof OperationalError) || error.httpCode !== 409) throw error;
      const { code, message, hint } = error;
      return { code, message, hint, missing: [] };
    }
  }

  async #wish({ agent, workspace }: Writer, key: string, wish: DeskWish): Promise<Answer> {
    const { desks } = this.#parts;
    switch (wish.do) {
      case 'open-session':
        await desks.open({
          agent,
          campaign: wish.campaign,
          phone: phoneOf(wish.phone),
          ...(wish.ready === true ? { ready: true } : {}),
        });
        return 'done';
      case 'change-phone':
        return this.#send(agent, { key, session: { do: 'change-phone', to: wish.phone.kind } });
      case 'call-phone':
        return this.#send(agent, { key, session: { do: 'call-phone' } });
      case 'pause':
        return this.#send(agent, { key, session: { do: 'pause', reason: wish.reason } });
      case 'resume':
        return this.#send(agent, { key, session: { do: 'resume' } });
      case 'get-record': {
        const kind = desks.campaigns(agent).find(({ name }) => name === wish.campaign)?.kind;
        if (kind === undefined) return refusal('campaign-unknown', `You do not work in a campaign ${wish.campaign}.`);
        return this.#send(agent, { key, wish: { ...wish, kind } });
      }
      case 'dismiss-notice':
        workspace.dismiss(wish.notice);
        return 'done';
      case 'end-session':
      case 'set-ready':
      case 'set-not-ready':
      case 'stop':
      case 'go-on':
        return this.#send(agent, { key, wish });
    }
  }

  async #onRecord(writer: Writer, command: Extract<DeskCommand, { act: DeskAct }>): Promise<Answer> {
    const { act, interaction, key, expects } = command;
    const { engine } = writer.workspace.inHand;
    if (engine.open?.interaction !== interaction) {
      await this.#mustNotBeOthers(writer, interaction);
      const before = act.do === 'write-notes' ? writer.workspace.hadInHand(interaction) : undefined;
      if (act.do === 'write-notes' && before !== undefined) {
        await this.#parts.writings.lateNotes(writer, before, act);
        return 'done';
      }
      return answerOf(OTHER_INTERACTION);
    }
    if (isWritten(act)) return this.#write(writer, key, act);
    const version = defined({ expects });
    return this.#send(writer.agent, { key, interaction, ...version, act: this.#machineAct(writer, act) });
  }

  #machineAct({ agent, workspace }: Writer, act: MachineAct): ReturnType<typeof machineAct> {
    const { engine, fields } = workspace.inHand;
    const { readNumber, clock, workspaces } = this.#parts;
    const { open } = engine;
    const campaign = open && workspaces.definition(open.campaign);
    const unmet = open === undefined ? [] : unmetOf({ open, campaign, fields, now: clock.now() });
    return machineAct(act, { agent, open, campaign, readNumber, unmet });
  }

  async #write(writer: Writer, key: string, act: WrittenAct): Promise<Answer> {
    const { open } = writer.workspace.inHand.engine;
    if (open?.facts === undefined || open.state === 'offered') {
      return answerOf(NO_OPEN_RECORD);
    }
    const { writings } = this.#parts;
    if (act.do === 'keep-form') {
      await writings.form(writer, { ...open, facts: open.facts }, act);
      return 'done';
    }
    if (act.do !== 'do-not-call') {
      const facts = ofRecord(open.facts);
      if (facts === undefined) return refusal('not-now', 'The campaign has no record of this person to write to.');
      if (act.do === 'write-notes') await writings.notes(writer, notesOf(open, facts), act);
      if (act.do === 'edit-fields') await writings.fields(writer, { ...open, facts }, act);
      return 'done';
    }
    await writings.doNotCall(writer, { ...open, facts: open.facts }, act);
    // Nothing is dialed: with that the record is done with.
    const isUndialed = open.state === 'preview' && open.tried.length === 0 && act.numbers === 'all';
    if (!isUndialed || !open.may.includes('decline')) return 'done';
    const never = { do: 'decline', until: 'never' } as const;
    return this.#send(writer.agent, { key: `${key}.never`, interaction: open.interaction, act: never });
  }

  async #send(agent: AgentNumber, command: EngineCommand): Promise<Answer> {
    return answerOf((await this.#parts.desks.command(agent, command)).answer);
  }

  /** Refused with `not-your-interaction`, which is logged: no one comes by another's record by chance. */
  async #mustNotBeOthers({ agent, by }: Writer, interaction: string): Promise<void> {
    const { desks, store, clock, log } = this.#parts;
    const agents = await store.agents.all();
    const owner = agents.find(({ number }) => desks.view(number).open?.interaction === interaction);
    if (owner === undefined || owner.number === agent) return;
    const now = clock.now();
    if (now - (this.#refusedAt.get(agent) ?? -Infinity) >= SAY_EVERY_MS) {
      this.#refusedAt.set(agent, now);
      log.warn({ agent, owner: owner.number, interaction }, 'refused: the record is in the hands of another agent');
      const entry = { subject: `interaction ${interaction}`, to: { owner: owner.number } };
      await noteChange(store, by, { at: now, what: 'interaction.refused', ...entry });
    }
    throw new OperationalError('not-your-interaction', 'That record is in the hands of another agent.', {
      hint: 'Act on the interaction that your own view has; this is in the log.',
      httpCode: 403,
    });
  }
}

const phoneOf = (phone: Extract<DeskWish, { do: 'open-session' }>['phone']): NonNullable<OpenDesk['phone']> =>
  phone.kind === 'number' ? { number: phone.number } : phone.kind;

/** Notes and forms name the version that they were written on; notices are gone with the daemon. */
const isHarmlessTwice = (command: DeskCommand): boolean =>
  'wish' in command
    ? command.wish.do === 'dismiss-notice'
    : command.act.do === 'write-notes' || command.act.do === 'keep-form';

const notesOf = ({ interaction, campaign }: OpenInteraction, { record, contact }: RecordFacts) => ({
  interaction,
  campaign,
  record,
  contact,
});

const refusal = (code: string, message: string, missing: readonly Missing[] = []): Refused => ({
  code,
  message,
  missing,
  hint: HINTS[code] ?? ANY_HINT,
});

function answerOf(answer: DeskAnswer['answer']): Answer {
  return typeof answer === 'string' ? answer : refusal(answer.code, answer.message, answer.missing);
}
