// The browser as an ear: what it asks of the server in which order, and when the microphone is open.

import { expect, test } from 'vitest';
import type { SipEvents, SipPhone } from '../../phone/sip-phone.ts';
import type { send } from '../data.tsx';
import { BrowserEar } from './browser-ear.ts';

const ANN = { agent: '104', name: 'Ann' };
const track = (name: string): MediaStreamTrack => ({ name, stop: () => undefined }) as unknown as MediaStreamTrack;
const nameOf = (one: MediaStreamTrack): string => (one as unknown as { name: string }).name;

function anEar(refuses?: string, waits: () => Promise<void> = () => Promise.resolve()) {
  const did: string[] = [];
  let events: SipEvents | undefined;
  const has = { microphone: true, answer: true };
  const sip: SipPhone = {
    dial: (one) => void did.push(`dial with ${nameOf(one)}`),
    speakWith: (one) => Promise.resolve(void did.push(`speak with ${nameOf(one)}`)),
    renew: () => undefined,
    check: () => undefined,
    sound: () => Promise.resolve(undefined),
    close: () => void did.push('close'),
  };
  const ear = new BrowserEar({
    send: ((method: string, path: string, body?: { mode?: string }) => {
      const what = `${method} ${path}${body?.mode === undefined ? '' : ` ${body.mode}`}`;
      did.push(what);
      if (!has.answer) return Promise.resolve({ refusal: { code: 'unanswered', message: '', hint: '' } });
      const refusal = { code: 'call-missing', message: 'No person.', hint: 'Wait.' };
      return Promise.resolve(what === refuses ? { refusal } : { body: {} });
    }) as unknown as typeof send,
    load: () =>
      Promise.resolve((_line, given) => {
        events = given;
        return sip;
      }),
    microphone: {
      open: () => Promise.resolve(has.microphone ? track('microphone') : undefined),
      close: () => undefined,
    },
    silence: () => track('silence'),
    play: (stream) => Promise.resolve(stream === undefined || did.push('play') > 0),
    wait: () => waits(),
  });
  return { ear, did, has, say: () => events as SipEvents };
}

async function listening(refuses?: string, waits?: () => Promise<void>) {
  const one = anEar(refuses, waits);
  expect(await one.ear.ask(ANN, 'listen', false)).toBeUndefined();
  one.say().connection(true);
  one.say().call('up');
  return one;
}

test('[S-03] listens: the order first, then the line, dialed with silence', async () => {
  const { did, ear } = await listening();
  expect(did).toEqual(['POST /api/agents/104/listen listen', 'POST /api/listening/phone', 'dial with silence']);
  expect(ear.get()).toMatchObject({ call: 'up', mode: 'listen', isMicrophoneOn: false });
});

test('[S-03] whispers: the microphone is there before the agent hears it, and gone after no one does', async () => {
  const { did, ear } = await listening();
  did.length = 0;
  await ear.ask(ANN, 'whisper', false);
  expect(ear.get()).toMatchObject({ mode: 'whisper', isMicrophoneOn: true });
  await ear.ask(ANN, 'listen', false);
  expect(did).toEqual([
    'speak with microphone',
    'POST /api/agents/104/listen whisper',
    'POST /api/agents/104/listen listen',
    'speak with silence',
  ]);
  expect(ear.get().isMicrophoneOn).toBe(false);
});

test('[S-03] the whisper is refused: the microphone is closed again, and it says why', async () => {
  const { did, ear } = await listening('POST /api/agents/104/listen whisper');
  expect(await ear.ask(ANN, 'whisper', false)).toMatchObject({ code: 'call-missing' });
  expect(did.at(-1)).toBe('speak with silence');
  expect(ear.get()).toMatchObject({ mode: 'listen', isMicrophoneOn: false });
});

test('[S-03] no microphone: nothing is asked for, and the trouble stays shown', async () => {
  const { did, ear, has } = await listening();
  has.microphone = false;
  did.length = 0;
  const asked = ear.ask(ANN, 'whisper', false);
  ear.microphoneFails('refused');
  await asked;
  expect([did, ear.get().trouble, ear.get().mode]).toEqual([[], 'refused', 'listen']);
});

test('[S-03] the call ends, or is left: nothing of it goes on; another agent’s call is left for the next', async () => {
  const { did, ear, say } = await listening();
  await ear.ask({ agent: '105', name: 'Ben' }, 'listen', false);
  expect(did.slice(3)).toEqual([
    'close',
    'DELETE /api/agents/104/listen?phone=browser',
    'POST /api/agents/105/listen listen',
    'POST /api/listening/phone',
  ]);
  say().connection(true);
  say().call('up');
  say().call('ended');
  expect(ear.get()).toMatchObject({ whom: undefined, call: 'none' });
  did.length = 0;
  await ear.end();
  expect(did).toEqual([]);
});

test('[S-03] refused at the beginning: nothing is dialed', async () => {
  const { did, ear } = anEar('POST /api/agents/104/listen listen');
  expect(await ear.ask(ANN, 'listen', false)).toMatchObject({ code: 'call-missing' });
  expect([ear.get().whom, did.includes('POST /api/listening/phone')]).toEqual([undefined, false]);
});

test('[S-03] hung up while outdial is away: it is asked for again until it is answered', async () => {
  let waited = 0;
  const one = await listening(undefined, () => {
    waited += 1;
    one.has.answer = waited === 3;
    return Promise.resolve();
  });
  await one.ear.ask(ANN, 'take-over', false);
  one.did.length = 0;
  one.has.answer = false;
  await one.ear.end();
  expect(one.did).toEqual(['close', ...Array<string>(4).fill('DELETE /api/agents/104/listen?phone=browser')]);
  expect(one.ear.get()).toMatchObject({ whom: undefined, call: 'none' });
});

test('[S-03] hung up while outdial is away, then listened again: the hang-up is not asked for any more', async () => {
  const one = await listening(undefined, () => {
    one.has.answer = true;
    one.did.length = 0;
    return one.ear.ask(ANN, 'listen', false).then(() => undefined);
  });
  one.has.answer = false;
  await one.ear.end();
  expect(one.did).toEqual(['POST /api/agents/104/listen listen', 'POST /api/listening/phone']);
});
