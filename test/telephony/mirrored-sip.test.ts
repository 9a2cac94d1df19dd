// SIP as Asterisk mirrors it: the datagrams, what they say of each INVITE, and what that makes of the end of a leg.

import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { TelephonyEvent } from '../../src/engine/ports.ts';
import { readHep } from '../../src/telephony/hep.ts';
import type { HeldLeg } from '../../src/telephony/held-legs.ts';
import { LastWords } from '../../src/telephony/last-words.ts';
import { commonCodecs } from '../../src/telephony/sdp-codecs.ts';
import { mayMatter, SipAnswers } from '../../src/telephony/sip-answers.ts';

const AT = 1_795_944_365_123;

function hep(chunks: readonly (readonly [number, Buffer])[]): Buffer {
  const parts = chunks.map(([type, value]) => {
    const head = Buffer.alloc(6);
    head.writeUInt16BE(type, 2);
    head.writeUInt16BE(6 + value.length, 4);
    return Buffer.concat([head, value]);
  });
  const body = Buffer.concat(parts);
  const head = Buffer.from('HEP3\0\0');
  head.writeUInt16BE(6 + body.length, 4);
  return Buffer.concat([head, body]);
}

function u32(value: number): Buffer {
  const octets = Buffer.alloc(4);
  octets.writeUInt32BE(value);
  return octets;
}

const sdp = (codecs: string, more = ''): string => `v=0\r\nm=audio 4000 RTP/AVP ${codecs}\r\n${more}`;
const OFFER = sdp('0 8 101', 'a=rtpmap:0 PCMU/8000\r\na=rtpmap:8 PCMA/8000\r\na=rtpmap:101 telephone-event/8000\r\n');

const invite = (cseq = 1, to = '<sip:+1@x>'): string =>
  `INVITE sip:+1@x SIP/2.0\r\nCall-ID: c1\r\nTo: ${to}\r\nCSeq: ${cseq} INVITE\r\n\r\n${OFFER}`;
const answer = (code: number, { cseq = '1 INVITE', more = '', body = '' } = {}): string =>
  `SIP/2.0 ${code} X\r\ni: c1\r\nTo: <sip:+1@x>;tag=t\r\nCSeq: ${cseq}\r\n${more}\r\n${body}`;

describe('[D-01] a mirrored message', () => {
  test('its text and the time at which it passed Asterisk', () => {
    const datagram = hep([
      [1, Buffer.from([2])],
      [9, u32(1_795_944_365)],
      [10, u32(123_999)],
      [15, Buffer.from('SIP/2.0 200 OK')],
    ]);
    expect(readHep(datagram)).toEqual({ text: 'SIP/2.0 200 OK', at: AT });
  });

  test.each([
    ['empty', Buffer.alloc(0)],
    ['something else', Buffer.from('OPTIONS sip:x SIP/2.0')],
    ['cut off', hep([[15, Buffer.from('SIP/2.0 200 OK')]]).subarray(0, 15)],
    ['a chunk without a length', Buffer.concat([Buffer.from('HEP3\0\x0c'), Buffer.alloc(6)])],
    ['without a time', hep([[15, Buffer.from('SIP/2.0 200 OK')]])],
  ])('%s: nothing', (_what, datagram) => {
    expect(readHep(datagram)).toBeUndefined();
  });

  test.each([
    ['an INVITE', invite(), true],
    ['its final answer', answer(200), true],
    ['its final answer, with a blank behind the method', answer(486, { cseq: '1 INVITE ' }), true],
    ['its provisional answer', answer(180), false],
    ['an answer to another request', answer(200, { cseq: '2 BYE', more: 'Allow: INVITE, ACK\r\n' }), false],
    ['another request', 'OPTIONS sip:x SIP/2.0\r\nCSeq: 1 OPTIONS\r\n\r\n', false],
    ['nothing at all', '', false],
  ])('%s: read only when it may say something of an INVITE', (_what, text, isRead) => {
    const datagram = hep([
      [9, u32(1_795_944_365)],
      [15, Buffer.from(text)],
    ]);
    expect(readHep(datagram, mayMatter)?.text).toBe(isRead ? text : undefined);
  });
});

