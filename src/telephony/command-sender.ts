// Commands on their way to Asterisk: each as a request of ARI or an action of AMI, in the order in which a leg must have
// them, with what must be said before it. What Asterisk answers becomes the port's refusals.

import type { Log } from '../base/log.ts';
import type { Trunk } from '../config/settings.ts';
import { TelephonyRefusal, type TelephonyEvent, type TelephonySnapshot } from '../engine/ports.ts';
import type { TelephonyCommand } from '../engine/telephony-commands.ts';
import type { LegId } from '../terms.ts';
import { field, type AmiFields } from './ami-events.ts';
import { ActionRefused, type AmiLink } from './ami.ts';
import { AnswerLimits } from './answer-limit.ts';
import { earRequest, nameRequest, requestFor } from './ari-commands.ts';
import { AriFailure, ariPath, type RestRequest } from './ari-rest.ts';
import type { AriLink } from './ari.ts';
import { faultOf } from './fault.ts';
import { InOrder } from './in-order.ts';
import { isLastMessage, LastMessages } from './last-messages.ts';
import { contactsOf, phoneEndpoint } from './phone-address.ts';
import { isRecording, MonitorIds, recordingAction, type RecordingCommand } from './recordings.ts';
import { isCall, isGone, refusalOf } from './refusals.ts';

/** What Asterisk answers to an id that is taken. */
const STATUS_EXISTS = 409;
/** Within the least limit that a campaign may have, half a second. */
const LIMIT_TRIES = 5;
const LIMIT_RETRY_MS = 40;
/** Longer than a try to bring AMI back takes, and shorter than a phone rings. */
const AMI_BACK_MS = 8_000;
const EAR_TRIES = 20;
const EAR_RETRY_MS = 50;

/** `doubt` asks Asterisk nothing by itself. */
type Sendable = Exclude<TelephonyCommand, { type: 'doubt' }>;
type TakeBack = Extract<TelephonyCommand, { type: 'take-back' }>;

interface SenderParts {
  readonly ari: AriLink;
  readonly ami: AmiLink;
  readonly app: string;
  readonly trunks: readonly Trunk[];
  /** A call into the network begins on this leg. */
  readonly placed: (leg: LegId) => void;
  readonly log: Log;
}

export class CommandSender {
  readonly #parts: SenderParts;
  readonly #limits = new AnswerLimits();
  readonly #monitors = new MonitorIds();
  readonly #inOrder = new InOrder();
  readonly #lastMessages: LastMessages;

