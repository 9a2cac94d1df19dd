// A desk of people who sign in, for tests of the API: the server, a clock that is put forward, browsers.

import { expect } from 'vitest';
import { systemClock, type Clock } from '../../src/base/clock.ts';
import type { Settings } from '../../src/config/settings.ts';
import { startTestApi, type TestApi } from './api.ts';
import { Browser } from './browser.ts';

export const PASSWORD = 'correct horse battery';

export class People {
  readonly api: TestApi;
  readonly clock: SteppedClock;

  constructor(api: TestApi, clock: SteppedClock) {
    this.api = api;
    this.clock = clock;
  }

  static async start(http: Partial<Settings['http']> = {}): Promise<People> {
    const clock = new SteppedClock();
    return new People(await startTestApi(undefined, { clock, http }), clock);
  }

  async add(name: string, role: string, more: object = {}): Promise<void> {
    const { code } = await this.api.ask('POST', '/api/users', { name, role, password: PASSWORD, ...more });
    expect(code).toBe(201);
  }

  /** Makes an agent; what a user needs to be it. */
  async agent(number: string): Promise<{ agent: string }> {
    await this.api.ask('POST', '/api/agents', { number, name: 'Eve' });
    return { agent: number };
  }

  browser(headers: Record<string, string> = {}): Browser {
    return new Browser(this.api.url, headers);
  }

  async signedIn(name: string): Promise<Browser> {
    const one = this.browser();
    expect((await one.signIn(name, PASSWORD)).code).toBe(200);
    return one;
  }

  logged(what: string): Promise<readonly object[]> {
    return this.api.store.audit.list({ what, limit: 100 });
  }
}

/** The machine's clock, put forward at will; what waits for it wakes when it is asked to. */
class SteppedClock implements Clock {
  aheadMs = 0;
  #waiting: (() => void)[] = [];

  now(): number {
    return systemClock.now() + this.aheadMs;
  }

  after(_delayMs: number, wake: () => void): () => void {
    this.#waiting.push(wake);
    return () => void (this.#waiting = this.#waiting.filter((one) => one !== wake));
  }

  wakeAll(): void {
    for (const wake of this.#waiting.splice(0)) wake();
  }
}

export async function codeOf(answer: Promise<{ body: { error?: { code: string } } }>): Promise<string | undefined> {
  return (await answer).body.error?.code;
}
