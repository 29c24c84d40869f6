import test from 'node:test';
import assert from 'node:assert/strict';
import { initial, reduce, view } from '../src/table.js';
import { toCsv } from '../src/export.js';

const rows = [
  { name: 'Hosta', origin: 'England', height: 45 },
  { name: 'Acer', origin: 'Japan', height: 600 },
];

test('everything is shown at first', () => {
  assert.deepEqual(view(initial(rows)), { rows, page: 1, pages: 1, total: 2 });
});

test('search by name', () => {
  const v = view(reduce(initial(rows), { type: 'search', text: 'ACER' }));
  assert.equal(v.total, 1);
});

test('export', () => {
  assert.equal(toCsv(rows), 'name,origin,height\nHosta,England,45\nAcer,Japan,600\n');
});