  constructor(parts: SenderParts) {
    this.#parts = parts;
    this.#lastMessages = new LastMessages({
      rest: () => parts.ari.rest,
      ask: (what, action, fields) => this.#ask(what, action, fields),
    });
  }

  /** What has happened to a leg decides what must be said before its next command. */
  note(event: TelephonyEvent): void {
    this.#limits.note(event, performance.now());
    this.#lastMessages.note(event);
    if (event.type === 'leg-ended') this.#monitors.forget(event.leg);
  }

  /** Another Asterisk, other legs. */
  clear(): void {
    this.#limits.clear();
    this.#lastMessages.clear();
  }

  /** A request that no one waits for, and that a leg which is gone meanwhile needs no more. */
  aside(request: RestRequest, failed: (fault: unknown) => void): void {
    this.#parts.ari.rest.send(request).catch((error: unknown) => {
      if (!(error instanceof AriFailure && isGone(error))) failed(faultOf(error));
    });
  }

  /** Carries the command out; rejects with a `TelephonyRefusal`. */
  execute(command: Sendable): Promise<void> {
    if (isRecording(command)) return this.#record(command);
    if (command.type === 'take-back') return this.#takeBack(command);
    return this.#inOrder.run(command, () => this.#send(command));
  }

  /** Of a leg that is out of the application's hands ARI knows nothing to do; the dialplan hands it back. */
  #takeBack({ leg, as }: TakeBack): Promise<void> {
    const fields = { channel: leg, context: 'outdial-return', exten: as, priority: '1' };
    return this.#ask('take-back', 'Redirect', fields).then(() => undefined);
  }

  async #send(command: Exclude<Sendable, RecordingCommand | TakeBack>): Promise<void> {
    const request = requestFor(command, this.#parts);
    if (!this.#parts.ari.up) throw new TelephonyRefusal('link-down', 'there is no connection to Asterisk');
    if (command.type === 'answer' && command.call !== undefined)
      this.#setLimit(nameRequest(command.leg, command.call), 0);
    if (command.type === 'place-call') this.#parts.placed(command.leg);
    try {
      const change = this.#limits.before(command, performance.now());
      // A leg that went into its bridge with its limit on would be taken out again.
      if (change?.first === true) await this.#parts.ari.rest.send(change.request);
      else if (change) this.#setLimit(change.request, 0);
      if (command.type === 'add-to-bridge') this.#limits.lifted(command.leg);
      if (isLastMessage(command)) await this.#lastMessages.play(command);
      else if (command.type === 'ring-agent') await this.#ring(request, command.account);
      else await this.#parts.ari.rest.send(request);
      if (command.type === 'listen') await this.#seatEar(command.ear, command.bridge);
    } catch (error) {
      if (command.type === 'create-bridge' && error instanceof AriFailure && error.status === STATUS_EXISTS) return;
      throw (await this.#isFalseConflict(error, command))
        ? new TelephonyRefusal('unreachable', `${command.type}: the phone or trunk cannot be reached`)
        : refusalOf(error, command);
    }
  }

  async #ring(request: RestRequest, account: string): Promise<void> {
    await this.#parts.ami.back(AMI_BACK_MS).catch(() => undefined); // it is asked below, and says that it is down
    const answer = await this.#ask('ring-agent', 'Getvar', { variable: contactsOf(account) });
    const contacts = field(answer, 'value');
    try {
      await this.#parts.ari.rest.send({
        ...request,
        body: { ...request.body, endpoint: phoneEndpoint(account, contacts) },
      });
    } catch (error) {
      if (error instanceof TelephonyRefusal && error.reason === 'refused')
        this.#parts.log.error({ account, contacts }, 'a phone is registered with an address that leads elsewhere');
      throw error;
    }
  }

  /** The ear comes under our control a moment after it is there. */
  async #seatEar(ear: string, bridge: string, tries = 0): Promise<void> {
    try {
      await this.#parts.ari.rest.send(earRequest(ear, bridge));
    } catch (error) {
      if (tries >= EAR_TRIES) throw error;
      await new Promise((resolve) => setTimeout(resolve, EAR_RETRY_MS));
      await this.#seatEar(ear, bridge, tries + 1);
    }
  }

  async #record(command: RecordingCommand): Promise<void> {
    const { leg } = command;
    const monitor = command.type === 'stop-recording' ? this.#monitors.find(leg, command.recording) : undefined;
    const { action, fields } = recordingAction(command, monitor);
    const answer = await this.#ask(command.type, action, fields);
    if (command.type === 'record') this.#monitors.note(leg, command.recording, answer);
  }

  /** An action of AMI about a leg, its refusal in the port's words. */
  async #ask(what: string, action: string, fields: Readonly<Record<string, string>>): Promise<AmiFields> {
    if (!this.#parts.ami.up) throw new TelephonyRefusal('link-down', 'there is no AMI connection to Asterisk');
    try {
      return await this.#parts.ami.action(action, fields);
    } catch (error) {
      const message = `${what}: ${error instanceof Error ? error.message : String(error)}`;
      if (!(error instanceof ActionRefused)) throw new TelephonyRefusal('timeout', message);
      throw new TelephonyRefusal(/no such channel/i.test(message) ? 'gone' : 'refused', message);
    }
  }

  /**
   * Asterisk 22 says "unique ID already exists" of a phone that is not registered, when the same thread has said so
   * rightly before (it never forgets the reason). Whether the name is taken is asked again here.
   */
  async #isFalseConflict(error: unknown, command: TelephonyCommand): Promise<boolean> {
    if (!(error instanceof AriFailure) || error.status !== STATUS_EXISTS || !isCall(command)) return false;
    try {
      await this.#parts.ari.rest.send({ method: 'GET', path: ariPath('channels', command.leg) });
      return false;
    } catch (failure) {
      return failure instanceof AriFailure && failure.status === 404;
    }
  }

  /** Conversations that an earlier daemon connected, perhaps with its last breath. */
  keepConversations(snapshot: TelephonySnapshot): void {
    for (const leg of snapshot.bridges.flatMap(({ legs }) => (legs.length > 1 ? legs : []))) {
      const request = this.#limits.lift(leg);
      this.#limits.lifted(leg);
      if (request) this.#setLimit(request, 0);
    }
  }

  /** Not awaited: it is on its way to Asterisk before the command that follows it, which must not lose time. */
  #setLimit(request: RestRequest, tries: number): void {
    this.#parts.ari.rest.send(request).catch((error: unknown) => {
      if (error instanceof AriFailure && isGone(error)) return;
      if (tries >= LIMIT_TRIES)
        this.#parts.log.error({ fault: faultOf(error), path: request.path }, 'a call keeps its answer limit');
      else setTimeout(() => this.#setLimit(request, tries + 1), LIMIT_RETRY_MS);
    });
  }
}
