// Reports by mail: made at their time, kept while the mail server is away, handed over when it is back. The server is a
// small one of our own on 127.0.0.1.

import { createServer, type AddressInfo, type Server } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { silentLog } from '../../src/base/log.ts';
import type { NewMessage, OutboxMessage } from '../../src/engine/store/outbox.ts';
import { sendMail } from '../../src/outbox/mail.ts';
import type { Mail, MailReceiver } from '../../src/outbox/receivers.ts';
import { ScheduledReports, type Scheduled } from '../../src/outbox/scheduled-reports.ts';
import { VirtualClock } from '../../src/sim/clock.ts';

let server: Server | undefined;
afterEach(() => server?.close());

/** Takes mail, or refuses every recipient with `refusal`. */
async function mailServer(taken: string[], refusal?: string): Promise<number> {
  server = createServer((socket) => {
    let data: string | undefined;
    socket.write('220 mail\r\n');
    socket.on('data', (piece) => {
      const text = piece.toString();
      if (data !== undefined) {
        data += text;
        if (!data.endsWith('\r\n.\r\n')) return;
        taken.push(data);
        data = undefined;
        socket.write('250 taken\r\n');
        return;
      }
      for (const line of text.split('\r\n').filter((one) => one !== '')) {
        if (line === 'DATA') {
          data = '';
          socket.write('354 go on\r\n');
        } else if (line.startsWith('RCPT') && refusal !== undefined) socket.write(`${refusal}\r\n`);
        else if (line === 'QUIT') socket.end('221 bye\r\n');
        else socket.write('250 well\r\n');
      }
    });
    socket.on('error', () => undefined);
  });
  await new Promise<void>((resolve) => {
    server?.listen(0, '127.0.0.1', resolve);
  });
  return (server.address() as AddressInfo).port;
}

const receiver = (port: number): MailReceiver => ({
  kind: 'mail',
  name: 'mail',
  server: '127.0.0.1',
  port,
  encryption: 'none',
  from: 'outdial@example.com',
  timeoutMs: 2_000,
});
const mail: Mail = {
  to: ['ann@example.com'],
  subject: 'outdial: daily',
  text: 'The reports.',
  files: [{ name: 'agents.csv', type: 'text/csv', text: 'agent\r\n101\r\n' }],
};
const message: OutboxMessage = {
  id: 7,
  hook: 'mail',
  event: 'report',
  at: 1_000,
  data: JSON.stringify(mail),
  number: null,
  tries: 0,
};

test('[S-06] a mail server that takes it: the report with its files, under an id that stays when it is sent again', async () => {
  const taken: string[] = [];
  expect(await sendMail(receiver(await mailServer(taken)), message)).toEqual({ id: 7, kind: 'sent' });
  expect(taken[0]).toContain('Subject: outdial: daily');
  expect(taken[0]).toContain('filename=agents.csv');
  expect(taken[0]).toContain('<msg_7_1000@outdial>');
});

test('[S-06] one that refuses the address for ever: this message; one that is busy or away: the server', async () => {
  const refused = await sendMail(receiver(await mailServer([], '550 no such user')), message);
  expect(refused).toEqual({ id: 7, kind: 'message', fault: 'the mail server refused it (550)' });
  server?.close();
  const busy = await sendMail(receiver(await mailServer([], '451 later')), message);
  expect(busy).toEqual({ id: 7, kind: 'receiver', fault: 'the mail server took nothing (451)' });
  expect(await sendMail(receiver(1), message)).toMatchObject({ kind: 'receiver' });
});

test('[S-06] at its time the reports are made once and put into the outbox, for people and for a webhook; a failure is tried again', async () => {
  const clock = new VirtualClock({ startAt: Date.parse('2026-03-02T05:00:00Z') });
  const put: NewMessage[] = [];
  const asked: string[] = [];
  let isBroken = true;
  const daily: Scheduled = {
    name: 'daily',
    at: '0 7 * * *',
    timezone: 'Europe/Berlin',
    reports: ['agents'],
    period: 'yesterday',
    mail: ['ann@example.com'],
    webhook: 'crm',
  };
  const reports = new ScheduledReports({
    schedules: [daily],
    clock,
    log: silentLog,
    run: (args) => {
      asked.push(args.join(' '));
      return isBroken ? Promise.reject(new Error('no')) : Promise.resolve(`made ${args.at(-1) ?? ''}`);
    },
    outbox: { put: (one) => Promise.resolve(void put.push(one)) },
  });
  reports.start();
  await clock.runFor(3_600_000 - 1);
  expect(asked).toEqual([]);
  await clock.runFor(2);
  expect(put).toEqual([]);
  isBroken = false;
  await clock.runFor(301_000);
  expect(asked.at(-1)).toBe('report show agents --period yesterday --zone Europe/Berlin --html');
  expect(put.map(({ hook }) => hook)).toEqual(['mail', 'crm']);
  expect(put[0]?.data).toMatchObject({ to: ['ann@example.com'], subject: 'outdial: daily, yesterday (2026-03-02)' });
  expect(put[1]?.data).toMatchObject({ schedule: 'daily', report: 'agents', csv: 'made --csv' });
  await clock.runFor(86_400_000);
  expect(put).toHaveLength(4);
  reports.stop();
});
