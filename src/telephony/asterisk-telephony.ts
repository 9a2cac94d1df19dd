// The Telephony port on a real Asterisk: one ARI link that carries calls, one AMI link that knows phones and trunks.
// Decides nothing about calls; what it does by itself is only what Asterisk needs to carry out a command.

import type { AsteriskSettings, Trunk } from '../config/settings.ts';
import { OperationalError } from '../base/errors.ts';
import type { Log } from '../base/log.ts';
import type { AttemptId } from '../terms.ts';
import {
  TelephonyRefusal,
  type NotedWish,
  type SipAccount,
  type Telephony,
  type TelephonyCommand,
  type TelephonyEvent,
  type TelephonySnapshot,
} from '../engine/ports.ts';
import { provisionAccount, removeAccount } from './accounts.ts';
import { ActionRefused, AmiLink } from './ami.ts';
import { AnswerLimits } from './answer-limit.ts';
import { amiTime, field, peerOf, ReachBook, type AmiFields, type ReachChange } from './ami-events.ts';
import { dropRequest, listenRequest, nameRequest, requestFor } from './ari-commands.ts';
import { isObject, meaningOf, type OwnStep } from './ari-events.ts';
import { AriFailure, ariPath, STATUS_LINK_DOWN, STATUS_TIMEOUT, type RestRequest } from './ari-rest.ts';
import { faultOf, traceOf } from './fault.ts';
import { AriLink, type LinkChange } from './ari.ts';
import { InOrder } from './in-order.ts';
import { isRecording, MonitorIds, recordingAction, type RecordingCommand } from './recordings.ts';
import { readSnapshot } from './snapshot.ts';
import { forgetWish, readWishes } from './wishes.ts';

export interface AsteriskTelephonyOptions {
  readonly asterisk: AsteriskSettings;
  readonly trunks: readonly Trunk[];
  /** The code that agents dial; the dialplan must know it too. */
  readonly signInCode: string;
  readonly log: Log;
}

/** The port, and which of its two links are up, for health pages. */
export interface AsteriskTelephony extends Telephony {
  links(): { readonly ari: boolean; readonly ami: boolean };
}

/** Asterisk waits 3 s for a trunk's answer (`qualify_timeout`). */
const TRUNK_ANSWER_MS = 4_000;
/** What Asterisk answers to an id that is taken. */
const STATUS_EXISTS = 409;
const LIMIT_TRIES = 5;
const LIMIT_RETRY_MS = 400;

/** Telephony on the Asterisk of the settings; does nothing before `start`. */
export function createAsteriskTelephony(options: AsteriskTelephonyOptions): AsteriskTelephony {
  return new Exchange(options);
}

class Exchange implements AsteriskTelephony {
  readonly #options: AsteriskTelephonyOptions;
  readonly #log: Log;
  readonly #ari: AriLink;
  readonly #ami: AmiLink;
  readonly #reach: ReachBook;
  readonly #limits = new AnswerLimits();
  readonly #monitors = new MonitorIds();
  readonly #inOrder = new InOrder();
  #listener: (event: TelephonyEvent) => void = () => undefined;

