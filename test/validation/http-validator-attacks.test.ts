// A campaign's file names a URL: the daemon is not led to what only its machine reaches.

import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { addressJudge, isNetwork } from '../../src/base/addresses.ts';
import { httpValidator } from '../../src/validation/http-validator.ts';
import { ValidationService } from '../support/validation-service.ts';

/** What the name server says, one answer after the other; the last one stays. */
const named = vi.hoisted(() => ({ answers: [] as string[][], asked: 0 }));
vi.mock('node:dns', async (original) => {
  const real = await original<object>();
  const lookup = (_name: string, _options: object, callback: (error: null, found: object[]) => void): void => {
    const addresses = named.answers[Math.min(named.asked, named.answers.length - 1)] ?? [];
    named.asked += 1;
    callback(
      null,
      addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
    );
  };
  return { ...real, lookup };
});

let service: ValidationService;
beforeEach(async () => {
  service = await ValidationService.start();
  named.asked = 0;
  named.answers = [['127.0.0.1']];
});
afterEach(() => service.stop());

const ask = (url: string, networks: readonly string[] = []) =>
  httpValidator(networks).ask({ url, timeoutMs: 2000, campaign: 'renewals', numbers: ['+12125550101'] });
const port = (): string => new URL(service.url).port;

describe('[X-10] where a validation service may be', () => {
  test.each([
    ...['http://169.254.169.254/latest/meta-data/', 'http://[fd00:ec2::254]/', 'http://[fe80::1]/', 'http://0.0.0.0/'],
    ...['http://[::ffff:169.254.169.254]/', 'http://2852039166/', 'http://0xa9fea9fe/', 'http://0251.0376.0251.0376/'],
    ...['http://100.100.100.200/', 'http://[::]/', 'http://224.0.0.1/'],
  ])('%s: never, whatever the settings allow', async (url) => {
    await expect(ask(url, ['0.0.0.0/0', '::/0'])).rejects.toThrow('which is never a service');
  });

  test('this machine and private networks: refused until the settings name them', async () => {
    for (const host of ['127.0.0.1', '[::1]', '[::ffff:127.0.0.1]', '2130706433', '127.1']) {
      await expect(ask(`http://${host}:${port()}/`)).rejects.toThrow('validation.networks');
    }
    for (const host of ['10.0.0.1', '172.16.0.1', '192.168.1.1', '100.64.0.1', '[fd12::1]', '[64:ff9b::a9fe:a9fe]']) {
      await expect(ask(`http://${host}/`)).rejects.toThrow('validation.networks');
    }
    expect(service.asked).toEqual([]);
    expect((await ask(service.url, ['127.0.0.0/8'])).size).toBe(1);
  });

  test('a name that turns to this machine: refused by the address that would be connected to', async () => {
    const url = `http://rebind.example:${port()}/`;
    await expect(ask(url)).rejects.toThrow('its address is 127.0.0.1');
    named.answers = [['169.254.169.254']];
    await expect(ask(url, ['127.0.0.1'])).rejects.toThrow('its address is 169.254.169.254');
    named.answers = [['127.0.0.1', '169.254.169.254']];
    await expect(ask(url, ['127.0.0.1'])).rejects.toThrow('its address is 169.254.169.254');
    expect(service.asked).toEqual([]);
  });

  test('a name that says something else when asked again (rebinding): it is asked once, and that address is used', async () => {
    named.answers = [['127.0.0.1'], ['169.254.169.254']];
    expect((await ask(`http://rebind.example:${port()}/`, ['127.0.0.1'])).size).toBe(1);
    expect(named.asked).toBe(1);
    await expect(ask(`http://rebind.example:${port()}/`, ['127.0.0.1'])).rejects.toThrow('169.254.169.254');
    expect(service.asked).toHaveLength(1);
  });

  test('a redirect is not followed', async () => {
    const redirecting: Server = createServer((_request, response) => {
      response.writeHead(307, { location: service.url }).end();
    });
    await new Promise<void>((resolve) => redirecting.listen(0, '127.0.0.1', resolve));
    const { port: at } = redirecting.address() as AddressInfo;
    await expect(ask(`http://127.0.0.1:${at}/`, ['127.0.0.1'])).rejects.toThrow('it answered 307');
    expect(service.asked).toEqual([]);
    await new Promise((resolve) => redirecting.close(resolve));
  });

  test('public addresses need no setting', () => {
    const judge = addressJudge([]);
    expect(['9.9.9.9', '2620:fe::fe', '172.15.0.1', '11.0.0.1'].map(judge)).toEqual(Array(4).fill('allowed'));
    expect(['127.0.0.1', '10.0.0.0/8', '::1', 'fd00::/8'].map(isNetwork)).toEqual([true, true, true, true]);
    expect(['host', '10.0.0.0/33', '10.0.0/8', '10.0.0.0/8/8', ''].map(isNetwork)).toEqual(Array(5).fill(false));
  });
});
