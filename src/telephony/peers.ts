// Who can be reached: phones and trunks, as Asterisk reports them while the link is up and when it is asked. Also
// notices phones that are gone without a word while a leg of theirs is up.

import type { Log } from '../base/log.ts';
import type { Trunk } from '../config/settings.ts';
import type { TelephonyEvent } from '../engine/ports.ts';
import type { LegId } from '../terms.ts';
import { amiTime, peerOf, ReachBook, type AmiFields, type ReachChange } from './ami-events.ts';
import type { AmiLink } from './ami.ts';
import { isObject } from './ari-events.ts';
import { AriFailure, ariPath, type AriRest } from './ari-rest.ts';
import { faultOf } from './fault.ts';
import { PhoneWatch } from './phone-watch.ts';
import { isGone } from './refusals.ts';

/** Asterisk waits 3 s for a trunk's answer (`qualify_timeout`). */
const TRUNK_ANSWER_MS = 4_000;

export interface PeersParts {
  readonly rest: () => AriRest;
  readonly ami: () => AmiLink;
  readonly trunks: readonly Trunk[];
  /** Agents' legs of an account's phone. */
  readonly legsOf: (account: string) => readonly LegId[];
  readonly emit: (event: TelephonyEvent) => void;
  readonly log: Log;
}

export class Peers {
  readonly #parts: PeersParts;
  readonly #reach: ReachBook;
  readonly #phones: PhoneWatch;

  constructor(parts: PeersParts) {
    this.#parts = parts;
    this.#reach = new ReachBook(parts.trunks);
    this.#phones = new PhoneWatch({
      legsOf: parts.legsOf,
      soundOf: (leg) => this.#soundOf(leg),
      lost: (leg) => this.#lost(leg),
      pause: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    });
  }

  isTrunk(endpoint: string): boolean {
    return this.#reach.isTrunk(endpoint);
  }

  /** The account's phone may be gone: its legs are listened to once. */
  doubt(account: string | undefined): void {
    if (account !== undefined) this.#phones.doubt(account);
  }

  /** An agent's leg is up. */
  legArrived(account: string, leg: LegId): void {
    this.#phones.arrived(account, leg);
  }

  /** Takes in one event of AMI. */
  heard(event: AmiFields): void {
    this.#phones.heard(event);
    const at = amiTime(event, Date.now());
    const peer = peerOf(event);
    if (peer) this.#emit(this.#reach.note(peer.endpoint, peer.online), at);
    else this.#emit(this.#reach.noteRegistration(event), at);
  }

  /** A trunk's endpoint that Asterisk does not have. */
  unknown(endpoint: string): void {
    this.#emit(this.#reach.note(endpoint, false), Date.now());
  }

  /** Asks for everything: phones and trunks may have come and gone unheard. */
  async read(): Promise<void> {
    const endpoints = await this.#parts.rest().send({ method: 'GET', path: '/endpoints/PJSIP' });
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
      else this.#emit(this.#reach.note(endpoint, isReached), at);
      if (!isReached) this.#phones.unreachable(endpoint);
    }
    for (const registration of await this.#parts.ami().list('PJSIPShowRegistrationsOutbound')) {
      this.#emit(this.#reach.noteRegistration(registration), at);
    }
  }

  #askAgain(endpoint: string): void {
    const { log } = this.#parts;
    this.#parts
      .ami()
      .action('PJSIPQualify', { endpoint })
      .catch((error: unknown) => {
        log.debug({ endpoint, fault: faultOf(error) }, 'Asterisk will not ask the trunk now');
      });
    setTimeout(() => {
      this.#parts
        .rest()
        .send({ method: 'GET', path: ariPath('endpoints', 'PJSIP', endpoint) })
        .then(
          (answer) => this.#emit(this.#reach.note(endpoint, isOnline(answer)), Date.now()),
          (error: unknown) => {
            log.debug({ endpoint, fault: faultOf(error) }, 'no word about the trunk: asking again');
            if (this.#parts.ami().up) this.#askAgain(endpoint);
          },
        );
    }, TRUNK_ANSWER_MS).unref();
  }

  async #soundOf(leg: LegId): Promise<number | undefined> {
    const path = ariPath('channels', leg, 'rtp_statistics');
    const statistics = await this.#parts
      .rest()
      .send({ method: 'GET', path })
      .catch((error: unknown) => {
        if (error instanceof AriFailure && isGone(error)) return undefined;
        throw error;
      });
    return isObject(statistics) && typeof statistics.rxcount === 'number' ? statistics.rxcount : undefined;
  }

  #lost(leg: LegId): void {
    this.#parts.log.warn({ leg }, 'the phone does not answer and is not heard: its leg is given up');
    this.#parts.emit({ type: 'leg-lost', at: Date.now(), leg });
  }

  #emit(change: ReachChange | undefined, at: number): void {
    if (change) this.#parts.emit({ at, ...change });
  }
}

const isOnline = (endpoint: unknown): boolean => isObject(endpoint) && endpoint.state === 'online';
