// The life of a browser's phone without a browser: when a line is asked for, when it is dialed, kept, and let go of.

import { expect, test } from 'vitest';
import type { Ask } from '../live/ask.ts';
import type { DeskView } from '../live/live.ts';
import { PhoneDesk } from './phone-desk.ts';
import type { SipEvents, SipPhone } from './sip-phone.ts';
import { troubleOf } from './trouble.ts';

function aDesk({
  answer = { user: 'web-1', password: 'p', number: 'session', socket: '/s' },
  code = 200,
}: { answer?: unknown; code?: number } = {}) {
  const did: string[] = [];
  let events: SipEvents | undefined;
  let waits: (() => void)[] = [];
  const track = { readyState: 'live' } as MediaStreamTrack;
  const has = { microphone: true, isBlocked: false };
  const microphone = {
    get track() {
      return has.microphone ? track : undefined;
    },
    open: () => Promise.resolve(has.microphone ? track : undefined),
    close: () => void did.push('microphone off'),
  };
  const sip: SipPhone = {
    dial: () => void did.push('dial'),
    speakWith: () => Promise.resolve(void did.push('other microphone')),
    renew: () => void did.push('renew'),
    check: () => undefined,
    sound: () => Promise.resolve(undefined),
    close: () => void did.push('close'),
  };
  const desk = new PhoneDesk({
    ask: ((method: string, path: string) => {
      did.push(`${method} ${path}`);
      return Promise.resolve({ status: code, body: answer });
    }) as Ask,
    now: () => 0,
    load: () =>
      Promise.resolve((_line, given) => {
        events = given;
        return sip;
      }),
    microphone,
    play: (stream) => Promise.resolve(stream === undefined || (did.push('play') > 0 && !has.isBlocked)),
    after: (_ms, act) => void waits.push(act),
  });
  const pass = (): void => {
    const due = waits;
    waits = [];
    for (const act of due) act();
  };
  const see = (session: object | null): void => desk.see({ session, interaction: null } as unknown as DeskView);
  return { desk, did, has, track, see, pass, sip: () => events as SipEvents };
}

const inBrowser = { id: 's1', phone: { kind: 'browser' } };
const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 5));

test('[A-04] [A-23] a session with the browser: a line is asked for, and dialed as soon as there is a connection', async () => {
  const { did, see, sip, desk } = aDesk();
  see(inBrowser);
  await settled();
  expect(did.filter((what) => what !== 'microphone off')).toEqual(['POST /api/agent/phone']);
  sip().connection(true);
  sip().call('up');
  expect(did.at(-1)).toBe('dial');
  expect(desk.get()).toMatchObject({ call: 'up', connection: 'open' });
});

test('the call ends and the session goes on: dialed again; the session is over: not', async () => {
  const { did, see, sip, pass } = aDesk();
  see(inBrowser);
  await settled();
  sip().connection(true);
  sip().call('up');
  sip().call('ended');
  pass();
  expect(did.filter((what) => what === 'dial')).toHaveLength(2);
  sip().call('ended');
  see(null);
  pass();
  expect(did.filter((what) => what === 'dial')).toHaveLength(2);
  expect(did).toContain('close');
});

test('changed to the own phone: the call stands until the server ends it, and is not dialed again', async () => {
  const { did, see, sip, pass, desk } = aDesk();
  see(inBrowser);
  await settled();
  sip().connection(true);
  sip().call('up');
  const ended = did.filter((what) => what === 'close').length;
  see({ id: 's1', phone: { kind: 'account' } });
  expect(did.filter((what) => what === 'close')).toHaveLength(ended);
  sip().call('ended');
  pass();
  expect(did.filter((what) => what === 'close')).toHaveLength(ended + 1);
  expect([did.filter((what) => what === 'dial').length, desk.get().isWanted]).toEqual([1, false]);
});

test('the connection comes back: sound that outlived it is kept, broken sound is dialed again', async () => {
  const { did, see, sip } = aDesk();
  see(inBrowser);
  await settled();
  sip().connection(true);
  sip().call('up');
  sip().connection(false);
  sip().connection(true);
  expect(did.at(-1)).toBe('renew');
  sip().connection(false);
  sip().media(false);
  sip().connection(true);
  expect(did.filter((what) => what === 'dial')).toHaveLength(2);
});

test('the microphone is refused: nothing is dialed until it is there', async () => {
  const { desk, did, has, track, see, sip } = aDesk();
  has.microphone = false;
  see(inBrowser);
  await settled();
  desk.microphoneFails('refused');
  expect(troubleOf(desk.get())).toBe('refused');
  expect(did).not.toContain('POST /api/agent/phone');
  has.microphone = true;
  desk.retry();
  await settled();
  sip().connection(true);
  expect(did.at(-1)).toBe('dial');
  sip().call('up');
  desk.microphoneIs(track);
  expect(did.at(-1)).toBe('other microphone');
});

test('the server gives no line: its words are shown, and it is asked again', async () => {
  const error = { code: 'asterisk-unreachable', message: 'There is no link to Asterisk.', hint: 'Wait.' };
  const { desk, did, see, pass } = aDesk({ code: 503, answer: { error } });
  see(inBrowser);
  await settled();
  expect(desk.get().refusal).toMatchObject({ message: 'There is no link to Asterisk.', hint: 'Wait.' });
  pass();
  await settled();
  expect(did.filter((what) => what === 'POST /api/agent/phone')).toHaveLength(2);
});

test('a session with the own phone asks for nothing', async () => {
  const { did, see } = aDesk();
  see({ id: 's1', phone: { kind: 'account' } });
  await settled();
  expect(did).toEqual([]);
});

test('[A-04] [A-23] the browser plays nothing before a click: said as such, and heard after the click, wherever it was', async () => {
  const { desk, did, has, see, sip } = aDesk();
  has.isBlocked = true;
  see(inBrowser);
  await settled();
  sip().connection(true);
  sip().call('up');
  sip().heard({} as MediaStream);
  await settled();
  expect(troubleOf(desk.get())).toBe('blocked');
  has.isBlocked = false;
  desk.retry();
  await settled();
  expect([troubleOf(desk.get()), did.filter((what) => what === 'play').length]).toEqual([undefined, 2]);
  has.isBlocked = true;
  sip().heard({} as MediaStream);
  await settled();
  has.isBlocked = false;
  desk.acted();
  await settled();
  expect([troubleOf(desk.get()), did.filter((what) => what === 'play').length]).toEqual([undefined, 4]);
  desk.acted();
  await settled();
  expect(did.filter((what) => what === 'play')).toHaveLength(4);
});
