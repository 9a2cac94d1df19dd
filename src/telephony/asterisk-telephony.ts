// The Telephony port on a real Asterisk: one ARI link that carries calls, one AMI link that knows phones and trunks.
// Decides nothing about calls; what it does by itself is only what Asterisk needs to carry out a command.

import type { AsteriskSettings, Trunk } from '../config/settings.ts';
import { defined } from '../base/defined.ts';
import { OperationalError } from '../base/errors.ts';
import type { Log } from '../base/log.ts';
import type { LineFigures } from '../call/line.ts';
import type { AttemptId, BridgeId, LegId } from '../terms.ts';
import type { NotedOptOut, SipAccount, Telephony, TelephonyEvent, TelephonySnapshot } from '../engine/ports.ts';
import type { TelephonyCommand } from '../engine/telephony-commands.ts';
import { provisionAccount, removeAccount, removeLeftBrowsers, type PhoneCare } from './accounts.ts';
import { AgentLegs } from './agent-legs.ts';
import { AmiLink } from './ami.ts';
import { dropRequest, listenRequest } from './ari-commands.ts';
import { meaningOf, sipLegOf, type OwnStep } from './ari-events.ts';
import { faultOf, traceOf } from './fault.ts';
import { AriLink, type LinkChange } from './ari.ts';
import { CommandSender } from './command-sender.ts';
import { forgetHeldLeg, keepHeldLeg, readHeldLegs } from './held-legs.ts';
import type { MirroredMessage } from './hep.ts';
import { LastWords } from './last-words.ts';
import { readLine } from './line-figures.ts';
import { Peers } from './peers.ts';
import { checkCodes, dropEars } from './start-up.ts';
import { SipAnswers } from './sip-answers.ts';
import { SipMirror } from './sip-mirror.ts';
import { readLeg, readSnapshot } from './snapshot.ts';
import { findSipAddress } from './sip-options.ts';
import { SipWatch, type SipState } from './sip-watch.ts';
import { forgetOptOut, readOptOuts } from './opt-outs.ts';

export interface AsteriskTelephonyOptions {
  readonly asterisk: AsteriskSettings;
  readonly trunks: readonly Trunk[];
  /** The code that agents dial; the dialplan must know it too. */
  readonly signInCode: string;
  /** The same of supervisors who listen. */
  readonly listenCode: string;
  readonly phoneCare: PhoneCare;
  readonly log: Log;
  /** `start` waits as long as it takes for an Asterisk that is not there, and reports this once; absent: refused after 6 s. */
  readonly onWait?: () => void;
}

/** The port, and which of its two links are up, for health pages. */
export interface AsteriskTelephony extends Telephony {
  links(): { readonly ari: boolean; readonly ami: boolean };
  /** Whether Asterisk answers SIP, asked every few seconds. */
  sip(): SipState;
}

const READ_AGAIN_MS = 2_000;

/** Telephony on the Asterisk of the settings; does nothing before `start`. */
export function createAsteriskTelephony(options: AsteriskTelephonyOptions): AsteriskTelephony {
  return new AsteriskExchange(options);
}

class AsteriskExchange implements AsteriskTelephony {
  readonly #options: AsteriskTelephonyOptions;
  readonly #log: Log;
  readonly #ari: AriLink;
  readonly #ami: AmiLink;
  readonly #peers: Peers;
  readonly #agentLegs = new AgentLegs();
  readonly #answers = new SipAnswers();
  readonly #lastWords: LastWords;
  readonly #sender: CommandSender;
  readonly #mirror: SipMirror | undefined;
  readonly #sipWatch: SipWatch;
  #listener: (event: TelephonyEvent) => void = () => undefined;

