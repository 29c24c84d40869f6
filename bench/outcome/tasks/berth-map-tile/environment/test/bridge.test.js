import test from 'node:test';
import assert from 'node:assert/strict';
import { connect } from '../src/bridge.js';

test('the bridge has ask, on and leave', () => {
  const port = { postMessage() {}, onmessage: null };
  const desk = connect(port, { tile: 'x', version: '0.0.1' });
  for (const k of ['ask', 'on', 'leave']) assert.equal(typeof desk[k], 'function');
});
