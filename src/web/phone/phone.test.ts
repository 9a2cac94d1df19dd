// The browser as a phone without a browser: what is wrong, is the agent heard, quality, and a dead connection.

import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { hear, HEARD, isUnheard, loudness } from './hearing.ts';
import { isPoor, lookAt, mosOf, UNKNOWN_QUALITY } from './quality.ts';
import { SILENT_MS, SipSocket, type PlainSocket } from './sip-socket.ts';
import { microphoneTrouble, NO_PHONE, troubleOf } from './trouble.ts';

describe('[A-04] what is wrong', () => {
  const well = { ...NO_PHONE, isWanted: true, microphone: 'on', connection: 'open', call: 'up' } as const;

  test.each([
    ['nothing', {}, undefined],
    ['the microphone comes before all else', { microphone: 'refused', connection: 'lost' }, 'refused'],
    [
      'the server gives no line',
      { refusal: { code: 'asterisk-unreachable', message: 'Asterisk is away.', hint: '' }, connection: 'off' },
      'no-line',
    ],
    ['no sound before a click', { isBlocked: true, isPoor: true }, 'blocked'],
    ['the connection is away', { connection: 'lost', isMediaGood: false }, 'connection-lost'],
    ['the sound is broken', { isMediaGood: false }, 'sound-broken'],
    ['the agent is not heard', { isUnheard: true, isPoor: true }, 'unheard'],
    ['a poor line', { isPoor: true }, 'poor'],
    ['a poor line without a call', { isPoor: true, call: 'none' }, undefined],
  ] as const)('%s', (_what, change, trouble) => {
    expect(troubleOf({ ...well, ...change })).toBe(trouble);
  });

  test('before a session only the microphone can be in trouble', () => {
    expect(troubleOf({ ...well, isWanted: false, connection: 'lost' })).toBeUndefined();
    expect(troubleOf({ ...well, isWanted: false, microphone: 'none' })).toBe('none');
  });

  test.each([
    ['NotAllowedError', 'refused'],
    ['NotFoundError', 'none'],
    ['NotReadableError', 'taken'],
    ['TypeError', 'failed'],
  ])('%s of the browser is %s', (name, trouble) => expect(microphoneTrouble(name)).toBe(trouble));
});

describe('[A-04] "we do not hear you"', () => {
  test('after twenty seconds of nothing at all, and not for a quiet room', () => {
    let [quiet, off] = [HEARD, HEARD];
    for (let at = 0; at <= 25_000; at += 100) {
      quiet = hear(quiet, at % 5_000 === 0 ? 0.002 : 0.0001, at);
      off = hear(off, 0, at);
      if (at === 19_000) expect(isUnheard(off, at)).toBe(false);
    }
    expect([isUnheard(quiet, 25_000), isUnheard(off, 25_000)]).toEqual([false, true]);
    expect(isUnheard(hear(off, 0.1, 25_100), 25_100)).toBe(false);
  });

  test('loudness of a full square wave is 1, of silence 0', () => {
    expect([loudness(new Float32Array([1, -1, 1, -1])), loudness(new Float32Array(8))]).toEqual([1, 0]);
  });
});

describe('[D-09] quality', () => {
  test('a clean line is good, five per cent of loss is poor, and one bad look is a hiccup', () => {
    expect(mosOf({ lossShare: 0, jitterMs: 2, roundTripMs: 20 })).toBeGreaterThan(4.3);
    expect(mosOf({ lossShare: 0.1, jitterMs: 20, roundTripMs: 100 })).toBeLessThan(3.5);
    const report = (packets: number, lost: number) => ({ packets, lost, jitterMs: 5, roundTripMs: 40 });
    const bad = lookAt(lookAt(UNKNOWN_QUALITY, report(0, 0)), report(200, 50));
    expect(isPoor(bad)).toBe(false);
    expect(isPoor(lookAt(bad, report(400, 100)))).toBe(true);
    expect(isPoor(lookAt(bad, report(450, 50)))).toBe(false);
  });
});

describe('[A-23] the connection for SIP', () => {
  const made: (PlainSocket & { closed: boolean })[] = [];
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => {
    vi.useRealTimers();
    made.length = 0;
  });

  function aSocket() {
    const events: string[] = [];
    const socket = new SipSocket({
      url: 'wss://dialer.example/api/agent/phone',
      now: () => Date.now(),
      make: () => {
        const one = { readyState: 1, onopen: null, onclose: null, onmessage: null, onerror: null, closed: false };
        const plain = { ...one, send: () => undefined, close: () => void (plain.closed = true) };
        made.push(plain);
        return plain;
      },
    });
    socket.onconnect = () => events.push('connected');
    socket.ondisconnect = (error) => events.push(error ? 'lost' : 'closed');
    socket.ondata = (data) => events.push(String(data));
    socket.connect();
    made[0]?.onopen?.();
    return { socket, events };
  }

  test('keep-alives keep it; silence for twice as long ends it within a minute', () => {
    const { socket, events } = aSocket();
    expect([socket.via_transport, socket.isConnected()]).toEqual(['WSS', true]);
    vi.advanceTimersByTime(40_000);
    made[0]?.onmessage?.({ data: '\r\n\r\n' });
    vi.advanceTimersByTime(40_000);
    expect(events).toEqual(['connected', '\r\n\r\n']);
    vi.advanceTimersByTime(SILENT_MS - 40_000 + 5_000);
    expect(events.at(-1)).toBe('lost');
    expect([made[0]?.closed, socket.isConnected(), SILENT_MS + 5_000 <= 60_000]).toEqual([true, false, true]);
  });

  test('what a dropped connection still says is not heard; it can be connected again', () => {
    const { socket, events } = aSocket();
    const late = made[0]?.onmessage;
    socket.reset();
    late?.({ data: 'BYE' });
    socket.connect();
    made[1]?.onopen?.();
    expect(events.filter((text) => text !== 'BYE')).toEqual(['connected', 'lost', 'connected']);
  });
});