  constructor(options: AsteriskTelephonyOptions) {
    const { asterisk, trunks } = options;
    const onWait = options.onWait && ((fault: unknown) => this.#waits(fault));
    this.#options = options;
    this.#log = options.log.child({ area: 'telephony' });
    this.#mirror = asterisk.sipMirror && new SipMirror(asterisk.sipMirror);
    this.#lastWords = new LastWords(this.#answers, {
      emit: (event) => this.#pass(event),
      hangUp: (leg) => this.#drop(leg),
      keep: (held) => this.#noteHeld(keepHeldLeg(this.#ami, held)),
      forget: (leg) => this.#noteHeld(forgetHeldLeg(this.#ami, leg)),
    });
    this.#peers = new Peers({
      rest: () => this.#ari.rest,
      ami: () => this.#ami,
      legsOf: (account) => this.#agentLegs.of(account),
      emit: (event) => this.#emit(event),
      trunks,
      log: this.#log,
    });
    this.#ari = new AriLink(
      {
        ...asterisk.ari,
        app: asterisk.app,
        endpoints: trunks.map(({ endpoint }) => endpoint),
        log: this.#log,
        ...defined({ onWait }),
      },
      {
        message: (message) => this.#heard(message),
        link: (change) => this.#linkChanged(change),
        unknownEndpoint: (endpoint) => this.#peers.unknown(endpoint),
      },
    );
    this.#ami = new AmiLink(
      { ...asterisk.ami, log: this.#log, ...defined({ onWait }) },
      { event: (event) => this.#peers.heard(event), link: (up) => this.#amiLinkChanged(up) },
    );
    this.#sender = new CommandSender({
      ari: this.#ari,
      ami: this.#ami,
      app: asterisk.app,
      trunks,
      placed: (leg) => this.#lastWords.placed(leg),
      log: this.#log,
    });
    const endpoints = trunks.map(({ endpoint }) => endpoint);
    this.#sipWatch = new SipWatch(this.#log, () =>
      findSipAddress(this.#ari.rest, { ariUrl: asterisk.ari.url, endpoints }),
    );
  }

  async start(listener: (event: TelephonyEvent) => void): Promise<void> {
    this.#listener = listener;
    try {
      await this.#ari.start();
      await this.#mirror?.start((message) => this.#heardSip(message));
      await this.#ami.start();
      await this.#peers.read();
      if (this.#mirror) this.#lastWords.takeUp(await readHeldLegs(this.#ami), Date.now());
      await checkCodes(this.#ami, this.#options, this.#log);
      await dropEars(this.#ari.rest, this.#sender, this.#log);
      const browsers = await removeLeftBrowsers(this.#ari.rest);
      if (browsers.length > 0)
        this.#log.info({ browsers: browsers.length }, 'accounts of browsers were left over: removed');
      this.#sipWatch.start();
    } catch (error) {
      await this.stop();
      throw error;
    }
  }

  #waits(fault: unknown): void {
    this.#log.warn({ fault }, 'no connection to Asterisk yet: tried again until there is one');
    this.#options.onWait?.();
  }

  stop(): Promise<void> {
    this.#listener = () => undefined;
    this.#sipWatch.stop();
    this.#ari.stop();
    this.#ami.stop();
    this.#mirror?.stop();
    this.#lastWords.clear();
    return Promise.resolve();
  }

  execute(command: TelephonyCommand): Promise<void> {
    if (command.type !== 'doubt') return this.#sender.execute(command);
    this.#peers.doubt(this.#agentLegs.accountOf(command.leg));
    return Promise.resolve();
  }

  async snapshot(): Promise<TelephonySnapshot> {
    try {
      const snapshot = await readSnapshot(this.#ari.rest, this.#options.asterisk.app);
      this.#sender.keepConversations(snapshot);
      for (const { leg, account, ours } of snapshot.legs) {
        if (ours && account !== undefined && !this.#peers.isTrunk(account)) this.#agentLegs.adopt(leg, account);
      }
      return this.#lastWords.withHeld(snapshot);
    } catch (error) {
      throw new OperationalError('ari-unreachable', 'Asterisk does not say which calls live on it', {
        hint: 'Is Asterisk running? outdial asks again when it is back.',
        cause: error,
        httpCode: 503,
      });
    }
  }

  async lookUp(leg: LegId, bridge?: BridgeId): Promise<TelephonySnapshot> {
    const snapshot = await readLeg(this.#ari.rest, { app: this.#options.asterisk.app, leg, bridge });
    return this.#lastWords.withHeld(snapshot, leg);
  }

  line(leg: LegId): Promise<LineFigures | undefined> {
    return readLine(this.#ari.rest, leg);
  }

  provision(account: SipAccount): Promise<void> {
    return provisionAccount(this.#ari.rest, account, this.#options.phoneCare);
  }

  removeAccount(name: string): Promise<void> {
    return removeAccount(this.#ari.rest, name);
  }

  optOuts(): Promise<readonly NotedOptOut[]> {
    return readOptOuts(this.#ami);
  }

  forgetOptOut(attempt: AttemptId): Promise<void> {
    return forgetOptOut(this.#ami, attempt);
  }

  sip(): SipState {
    return this.#sipWatch.state;
  }

  links(): { ari: boolean; ami: boolean } {
    return { ari: this.#ari.up, ami: this.#ami.up };
  }

  #heard(message: unknown): void {
    this.#agentLegs.noteRequest(message);
    const { events, step } = meaningOf(message, this.#agentLegs);
    for (const event of events) this.#lastWords.pass(event, sipLegOf(message));
    if (step?.type === 'followed') this.#dropFollowed(step);
    else if (step) this.#takeSnoopStep(step);
  }

  #pass(event: TelephonyEvent): void {
    this.#sender.note(event);
    this.#agentLegs.note(event);
    if (event.type === 'leg-arrived' && event.account !== undefined) this.#peers.legArrived(event.account, event.leg);
    const ageMs = this.#ari.ageOf(event.at);
    this.#emit(ageMs === 0 ? event : { ...event, ageMs });
  }

  #heardSip({ text, at }: MirroredMessage): void {
    const callId = this.#answers.note(text, at);
    if (callId !== undefined) this.#lastWords.answered(callId);
  }

  /** Without it a pick-up after our CANCEL and across a restart of ours is not heard of: no reason to do less. */
  #noteHeld(noted: Promise<void>): void {
    noted.catch((error: unknown) => {
      this.#log.debug({ fault: faultOf(error) }, 'Asterisk does not note a call that was given up');
    });
  }

  #drop(leg: LegId): void {
    this.#sender.aside(dropRequest(leg), (fault) => {
      this.#log.warn({ fault, leg }, 'a call without any codec in common could not be ended');
    });
  }

  /** A carrier that redirects chooses the channel's kind too, and so gets round the context that leads nowhere. */
  #dropFollowed({ leg, channel, to }: Extract<OwnStep, { type: 'followed' }>): void {
    this.#log.warn({ leg, channel, to }, 'the far side redirected the call: not followed');
    this.#sender.aside(dropRequest(channel), (fault) => {
      this.#log.error({ fault, channel }, 'a redirected call could not be ended');
    });
  }

  #takeSnoopStep(step: Exclude<OwnStep, { type: 'followed' }>): void {
    const request = step.type === 'snoop-ready' ? listenRequest(step.snoop) : dropRequest(step.snoop);
    // The person may have hung up meanwhile, and the snoop channel with them.
    this.#sender.aside(request, (fault) => {
      this.#log.warn({ fault, snoop: step.snoop }, 'detection in parallel could not go on');
    });
  }

  #linkChanged(change: LinkChange): void {
    if (change.restarted) {
      this.#sender.clear();
      this.#agentLegs.clear();
      this.#lastWords.clear();
    }
    this.#emit({ type: 'link', at: Date.now(), ...change });
  }

  #amiLinkChanged(up: boolean): void {
    if (up) this.#readPeers();
  }

  /** The first time `start` waits for it; later the phones may have come and gone unheard. */
  #readPeers(): void {
    this.#peers.read().catch((error: unknown) => {
      this.#log.warn({ fault: faultOf(error) }, 'could not read which phones are registered: asking again');
      setTimeout(() => this.#ami.up && this.#readPeers(), READ_AGAIN_MS).unref();
    });
  }

  #emit(event: TelephonyEvent): void {
    try {
      this.#listener(event);
    } catch (error) {
      this.#log.error({ fault: traceOf(error), event: event.type }, 'an event could not be handled');
    }
  }
}
