import test from 'node:test';
import assert from 'node:assert/strict';
import { insurance } from '../src/insurance.js';

test('insurance', () => {
  assert.equal(insurance(9999), 0);
  assert.equal(insurance(10000), 250);
  assert.equal(insurance(49999), 250);
});
