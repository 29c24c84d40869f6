import test from 'node:test';
import assert from 'node:assert/strict';
import { price } from '../src/price.js';

test('a light parcel', () => {
  assert.equal(price({ kg: 1.2, zone: 1 }), 520);
});

test('too heavy', () => {
  assert.throws(() => price({ kg: 40, zone: 1 }), RangeError);
});

test('the limit belongs to its band', () => {
  assert.deepEqual([2, 5, 10, 20, 31.5].map((kg) => price({ kg, zone: 2 })), [620, 740, 1020, 1420, 1690]);
});
