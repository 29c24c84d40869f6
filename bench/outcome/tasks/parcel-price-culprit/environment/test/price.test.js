import test from 'node:test';
import assert from 'node:assert/strict';
import { price } from '../src/price.js';

test('a light parcel', () => {
  assert.equal(price({ kg: 1.2, zone: 1 }), 520);
});

test('too heavy', () => {
  assert.throws(() => price({ kg: 40, zone: 1 }), RangeError);
});
