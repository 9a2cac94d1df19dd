import { expect, test } from 'vitest';
import { correctionOf, type Found, type Seat } from '../../src/call/seating.ts';

const HERE: Found = { bridge: 'b-1', isOurs: true };
const OTHER: Found = { bridge: 'b-2', isOurs: true };
const FOREIGN: Found = { bridge: 'x', isOurs: false };
const NOWHERE: Found = { isOurs: false };
const SEATED: Seat = { is: 'in', bridge: 'b-1' };

test.each([
  ['a leg in the bridge where it belongs', SEATED, HERE, 'none'],
  ['a leg of a conversation, out of its bridge', SEATED, NOWHERE, 'bring-back'],
  ["a leg of a conversation, in another agent's bridge", SEATED, OTHER, 'bring-back'],
  ['a leg of a conversation, in a bridge of somebody else', SEATED, FOREIGN, 'bring-back'],
  ["a person who waits, put into an agent's bridge", { is: 'apart' }, HERE, 'take-out'],
  ['a person who waits, in no bridge', { is: 'apart' }, NOWHERE, 'none'],
  ['a person who waits, in a bridge of somebody else', { is: 'apart' }, FOREIGN, 'none'],
  ['a leg that we are moving, in a bridge of ours', { is: 'moving' }, HERE, 'none'],
  ['a leg that we are moving, in no bridge', { is: 'moving' }, NOWHERE, 'none'],
  ['no leg of ours, in a bridge of ours', { is: 'unknown' }, HERE, 'hang-up'],
  ['no leg of ours, in a bridge of somebody else', { is: 'unknown' }, FOREIGN, 'none'],
  ['no leg of ours, in no bridge', { is: 'unknown' }, NOWHERE, 'none'],
] as const)('[D-02] %s: %j, %j → %s', (_what, seat: Seat, found: Found, correction) => {
  expect(correctionOf(seat, found)).toBe(correction);
});
