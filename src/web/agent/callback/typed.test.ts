// A half-typed form for a callback comes back as it was left.

import { expect, test } from 'vitest';
import { aDeskRecord } from '../../../../test/web/views.ts';
import { callbackTyped, inputsOfCallback, type CallbackTyped } from './typed.ts';

const NONE = { callback: null, record: aDeskRecord() };

test.each<readonly [string, CallbackTyped]>([
  ['the time alone', { phone: { is: 'same' }, personal: false, date: '', time: '12:30' }],
  ['another phone', { phone: { is: 'of-record', place: 1 }, personal: true, date: '2026-12-07', time: '' }],
  [
    'a number begun to be typed',
    { phone: { is: 'typed', number: '+1 21', type: 'work' }, personal: true, date: '', time: '' },
  ],
])('[A-23] %s', (_what, typed) => {
  expect(callbackTyped(NONE, inputsOfCallback(typed))).toEqual(typed);
});

test('[A-17] a form that is only opened has the callback that is set', () => {
  const callback = {
    at: 0,
    zone: 'UTC',
    local: '2026-12-01T10:30',
    number: '+15550000000',
    type: 'work' as const,
    personal: true,
  };
  expect(callbackTyped({ ...NONE, callback }, undefined)).toEqual({
    phone: { is: 'typed', number: '+15550000000', type: 'work' },
    personal: true,
    date: '2026-12-01',
    time: '10:30',
  });
});
