// One event at a time, in order, whatever goes wrong in handling one.

import { describe, expect, test } from 'vitest';
import { Mailbox } from '../../src/engine/mailbox.ts';

describe('[O-09] the mailbox', () => {
  test('events posted while one is handled come after it, in the same turn', () => {
    const story: string[] = [];
    const mailbox = new Mailbox<string>({
      handle: (event) => {
        story.push(`${event} begins`);
        if (event === 'answered') {
          mailbox.post('agent-found');
          mailbox.post('bridged');
        }
        story.push(`${event} ends`);
      },
      onFault: () => undefined,
      onIdle: () => story.push('idle'),
    });

    mailbox.post('answered');

    expect(story).toEqual([
      'answered begins',
      'answered ends',
      'agent-found begins',
      'agent-found ends',
      'bridged begins',
      'bridged ends',
      'idle',
    ]);
  });

  test('a fault in one event is reported with it, and the next is handled all the same', () => {
    const faults: unknown[] = [];
    const handled: string[] = [];
    const mailbox = new Mailbox<string>({
      handle: (event) => {
        if (event === 'bad') {
          mailbox.post('after');
          throw new Error('a bug');
        }
        handled.push(event);
      },
      onFault: (event, fault) => faults.push([event, fault instanceof Error ? fault.message : fault]),
      onIdle: () => undefined,
    });

    mailbox.post('bad');
    mailbox.post('next');

    expect(faults).toEqual([['bad', 'a bug']]);
    expect(handled).toEqual(['after', 'next']);
  });

  test('what is posted when it runs idle is handled, and it runs idle again', () => {
    const story: string[] = [];
    const mailbox = new Mailbox<string>({
      handle: (event) => story.push(event),
      onFault: () => undefined,
      onIdle: () => {
        story.push('idle');
        if (story.length < 3) mailbox.post('dial');
      },
    });

    mailbox.post('ended');

    expect(story).toEqual(['ended', 'idle', 'dial', 'idle']);
  });
});
