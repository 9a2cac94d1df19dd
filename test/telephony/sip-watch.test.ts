// Whether Asterisk answers SIP, against a socket that answers as long as it should.

import { createSocket, type Socket } from 'node:dgram';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { silentLog } from '../../src/base/log.ts';
import { askSip, type SipAddress } from '../../src/telephony/sip-probe.ts';
import { SipWatch } from '../../src/telephony/sip-watch.ts';
import { until } from '../support/until.ts';

let socket: Socket;
let address: SipAddress;
let code: number | undefined;
const asked: string[] = [];

beforeEach(async () => {
  code = 401;
  asked.length = 0;
  socket = createSocket('udp4');
  socket.on('message', (datagram, { port }) => {
    const [method = ''] = datagram.toString().split(' ');
    asked.push(method);
    if (code !== undefined) socket.send(`SIP/2.0 ${code} Answer\r\n\r\n`, port, '127.0.0.1');
  });
  await new Promise<void>((resolve) => {
    socket.bind(0, '127.0.0.1', resolve);
  });
  address = { host: '127.0.0.1', port: socket.address().port };
});
afterEach(() => void socket.close());

const becomes = (watch: SipWatch, state: string): Promise<true> =>
  until(`SIP is ${state}`, () => Promise.resolve(watch.state === state ? true : undefined), 15_000);

test('[O-10] answered, then not, then again: ok, silent, ok; asked by OPTIONS and REGISTER', async () => {
  const watch = new SipWatch(silentLog, () => Promise.resolve(address), { wellMs: 50, silentMs: 50 });
  watch.start();
  await becomes(watch, 'ok');
  expect(new Set(asked)).toEqual(new Set(['OPTIONS', 'REGISTER']));
  code = undefined;
  await becomes(watch, 'silent');
  code = 401;
  await becomes(watch, 'ok');
  code = 503; // overloaded: takes nothing on
  await becomes(watch, 'silent');
  watch.stop();
});

test('[O-10] never answered from here: not known, whatever the reason', async () => {
  code = undefined;
  const watch = new SipWatch(silentLog, () => Promise.resolve(address), { wellMs: 20, silentMs: 20 });
  watch.start();
  await until('asked twice', () => Promise.resolve(asked.length > 8 ? true : undefined), 20_000);
  expect(watch.state).toBe('unknown');
  watch.stop();
});

test('[O-10] a question that is lost is sent again', async () => {
  code = undefined;
  const answer = askSip(address, { method: 'OPTIONS', from: 'x', timeoutMs: 3000 });
  await until('asked', () => Promise.resolve(asked.length > 0 ? true : undefined), 2000);
  code = 200;
  expect(await answer).toBe(200);
});
