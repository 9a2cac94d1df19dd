// One dialog as the called side: answers what comes in once and the same again when it is repeated, and sends requests
// of its own until they are answered. Knows SIP, decides nothing.

import {
  branchOf,
  cseqOf,
  header,
  uriOf,
  writeRequest,
  writeResponse,
  type Header,
  type Parts,
  type SipRequest,
  type SipResponse,
} from './message.ts';
import { Timers } from './timers.ts';

/** What a dialog needs of the peer it belongs to. */
export interface Wire {
  /** host:port of ours. */
  readonly address: string;
  send(datagram: Buffer): void;
}

interface Waiting {
  readonly ack: (response: SipResponse) => void;
  readonly settle: (response: SipResponse | undefined) => void;
}

export class Dialog {
  readonly invite: SipRequest;
  readonly tag: string;
  readonly timers = new Timers();
  readonly #wire: Wire;
  readonly #answers = new Map<string, Buffer>();
  readonly #waiting = new Map<string, Waiting>();
  readonly #forked: string | undefined;
  #cseq = 0;
  #isClosed = false;

  constructor(invite: SipRequest, tag: string, wire: Wire, forked?: string) {
    this.invite = invite;
    this.tag = tag;
    this.#wire = wire;
    this.#forked = forked;
  }

  get callId(): string {
    return header(this.invite, 'call-id');
  }

  get contact(): Header {
    return ['contact', `<sip:peer@${this.#wire.address}>`];
  }

  /** Answers a request; the same request again gets the same answer by itself. */
  respond(request: SipRequest, code: number, parts: Parts = {}): void {
    if (this.#isClosed) return;
    const answer = writeResponse(request, code, {
      ...parts,
      toTag: parts.toTag ?? this.tag,
      headers: [this.contact, ...(parts.headers ?? [])],
    });
    this.#answers.set(keyOf(request), answer);
    this.#wire.send(answer);
  }

  /** Answers until `cancel` is called or 32 s have passed, as a final answer to an INVITE is repeated until its ACK. */
  respondAgain(request: SipRequest, code: number, parts: Parts = {}): () => void {
    return this.timers.again(() => this.respond(request, code, parts));
  }

  /** Whether the request has come before; if so it is answered as it was then. */
  isRepeated(request: SipRequest): boolean {
    const known = this.#answers.get(keyOf(request));
    if (known) this.#wire.send(known);
    return known !== undefined;
  }

  /** Sends a request in the dialog until it is answered; undefined when it never is. An INVITE's 2xx gets its ACK. */
  request(method: string, parts: Parts = {}): Promise<SipResponse | undefined> {
    if (this.#isClosed) return Promise.resolve(undefined);
    const number = ++this.#cseq;
    const datagram = this.#write(method, number, method, parts);
    return new Promise((resolve) => {
      const stop = this.timers.again(
        () => this.#wire.send(datagram),
        () => resolve(undefined),
      );
      this.#waiting.set(this.#branch(number, method), {
        ack: (response) => {
          if (method === 'INVITE' && response.code < 300) this.#wire.send(this.#write('ACK', number, 'ACK', {}));
        },
        settle: (response) => {
          stop();
          resolve(response);
        },
      });
    });
  }

  /** Takes in an answer to a request of ours. */
  answered(response: SipResponse): void {
    if (response.code < 200) return;
    const waiting = this.#waiting.get(branchOf(response));
    waiting?.ack(response);
    waiting?.settle(response);
  }

  close(): void {
    this.#isClosed = true;
    this.timers.clear();
    for (const { settle } of this.#waiting.values()) settle(undefined);
    this.#waiting.clear();
  }

  #branch(number: number, method: string): string {
    return `z9hG4bK-${this.tag}-${this.#forked ?? ''}${number}-${method}`;
  }

  #write(method: string, number: number, cseqMethod: string, parts: Parts): Buffer {
    const { invite } = this;
    const own = header(invite, 'to');
    return writeRequest(method, uriOf(header(invite, 'contact')), {
      ...parts,
      headers: [
        ['via', `SIP/2.0/UDP ${this.#wire.address};branch=${this.#branch(number, method)};rport`],
        ['max-forwards', '70'],
        ['from', `${own};tag=${this.tag}`],
        ['to', header(invite, 'from')],
        ['call-id', this.callId],
        ['cseq', `${number} ${cseqMethod}`],
        this.contact,
        ...(parts.headers ?? []),
      ],
    });
  }
}

function keyOf(request: SipRequest): string {
  const { number, method } = cseqOf(request);
  return `${number} ${method} ${branchOf(request)}`;
}
