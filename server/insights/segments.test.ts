import { expect, test } from 'vitest';
import { segmentName } from '../contracts/customers.ts';
import { SEGMENT_NAMES } from './segments.rules.ts';

test('the API takes every segment by its name, and no other', () => {
  expect([...segmentName.options].sort()).toEqual([...SEGMENT_NAMES].sort());
  expect(segmentName.safeParse('at_risk').success).toBe(false);
});
