// A click is done once, however often it must be sent.

import { describe, expect, test } from 'vitest';
import type { Ask } from './ask.ts';
import { Commands } from './commands.ts';
import type { LiveEvent } from './live.ts';

interface Sent {
  readonly key: string;
  readonly expects?: number;
}

function desk(answers: readonly (object | 'lost')[]): { commands: Commands; sent: Sent[]; events: LiveEvent[] } {
  const [sent, events]: [Sent[], LiveEvent[]] = [[], []];
  let keys = 0;
  // eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters
  const ask: Ask = <T>(_method: string, _path: string, body?: unknown) => {
    sent.push(body as Sent);
    const answer = answers[sent.length - 1] ?? 'lost';
    if (answer === 'lost') return Promise.reject(new Error('no network'));
    return Promise.resolve({ status: 'error' in answer ? 409 : 200, body: answer as T });
  };
  const commands = new Commands({
    ask,
    take: (event) => void events.push(event),
    now: () => 0,
    newKey: () => `key-${(keys += 1)}`,
    wait: () => Promise.resolve(),
  });
  return { commands, sent, events };
}

const DONE = { answer: 'done' };
const typesOf = (events: readonly LiveEvent[]): readonly string[] => events.map(({ type }) => type);

describe('a command', () => {
  test('is answered: done', async () => {
    const { commands, sent, events } = desk([DONE]);
    expect(await commands.act({ id: 'i1', version: 4 }, { do: 'accept' })).toBe(true);
    expect([sent.length, sent[0]?.expects, typesOf(events)]).toEqual([1, 4, ['asked', 'answered']]);
  });

  test('[A-23] whose answer is lost is sent again under the same key, and looks unsure meanwhile', async () => {
    const { commands, sent, events } = desk(['lost', DONE]);
    expect(await commands.wish({ do: 'resume' })).toBe(true);
    expect(sent.map(({ key }) => key)).toEqual(['key-1', 'key-1']);
    expect(typesOf(events)).toEqual(['asked', 'unsure', 'answered']);
  });

  test('that is never answered is given up, and said so', async () => {
    const { commands, sent, events } = desk([]);
    expect(await commands.wish({ do: 'resume' })).toBe(false);
    expect(sent).toHaveLength(4);
    expect(events.at(-1)).toMatchObject({ type: 'answered', refusal: { code: 'unanswered' } });
  });

  test('that is refused says why and what is missing, and is not sent again', async () => {
    const error = { code: 'incomplete', message: 'Not complete.', hint: 'See missing.' };
    const { commands, sent, events } = desk([{ answer: 'refused', error, missing: [{ code: 'a', message: 'b' }] }]);
    expect(await commands.act({ id: 'i1' }, { do: 'done', stop: false })).toBe(false);
    expect(sent).toHaveLength(1);
    expect(events.at(-1)).toMatchObject({ refusal: { ...error, what: 'done', missing: [{ code: 'a' }] } });
  });
});
