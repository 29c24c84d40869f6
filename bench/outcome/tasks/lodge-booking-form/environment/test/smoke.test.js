import test from 'node:test';
import assert from 'node:assert/strict';
import { validate } from '../src/validate.js';
import { renderForm } from '../src/render.js';

test('a good booking has no problems', () => {
  assert.deepEqual(validate({ fullName: 'Ada Byron', email: 'ada@example.org', arrive: '2025-02-01', leave: '2025-02-03', guests: '2', rooms: '1' }), []);
});

test('the form posts to /book', () => {
  assert.match(renderForm({}, []), /action="\/book"/);
});
