// What the far end answered to each INVITE, by Call-ID, out of the mirrored SIP. Pure but for its memory: it is given
// messages and asked for what it knows.

import { commonCodecs } from './sdp-codecs.ts';

/** The final answer to an INVITE. */
export interface FinalAnswer {
  readonly code: number;
  readonly at: number;
  readonly retryAfterMs?: number;
  /** Picked up with codecs of which we have offered none: no one can hear anybody. */
  readonly isMute: boolean;
}

interface Invite {
  readonly cseq: string;
  /** Undefined: what was offered is not known. */
  readonly sdp: string | undefined;
  final?: FinalAnswer;
}

/** Calls whose end was never heard of go when there are so many. */
const MOST = 20_000;
const FINAL = /^SIP\/2\.0 ([2-9]\d\d)(?!\w)/;

export class SipAnswers {
  readonly #invites = new Map<string, Invite>();

  /** Takes a message; the Call-ID when it was a final answer to an INVITE. */
  note(text: string, at: number): string | undefined {
    if (text.startsWith('INVITE ')) this.#invited(text);
    else if (text.startsWith('SIP/2.0 ')) return this.#answered(text, at);
    return undefined;
  }

  /** Whether the INVITE has been seen. */
  knows(callId: string): boolean {
    return this.#invites.has(callId);
  }

  /** Number of the INVITE in its dialog; undefined: it has not been seen. */
  cseqOf(callId: string): number | undefined {
    const cseq = this.#invites.get(callId)?.cseq;
    return cseq === undefined ? undefined : Number.parseInt(cseq, 10);
  }

  /** An INVITE that left before our time. */
  expect(callId: string, cseq: number): void {
    this.#invites.set(callId, { cseq: `${cseq} INVITE`, sdp: undefined });
  }

  finalOf(callId: string): FinalAnswer | undefined {
    return this.#invites.get(callId)?.final;
  }

  forget(callId: string): void {
    this.#invites.delete(callId);
  }

  clear(): void {
    this.#invites.clear();
  }

  /** Another INVITE of the same call that is not within it answers a challenge: the answer to that one counts. */
  #invited(text: string): void {
    if (/;\s*tag=/i.test(header(text, 'to', 't'))) return;
    const [callId, cseq] = [header(text, 'call-id', 'i'), header(text, 'cseq')];
    if (callId === '' || this.#invites.get(callId)?.cseq === cseq) return;
    this.#invites.delete(callId);
    this.#invites.set(callId, { cseq, sdp: bodyOf(text) });
    const [oldest] = this.#invites.keys();
    if (this.#invites.size > MOST && oldest !== undefined) this.#invites.delete(oldest);
  }

  #answered(text: string, at: number): string | undefined {
    const code = Number(FINAL.exec(text)?.[1] ?? 0);
    if (code === 0) return undefined;
    const callId = header(text, 'call-id', 'i');
    const invite = this.#invites.get(callId);
    if (!invite || invite.final || header(text, 'cseq') !== invite.cseq) return undefined;
    const seconds = /^\d{1,7}/.exec(header(text, 'retry-after'))?.[0];
    const isMute = code < 300 && invite.sdp !== undefined && commonCodecs(invite.sdp, bodyOf(text))?.length === 0;
    const asked = seconds === undefined ? {} : { retryAfterMs: Number(seconds) * 1000 };
    invite.final = { code, at, isMute, ...asked };
    return callId;
  }
}

const [CAPITAL_I, CAPITAL_S, DIGIT_1] = [0x49, 0x53, 0x31];
/** Where a response has the first digit of its code. */
const CODE = 'SIP/2.0 '.length;

/** Whether a message may be an INVITE or a final answer to one; of every call most are others. */
export function mayMatter(message: Buffer): boolean {
  if (message[0] === CAPITAL_I) return true;
  if (message[0] !== CAPITAL_S || message[CODE] === DIGIT_1) return false;
  return message.includes(' INVITE\r') || message.includes(' INVITE ') || message.includes(' INVITE\t');
}

/** Ways to write a header, by its names. */
const HEADERS = new Map<string, RegExp>();

/** The first header of that name, in its long or compact form; empty when there is none. */
function header(text: string, name: string, compact = name): string {
  let written = HEADERS.get(name);
  if (!written) {
    written = new RegExp(`\\r\\n(?:${name}|${compact})[ \\t]*:[ \\t]*([^\\r\\n]*)`, 'i');
    HEADERS.set(name, written);
  }
  const found = written.exec(text);
  return found?.[1]?.trim() ?? '';
}

function bodyOf(text: string): string {
  const end = text.indexOf('\r\n\r\n');
  return end < 0 ? '' : text.slice(end + 4);
}
