// Answers to a script that are typed: sent within a second, kept by their own call however late, shown when they have no
// place any more.

import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Ask } from './ask.ts';
import type { LiveEvent } from './live.ts';
import type { ScriptView } from './script-answers.ts';
import { ScriptDesk } from './script.ts';

const view = (attempt: string, version: number, cars: number | null = null): ScriptView => ({
  attempt,
  campaign: 'c',
  script: 's',
  scriptVersion: '1',
  isCurrent: true,
  version,
  isOver: false,
  section: {
    section: 'one',
    title: 'One',
    isLast: false,
    parts: [{ ask: 'cars', text: 'How many cars?', type: 'number', choices: [], required: false, answer: cars }],
  },
  steps: [],
  exits: [],
  exit: null,
  missing: [],
  owed: [],
});

interface Posted {
  readonly attempt: string;
  readonly expects: number;
  readonly act: { readonly do: string; readonly answers: Readonly<Record<string, unknown>>; readonly forward: boolean };
}

type Answering = (posted: Posted) => { readonly status: number; readonly body: unknown } | 'nothing';

describe('[A-14] [A-23] answers that are typed', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  function aScript() {
    const posted: Posted[] = [];
    const taken: LiveEvent[] = [];
    const server: { answer: Answering } = { answer: ({ attempt, expects }) => done(view(attempt, expects + 1)) };
    const ask = ((method: string, path: string, body?: unknown) => {
      if (method === 'GET')
        return Promise.resolve(done(view(new URL(path, 'http://x').searchParams.get('attempt') ?? '', 1)));
      posted.push(body as Posted);
      const answer = server.answer(body as Posted);
      return answer === 'nothing' ? Promise.reject(new Error('no network')) : Promise.resolve(answer);
    }) as Ask;
    const script = new ScriptDesk({ ask, take: (event) => void taken.push(event) });
    return { script, posted, taken, server };
  }

  const done = (body: unknown) => ({ status: 200, body });
  const refused = (code: string, now: ScriptView | null) => ({
    status: 409,
    body: { error: { code, message: code, hint: '' }, answer: 'refused', view: now },
  });
  const answers = (posted: readonly Posted[]) => posted.map(({ attempt, act }) => [attempt, act.answers]);

  test('no network: tried again until they are saved', async () => {
    const { script, posted, server } = aScript();
    script.see('a');
    await vi.advanceTimersByTimeAsync(0);
    server.answer = () => 'nothing';
    script.type('cars', '2');
    await vi.advanceTimersByTimeAsync(700);
    expect(script.get()).toMatchObject({ isStuck: true, typed: { cars: '2' } });
    server.answer = ({ attempt }) => done(view(attempt, 2, 2));
    await vi.advanceTimersByTimeAsync(2_100);
    expect([answers(posted).length, script.get().typed, script.get().isStuck]).toEqual([2, {}, false]);
  });

  test('a choice that was clicked and not sent stays chosen, and is sent', async () => {
    const { script, posted, server } = aScript();
    script.see('a');
    await vi.advanceTimersByTimeAsync(0);
    server.answer = () => ({ status: 503, body: { error: { code: 'store-busy', message: '', hint: '' } } });
    await script.act({ do: 'answer', answers: { wants: 'think' }, forward: true });
    expect(script.get()).toMatchObject({ typed: { wants: 'think' }, isStuck: true });
    server.answer = ({ attempt }) => done(view(attempt, 2));
    await vi.advanceTimersByTimeAsync(2_100);
    expect(answers(posted).at(-1)).toEqual(['a', { wants: 'think' }]);
    expect(script.get().typed).toEqual({});
  });

  test('not sent before the next call: tried on for their own call, on its newest version', async () => {
    const { script, posted, server, taken } = aScript();
    script.see('a');
    await vi.advanceTimersByTimeAsync(0);
    server.answer = () => 'nothing';
    script.type('cars', '2');
    script.see('b');
    await vi.advanceTimersByTimeAsync(0);
    expect([script.get().attempt, script.get().typed]).toEqual(['b', {}]);
    server.answer = ({ expects }) => (expects === 1 ? refused('script-changed', view('a', 5)) : done(view('a', 6, 2)));
    await vi.advanceTimersByTimeAsync(4_100);
    expect(posted.map(({ attempt, expects }) => [attempt, expects])).toEqual([
      ['a', 1],
      ['a', 1],
      ['a', 5],
    ]);
    await vi.advanceTimersByTimeAsync(10_000);
    expect([posted.length, script.get().homeless, taken]).toEqual([3, {}, []]);
  });

  test('their call takes none any more: shown with the question until the agent has taken them', async () => {
    const { script, server } = aScript();
    script.see('a');
    await vi.advanceTimersByTimeAsync(0);
    server.answer = () => refused('script-not-in-hand', null);
    script.type('cars', '2');
    script.see(null);
    await vi.advanceTimersByTimeAsync(0);
    expect(script.get().homeless).toEqual({ a: 'How many cars? 2' });
    script.forgetHomeless('a');
    expect(script.get().homeless).toEqual({});
  });

  test('the call is in hand again: they are in their field, and sent from there', async () => {
    const { script, server } = aScript();
    script.see('a');
    await vi.advanceTimersByTimeAsync(0);
    server.answer = () => 'nothing';
    script.type('cars', '2');
    script.see(null);
    script.see('a');
    await vi.advanceTimersByTimeAsync(0);
    expect(script.get().typed).toEqual({ cars: '2' });
    server.answer = ({ attempt }) => done(view(attempt, 2, 2));
    await vi.advanceTimersByTimeAsync(2_100);
    expect(script.get()).toMatchObject({ typed: {}, homeless: {} });
  });

  test('the answer of the server was lost: what it has is not unsent', async () => {
    const { script, server } = aScript();
    script.see('a');
    await vi.advanceTimersByTimeAsync(0);
    server.answer = () => 'nothing';
    script.type('cars', '2');
    await vi.advanceTimersByTimeAsync(700);
    server.answer = () => refused('script-changed', view('a', 2, 2));
    await vi.advanceTimersByTimeAsync(2_100);
    expect(script.get().typed).toEqual({});
  });
});
