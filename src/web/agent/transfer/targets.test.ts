// To whom a person may be given: what the campaign allows, who is ready, a number that is typed.

import { describe, expect, test } from 'vitest';
import { aCall } from '../../../../test/web/views.ts';
import { callNews } from '../bar/call-news.ts';
import { switchesOf, THIRD_ORDERS, thirdStanding } from '../bar/switches.ts';
import { en } from '../../words/en.ts';
import { neighbour, targetsOf, type Colleague } from './targets.ts';

const BEN: Colleague = { number: '103', name: 'Ben Ash', state: 'ready', isReady: true };
const DAN: Colleague = { number: '104', name: 'Dan Roe', state: 'talking', isReady: false };
const { transfer } = aCall();
const ids = (typed: string, change: Partial<typeof transfer> = {}): readonly string[] =>
  targetsOf({ ...transfer, ...change }, [BEN, DAN], typed).map(({ id }) => id);

describe('[D-06] to whom a person may be given', () => {
  test.each([
    ['nothing typed: destinations, and agents who are ready', '', {}, ['d claims', 'd billing', 'a 103']],
    ['part of a name', 'BEN a', {}, ['a 103']],
    ['the digit of a destination', '1', {}, ['d claims', 'a 103']],
    ['a number', '+49 30 1234-56', {}, ['n']],
    ['a number where only destinations are allowed', '+49 30 123456', { anyNumber: false }, []],
    ['the number of an agent is none to dial', '103', {}, ['a 103']],
    ['agents are not allowed', 'ben', { agents: false }, []],
    ['no one', 'dan', {}, []],
  ])('%s', (_name, typed, change, expected) => expect(ids(typed, change)).toEqual(expected));

  test('the list is walked by arrows, and ends where it ends', () => {
    const targets = targetsOf(transfer, [BEN], '');
    expect(neighbour(targets, 'd claims', 1)?.id).toBe('d billing');
    expect([neighbour(targets, 'a 103', 1)?.id, neighbour(targets, 'd claims', -1)?.id]).toEqual(['a 103', 'd claims']);
    expect(neighbour([], null, 1)).toBeUndefined();
  });
});

const HERE = { who: 'claims', kind: 'number', state: 'here' } as const;

describe('[D-06] the switches of a call', () => {
  test('as they stand, and as they were asked for: by the page, or by another', () => {
    const shown = (...args: Parameters<typeof switchesOf>) =>
      switchesOf(...args).map(({ word, doing }) => [word, doing]);
    expect(shown(aCall(), null)).toEqual([
      ['mute', null],
      ['hold', null],
      ['pause-recording', null],
    ]);
    expect(shown(aCall({ muted: true, heldSince: 1, recording: 'paused' }), 'unmute')).toEqual([
      ['unmute', 'unmute'],
      ['resume', null],
      ['record', null],
    ]);
    expect(shown(aCall({ changing: ['hold'], recording: 'off', mayRecord: false }), null)).toEqual([
      ['mute', null],
      ['hold', 'hold'],
    ]);
  });

  test('a third party: hold has no place; what may be asked depends on how far they are', () => {
    const consulting = aCall({ heldSince: 1, third: HERE, parties: ['third-party'] });
    expect(switchesOf(consulting, null).map(({ id }) => id)).toEqual(['mute', 'record']);
    const stands = [aCall(), aCall({ third: { ...HERE, state: 'calling' }, parties: [] }), consulting].map(
      thirdStanding,
    );
    expect(stands).toEqual([null, 'calling', 'consulting']);
    expect(thirdStanding(aCall({ third: HERE, parties: ['person', 'third-party'] }))).toBe('three');
    expect(THIRD_ORDERS.calling).toEqual(['back']);
  });
});

describe('[A-22] what is spoken of a call', () => {
  test.each([
    ['muted', aCall(), aCall({ muted: true }), ['Muted. They do not hear you.']],
    ['resumed, still muted', aCall({ muted: true, heldSince: 1 }), aCall({ muted: true }), [en.call.said.resumed]],
    ['only asked for', aCall(), aCall({ changing: ['mute'] }), []],
    [
      'consulting: not hold as well',
      aCall(),
      aCall({ heldSince: 1, third: HERE, parties: ['third-party'] }),
      ['Claims is there. You talk with them alone.'],
    ],
    [
      'back',
      aCall({ heldSince: 1, third: HERE, parties: ['third-party'] }),
      aCall(),
      ['Claims is not in the call any more.', en.call.said.resumed],
    ],
    ['another call', aCall(), aCall({ attempt: 'a2', muted: true }), []],
    ['recording paused', aCall(), aCall({ recording: 'paused' }), ['The recording is paused.']],
  ])('%s', (_name, before, now, said) => expect(callNews(before, now, en)).toEqual(said));
});
