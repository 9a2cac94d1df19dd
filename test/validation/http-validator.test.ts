// The validator over HTTP against a real service: answers, and every way in which there is none.

import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { httpValidator } from '../../src/validation/http-validator.ts';
import { ValidationService } from '../support/validation-service.ts';

let service: ValidationService;

beforeEach(async () => {
  service = await ValidationService.start();
});
afterEach(() => service.stop());

const numbers = ['+12125550101', '+12125550102'];
const ask = (url = service.url, timeoutMs = 5000) =>
  httpValidator(['127.0.0.1']).ask({ url, timeoutMs, campaign: 'renewals', numbers });

test('[X-02] one request for all numbers, with the campaign: each is allowed or blocked with a reason', async () => {
  service.blocked.set('+12125550102', 'national register');

  expect(await ask()).toEqual(
    new Map([
      ['+12125550101', { allowed: true, reason: '' }],
      ['+12125550102', { allowed: false, reason: 'national register' }],
    ]),
  );
  expect(service.asked).toEqual([{ campaign: 'renewals', numbers }]);
});

test('[X-02] a number that nothing is said of: missing in the answer', async () => {
  service.unknown.add('+12125550102');
  expect([...(await ask()).keys()]).toEqual(['+12125550101']);
});

describe('[X-02] no answer', () => {
  test('it takes longer than the limit', async () => {
    service.mode = 'silent';
    const begun = performance.now();
    await expect(ask(service.url, 300)).rejects.toThrow('no answer within 300 ms');
    expect(performance.now() - begun).toBeLessThan(2000);
  });

  test('it answers with an error', async () => {
    service.mode = 'error';
    await expect(ask()).rejects.toThrow('it answered 500');
  });

  test('it answers something else', async () => {
    service.mode = 'nonsense';
    await expect(ask()).rejects.toThrow('its answer is not what it should be');
  });

  test('it answers without end: no more than a megabyte is read', async () => {
    service.mode = 'endless';
    await expect(
      httpValidator(['127.0.0.1']).ask({ url: service.url, timeoutMs: 10_000, campaign: 'renewals', numbers }),
    ).rejects.toThrow('its answer is too long');
    expect(service.sent).toBeLessThan(20_000_000);
  });

  test('no one listens there', async () => {
    const { url } = service;
    await service.stop();
    await expect(ask(url)).rejects.toThrow('it cannot be reached');
    service = await ValidationService.start();
  });
});