describe('[D-01] the final answer to an INVITE', () => {
  test('503 with Retry-After; what is provisional, of another request or another call says nothing', () => {
    const answers = new SipAnswers();
    answers.note(invite(), AT);
    expect(answers.note(answer(180), AT)).toBeUndefined();
    expect(answers.note(answer(200, { cseq: '1 CANCEL' }), AT)).toBeUndefined();
    expect(answers.note(answer(503, { more: 'Retry-After: 120 (later);duration=5\r\n' }), AT + 5)).toBe('c1');
    expect(answers.finalOf('c1')).toEqual({ code: 503, at: AT + 5, isMute: false, retryAfterMs: 120_000 });
    expect(answers.note(answer(503), AT + 9)).toBeUndefined();
    answers.forget('c1');
    expect(answers.knows('c1')).toBe(false);
  });

  test('challenged, and asked again with the password: the answer to the second counts', () => {
    const answers = new SipAnswers();
    answers.note(invite(), AT);
    answers.note(answer(401), AT);
    answers.note(invite(2), AT + 1);
    expect(answers.finalOf('c1')).toBeUndefined();
    answers.note(answer(486, { cseq: '2 INVITE' }), AT + 2);
    expect(answers.finalOf('c1')).toMatchObject({ code: 486 });
  });

  test('a re-INVITE in the call does not begin it again', () => {
    const answers = new SipAnswers();
    answers.note(invite(), AT);
    answers.note(answer(200, { body: OFFER }), AT);
    answers.note(invite(2, '<sip:+1@x>;tag=t'), AT + 1);
    expect(answers.finalOf('c1')).toMatchObject({ code: 200 });
  });
});

describe('[D-01] codecs in common', () => {
  test.each([
    ['the same', '8 101', 'a=rtpmap:101 telephone-event/8000\r\n', ['pcma/8000']],
    ['another only, and keys', '9 101', 'a=rtpmap:101 telephone-event/8000\r\n', []],
    ['the same under a number of its own', '96', 'a=rtpmap:96 pcmu/8000\r\n', ['pcmu/8000']],
    ['a number that no entry explains', '97', '', undefined],
  ])('%s', (_what, codecs, more, common) => {
    expect(commonCodecs(OFFER, sdp(codecs, more))).toEqual(common);
  });

  test('no audio, port 0, two audio streams, no answer at all: it is not known', () => {
    const other = sdp('9');
    for (const said of ['', 'v=0\r\n', other.replace('4000', '0'), `${other}${other}`]) {
      expect(commonCodecs(OFFER, said)).toBeUndefined();
    }
  });
});