  constructor(options: AsteriskTelephonyOptions) {
    const { asterisk, trunks } = options;
    this.#options = options;
    this.#log = options.log.child({ area: 'telephony' });
    this.#reach = new ReachBook(trunks);
    this.#ari = new AriLink(
      { ...asterisk.ari, app: asterisk.app, endpoints: trunks.map(({ endpoint }) => endpoint), log: this.#log },
      {
        message: (message) => this.#heard(message),
        link: (change) => this.#linkChanged(change),
        unknownEndpoint: (endpoint) => this.#tellReach(this.#reach.note(endpoint, false), Date.now()),
      },
    );
    this.#ami = new AmiLink(
      { ...asterisk.ami, log: this.#log },
      { event: (event) => this.#amiEvent(event), link: (up) => this.#amiLinkChanged(up) },
    );
  }

  async start(listener: (event: TelephonyEvent) => void): Promise<void> {
    this.#listener = listener;
    try {
      await this.#ari.start();
      await this.#ami.start();
      await this.#readPeers();
      await this.#checkSignInCode();
    } catch (error) {
      await this.stop();
      throw error;
    }
  }

  stop(): Promise<void> {
    this.#listener = () => undefined;
    this.#ari.stop();
    this.#ami.stop();
    return Promise.resolve();
  }

  execute(command: TelephonyCommand): Promise<void> {
    if (isRecording(command)) return this.#record(command);
    return this.#inOrder.run(command, () => this.#send(command));
  }

  async #send(command: Exclude<TelephonyCommand, RecordingCommand>): Promise<void> {
    const request = requestFor(command, { app: this.#options.asterisk.app, trunks: this.#options.trunks });
    if (!this.#ari.up) throw new TelephonyRefusal('link-down', 'there is no connection to Asterisk');
    if (command.type === 'answer' && command.call !== undefined)
      this.#setLimit(nameRequest(command.leg, command.call), 0);
    const first = this.#limits.before(command);
    if (first) this.#setLimit(first, 0);
    try {
      await this.#ari.rest.send(request);
    } catch (error) {
      if (command.type === 'create-bridge' && error instanceof AriFailure && error.status === STATUS_EXISTS) return;
      throw (await this.#isFalseConflict(error, command))
        ? new TelephonyRefusal('unreachable', `${command.type}: the phone or trunk cannot be reached`)
        : refusalOf(error, command);
    }
  }

  async #record(command: RecordingCommand): Promise<void> {
    const { leg } = command;
    const monitor = command.type === 'stop-recording' ? this.#monitors.find(leg, command.recording) : undefined;
    const { action, fields } = recordingAction(command, monitor);
    if (!this.#ami.up) throw new TelephonyRefusal('link-down', 'there is no AMI connection to Asterisk');
    try {
      const answer = await this.#ami.action(action, fields);
      if (command.type === 'record') this.#monitors.note(leg, command.recording, answer);
    } catch (error) {
      const message = `${command.type}: ${error instanceof Error ? error.message : String(error)}`;
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
      await this.#ari.rest.send({ method: 'GET', path: ariPath('channels', command.leg) });
      return false;
    } catch (failure) {
      return failure instanceof AriFailure && failure.status === 404;
    }
  }

  async snapshot(): Promise<TelephonySnapshot> {
    try {
      const snapshot = await readSnapshot(this.#ari.rest, this.#options.asterisk.app);
      this.#keepConversations(snapshot);
      return snapshot;
    } catch (error) {
      throw new OperationalError('ari-unreachable', 'Asterisk does not say which calls live on it', {
        hint: 'Is Asterisk running? outdial asks again when it is back.',
        cause: error,
        httpCode: 503,
      });
    }
  }

  /** Conversations that an earlier daemon connected, perhaps with its last breath. */
  #keepConversations(snapshot: TelephonySnapshot): void {
    for (const leg of snapshot.bridges.flatMap(({ legs }) => (legs.length > 1 ? legs : []))) {
      const request = this.#limits.lift(leg);
      if (request) this.#setLimit(request, 0);
    }
  }

  /** Not awaited: it is on its way to Asterisk before the command that follows it, which must not lose time. */
  #setLimit(request: RestRequest, tries: number): void {
    this.#ari.rest.send(request).catch((error: unknown) => {
      if (error instanceof AriFailure && isGone(error)) return;
      if (tries >= LIMIT_TRIES)
        this.#log.error({ fault: faultOf(error), path: request.path }, 'a call keeps its answer limit');
      else setTimeout(() => this.#setLimit(request, tries + 1), LIMIT_RETRY_MS);
    });
  }

  provision(account: SipAccount): Promise<void> {
    return provisionAccount(this.#ari.rest, account);
  }

  removeAccount(name: string): Promise<void> {
    return removeAccount(this.#ari.rest, name);
  }

  wishes(): Promise<readonly NotedWish[]> {
    return readWishes(this.#ami);
  }

  forgetWish(attempt: AttemptId): Promise<void> {
    return forgetWish(this.#ami, attempt);
  }

  links(): { ari: boolean; ami: boolean } {
    return { ari: this.#ari.up, ami: this.#ami.up };
  }

  #heard(message: unknown): void {
    const { events, step } = meaningOf(message);
    for (const event of events) {
      this.#limits.note(event);
      if (event.type === 'leg-ended') this.#monitors.forget(event.leg);
      this.#tell(event);
    }
    if (step?.type === 'followed') this.#dropFollowed(step);
    else if (step) this.#takeSnoopStep(step);
  }

  /** A carrier that redirects chooses the channel's kind too, and so gets round the context that leads nowhere. */
  #dropFollowed({ leg, channel, to }: Extract<OwnStep, { type: 'followed' }>): void {
    this.#log.warn({ leg, channel, to }, 'the far side redirected the call: not followed');
    this.#ari.rest.send(dropRequest(channel)).catch((error: unknown) => {
      if (error instanceof AriFailure && isGone(error)) return;
      this.#log.error({ fault: faultOf(error), channel }, 'a redirected call could not be ended');
    });
  }

  #takeSnoopStep(step: Exclude<OwnStep, { type: 'followed' }>): void {
    const request = step.type === 'snoop-ready' ? listenRequest(step.snoop) : dropRequest(step.snoop);
    this.#ari.rest.send(request).catch((error: unknown) => {
      // The person has hung up meanwhile, and the snoop channel with them.
      if (error instanceof AriFailure && isGone(error)) return;
      this.#log.warn({ fault: faultOf(error), snoop: step.snoop }, 'detection in parallel could not go on');
    });
  }

