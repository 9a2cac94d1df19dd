import { expect, test } from 'vitest';
import { allAre } from '../../src/base/all-of.ts';

test.each([
  [1, 'The only agent is'],
  [2, 'Both agents are'],
  [3, 'All 3 agents are'],
])('all of %i agents', (count, words) => expect(allAre(count, 'agent')).toBe(words));
