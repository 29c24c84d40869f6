import test from 'node:test';
import assert from 'node:assert/strict';
import { renderOrdersPanel } from '../src/index.js';

test('orders are listed with a link', () => {
  const html = renderOrdersPanel([{ id: 'O-1', state: 'sent' }]);
  assert.match(html, /href="\/orders\/O-1"/);
  assert.match(html, /Sent/);
});