  #linkChanged(change: LinkChange): void {
    if (change.restarted) this.#limits.clear();
    this.#tell({ type: 'link', at: Date.now(), ...change });
  }

  #amiLinkChanged(up: boolean): void {
    if (!up) return;
    // The first time `start` waits for it; later the phones may have come and gone unheard.
    this.#readPeers().catch((error: unknown) => {
      this.#log.warn({ fault: faultOf(error) }, 'could not read which phones are registered');
    });
  }

  #amiEvent(event: AmiFields): void {
    const at = amiTime(event, Date.now());
    const peer = peerOf(event);
    if (peer) this.#tellReach(this.#reach.note(peer.endpoint, peer.online), at);
    else this.#tellReach(this.#reach.noteRegistration(event), at);
  }

  async #readPeers(): Promise<void> {
    const endpoints = await this.#ari.rest.send({ method: 'GET', path: '/endpoints/PJSIP' });
    const online = new Map<string, boolean>();
    for (const endpoint of Array.isArray(endpoints) ? endpoints : []) {
      if (!isObject(endpoint) || typeof endpoint.resource !== 'string') continue;
      online.set(endpoint.resource, isOnline(endpoint));
    }
    const at = Date.now();
    for (const lost of this.#reach.online.filter((endpoint) => !online.has(endpoint))) online.set(lost, false);
    for (const [endpoint, isReached] of online) {
      // After its start Asterisk calls a trunk offline until it has asked it the first time.
      if (!isReached && this.#reach.isTrunk(endpoint)) this.#askAgain(endpoint);
      else this.#tellReach(this.#reach.note(endpoint, isReached), at);
    }
    for (const registration of await this.#ami.list('PJSIPShowRegistrationsOutbound')) {
      this.#tellReach(this.#reach.noteRegistration(registration), at);
    }
  }

  #askAgain(endpoint: string): void {
    this.#ami.action('PJSIPQualify', { endpoint }).catch((error: unknown) => {
      this.#log.debug({ endpoint, fault: faultOf(error) }, 'Asterisk will not ask the trunk now');
    });
    setTimeout(() => {
      this.#ari.rest.send({ method: 'GET', path: ariPath('endpoints', 'PJSIP', endpoint) }).then(
        (answer) => this.#tellReach(this.#reach.note(endpoint, isOnline(answer)), Date.now()),
        (error: unknown) => this.#log.debug({ endpoint, fault: faultOf(error) }, 'no word about the trunk'),
      );
    }, TRUNK_ANSWER_MS).unref();
  }

  /** The dialplan's copy of the code is fixed when Asterisk reads it: another one here would leave agents outside. */
  async #checkSignInCode(): Promise<void> {
    const code = this.#options.signInCode;
    const lines = await this.#ami.list('ShowDialPlan', { context: 'outdial-agents' });
    if (lines.some((line) => field(line, 'extension') === code)) return;
    const hint = 'set OUTDIAL_SIGN_IN_CODE in site/globals.conf, then `dialplan reload`';
    this.#log.error({ code, hint }, 'the dialplan does not know the sign-in code');
  }

  #tellReach(change: ReachChange | undefined, at: number): void {
    if (change) this.#tell({ at, ...change });
  }

  #tell(event: TelephonyEvent): void {
    try {
      this.#listener(event);
    } catch (error) {
      this.#log.error({ fault: traceOf(error), event: event.type }, 'an event could not be handled');
    }
  }
}

const isOnline = (endpoint: unknown): boolean => isObject(endpoint) && endpoint.state === 'online';

/** The port's word for Asterisk's refusal of a command. */
function refusalOf(error: unknown, command: TelephonyCommand): unknown {
  if (!(error instanceof AriFailure)) return error;
  const message = `${command.type}: ${error.message}`;
  if (error.status === STATUS_LINK_DOWN) return new TelephonyRefusal('link-down', message);
  if (error.status === STATUS_TIMEOUT) return new TelephonyRefusal('timeout', message);
  if (isCall(command)) return new TelephonyRefusal(error.status === 500 ? 'unreachable' : 'refused', message);
  return new TelephonyRefusal(isGone(error) ? 'gone' : 'refused', message);
}

const isCall = (
  command: TelephonyCommand,
): command is Extract<TelephonyCommand, { type: 'place-call' | 'ring-agent' }> =>
  command.type === 'place-call' || command.type === 'ring-agent';

/** Leg, bridge or playback are no more, or no longer in our hands: 404, 409, 412, 422, and 400 for a channel that is unknown. */
function isGone({ status, message }: AriFailure): boolean {
  return [404, 409, 410, 412, 422].includes(status) || (status === 400 && message.includes('not found'));
}