describe('[D-01] the end of a leg', () => {
  let answers: SipAnswers;
  let words: LastWords;
  let reported: TelephonyEvent[];
  let dropped: string[];
  const SIP = { callId: 'c1', isUp: false };
  const ended = (parts: { cause?: number; sipCode?: number } = {}) =>
    ({ type: 'leg-ended', at: AT + 100, leg: 'l1', cause: 16, ...parts }) as const;
  const hear = (text: string, at = AT): void => {
    const callId = answers.note(text, at);
    if (callId !== undefined) words.answered(callId);
  };

  beforeEach(() => {
    vi.useFakeTimers();
    [answers, reported, dropped] = [new SipAnswers(), [], []];
    words = new LastWords(answers, { emit: (event) => reported.push(event), hangUp: (leg) => dropped.push(leg) });
    words.placed('l1');
    hear(invite());
  });
  afterEach(() => {
    words.clear();
    vi.useRealTimers();
  });

  test('cancelled: reported when the network has agreed', () => {
    words.pass(ended(), SIP);
    expect(reported).toEqual([]);
    expect(words.withHeld({ at: AT, legs: [], bridges: [] }).legs).toMatchObject([{ leg: 'l1', state: 'down' }]);
    hear(answer(487), AT + 200);
    expect(reported).toEqual([{ ...ended(), at: AT + 200 }]);
    expect(words.withHeld({ at: AT, legs: [], bridges: [] }).legs).toEqual([]);
  });

  test('cancelled, and picked up 12 s later: answered at that time, then ended with 200', () => {
    words.pass(ended(), SIP);
    vi.advanceTimersByTime(12_000);
    hear(answer(200, { body: OFFER }), AT + 12_000);
    const [answeredThen, endedThen] = reported;
    expect(answeredThen).toEqual({ type: 'leg-answered', at: AT + 12_000, leg: 'l1' });
    expect(endedThen).toEqual({ ...ended({ sipCode: 200 }), at: AT + 12_000 });
  });

  test('cancelled, and the network never speaks: reported after 33 s', () => {
    words.pass(ended(), SIP);
    vi.advanceTimersByTime(32_999);
    expect(reported).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(reported).toEqual([ended()]);
  });

  test('cancelled and kept for the next daemon, which hears of the pick-up; forgotten with the last word', () => {
    const kept = new Map<string, HeldLeg>();
    const does = {
      emit: (event: TelephonyEvent): unknown => reported.push(event),
      hangUp: (): void => undefined,
      keep: (held: HeldLeg): unknown => kept.set(held.leg, held),
      forget: (leg: string): unknown => kept.delete(leg),
    };
    const first = new LastWords(answers, does);
    first.placed('l1');
    first.pass(ended({ cause: 19 }), SIP);
    vi.advanceTimersByTime(299);
    expect(kept.size).toBe(0);
    vi.advanceTimersByTime(1);
    expect(kept.get('l1')).toMatchObject({ leg: 'l1', callId: 'c1', cause: 19 });
    first.clear();

    answers = new SipAnswers();
    words = new LastWords(answers, does);
    words.takeUp([...kept.values()], Date.now());
    hear(answer(200, { body: OFFER }), AT + 12_000);
    expect(reported).toEqual([]); // no one has asked yet what lives here
    expect(words.withHeld({ at: AT, legs: [], bridges: [] }).legs).toMatchObject([{ leg: 'l1', givenUp: true }]);
    vi.runOnlyPendingTimers();
    expect(reported).toMatchObject([
      { type: 'leg-answered', at: AT + 12_000, leg: 'l1' },
      { type: 'leg-ended', leg: 'l1', sipCode: 200 },
    ]);
    expect(kept.size).toBe(0);
  });

  test('kept by a daemon that has been away for longer than the network has: forgotten', () => {
    const forgotten: string[] = [];
    words = new LastWords(answers, {
      emit: () => undefined,
      hangUp: () => undefined,
      forget: (leg) => forgotten.push(leg),
    });
    words.takeUp([{ leg: 'l1', callId: 'c1', cseq: 1, cause: 19, at: Date.now() - 40_000 }], Date.now());
    expect(forgotten).toEqual(['l1']);
    expect(words.withHeld({ at: AT, legs: [], bridges: [] }).legs).toEqual([]);
  });

  test('reported twice by Asterisk while it is held: reported once by us', () => {
    words.pass(ended(), SIP);
    words.pass(ended(), SIP);
    hear(answer(487));
    expect(reported).toEqual([ended()]);
  });

  test('refused with Retry-After: the time comes with the end, whichever is heard first', () => {
    const refusal = answer(503, { more: 'Retry-After: 5\r\n' });
    words.pass(ended({ cause: 34, sipCode: 503 }), SIP);
    hear(refusal);
    expect(reported).toEqual([{ ...ended({ cause: 34, sipCode: 503 }), retryAfterMs: 5000 }]);
  });

  test.each([
    ['before', () => hear(answer(302)), () => words.pass(ended({ cause: 0 }), SIP)],
    ['after', () => words.pass(ended({ cause: 0 }), SIP), () => hear(answer(302))],
  ])('[D-01] redirected, heard %s Asterisk ends the leg without a code: the end says 302', (_when, first, then) => {
    first();
    then();
    expect(reported).toEqual([ended({ cause: 0, sipCode: 302 })]);
  });

  test('given up, and the network agrees (487): the end has no code, it was ours', () => {
    words.pass(ended({ cause: 0 }), SIP);
    hear(answer(487));
    expect(reported).toEqual([ended({ cause: 0 })]);
  });

  test('refused, and the copy is lost: reported soon', () => {
    words.pass(ended({ cause: 34, sipCode: 503 }), SIP);
    vi.advanceTimersByTime(150);
    expect(reported).toHaveLength(1);
  });

  test('picked up with audio port 0: Asterisk ends it before it is a call; answered, then ended with 488', () => {
    hear(answer(200, { body: sdp('0').replace('4000', '0') }), AT + 50);
    words.pass(ended({ cause: 58, sipCode: 488 }), SIP);
    expect(reported.map(({ type }) => type)).toEqual(['leg-answered', 'leg-ended']);
    expect(reported[1]).toMatchObject({ sipCode: 488 });
  });

  test.each(['before', 'after'])(
    'picked up without a codec of ours, seen %s the answer: ended as one without sound',
    (when) => {
      const up = { ...SIP, isUp: true };
      const picked = { type: 'leg-answered', at: AT, leg: 'l1' } as const;
      const mute = answer(200, { body: sdp('9 101', 'a=rtpmap:101 telephone-event/8000\r\n') });
      if (when === 'before') hear(mute);
      words.pass(picked, up);
      if (when === 'after') hear(mute);
      expect(dropped).toEqual(['l1']);
      words.pass(ended(), up);
      expect(reported).toEqual([picked, ended({ sipCode: 488 })]);
    },
  );

  test('picked up with sound: nothing is held and nothing is added', () => {
    const up = { ...SIP, isUp: true };
    hear(answer(200, { body: OFFER }));
    words.pass({ type: 'leg-answered', at: AT, leg: 'l1' }, up);
    words.pass(ended(), up);
    expect(dropped).toEqual([]);
    expect(reported.at(-1)).toEqual(ended());
  });

  test("an agent's phone, and a call whose INVITE was not seen: reported as it comes", () => {
    words.pass({ ...ended(), leg: 'agent' }, SIP);
    words.pass(ended(), { ...SIP, callId: 'other' });
    words.pass(ended(), undefined);
    expect(reported).toHaveLength(3);
  });
});
