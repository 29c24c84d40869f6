import { pathToFileURL } from 'node:url';
import path from 'node:path';
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';

const W = process.argv[2];
let good = 0;
let all = 0;
async function check(name, fn) {
  all += 1;
  try {
    await fn();
    good += 1;
    console.log(`ok ${name}`);
  } catch (e) {
    console.log(`not ok ${name}: ${String(e?.message ?? e).replace(/\s+/g, ' ').slice(0, 300)}`);
  }
}

let m = {};
try {
  m = await import(pathToFileURL(path.join(W, 'src/table.js')).href);
} catch (e) {
  console.error(String(e));
}
const go = (rows, ...actions) => actions.reduce((s, a) => m.reduce(s, a), m.initial(rows));
const sort = (key) => ({ type: 'sort', key });
const search = (text) => ({ type: 'search', text });
const page = (n) => ({ type: 'page', page: n });
const names = (s) => m.view(s).rows.map((r) => r.name).join(' ');
const row = (name, height, origin = 'X') => ({ name, origin, height });

await check('existing-tests-pass', () => {
  const r = spawnSync(process.execPath, ['--test', 'test/'], { cwd: W, encoding: 'utf8', timeout: 30000 });
  assert.equal(r.status, 0, 'npm test fails');
});

await check('numbers-by-value-and-direction', () => {
  const rows = [row('a', 100), row('b', 20), row('c', 3)];
  assert.equal(names(go(rows, sort('height'))), 'c b a');
  assert.equal(names(go(rows, sort('height'), sort('height'))), 'a b c');
  assert.equal(names(go(rows, sort('height'), sort('height'), sort('height'))), 'c b a');
  assert.equal(names(go(rows, sort('height'), sort('height'), sort('name'))), 'a b c');
});

await check('text-without-case-and-accents', () => {
  const rows = [row('zinnia', 1), row('Éclat', 1), row('fern', 1), row('Acer', 1), row('dahlia', 1)];
  assert.equal(names(go(rows, sort('name'))), 'Acer dahlia Éclat fern zinnia');
});

await check('missing-values-last', () => {
  const rows = [row('a', null), row('b', 5), row('c', undefined), row('d', 0), row('e', '')];
  assert.equal(names(go(rows, sort('height'))), 'd b a c e');
  assert.equal(names(go(rows, sort('height'), sort('height'))), 'b d a c e');
});

await check('equal-rows-keep-their-order', () => {
  const rows = [row('a', 5), row('b', 7), row('c', 5), row('d', 7)];
  assert.equal(names(go(rows, sort('height'))), 'a c b d');
  assert.equal(names(go(rows, sort('height'), sort('height'))), 'b d a c');
});

await check('nothing-is-changed', () => {
  const rows = Object.freeze([row('b', 2), row('a', 1)].map(Object.freeze));
  const s0 = Object.freeze(m.initial(rows));
  const s1 = Object.freeze(m.reduce(s0, sort('name')));
  assert.equal(names(s1), 'a b');
  const s2 = Object.freeze(m.reduce(s1, search('b')));
  assert.equal(names(s2), 'b');
  assert.equal(names(s0), 'b a');
  assert.equal(names(s1), 'a b');
});

await check('search', () => {
  const rows = [row("Rose d'Été", 1, 'France'), row('Rose gallica', 1, 'Italy'), row('Fern', 1, null)];
  assert.equal(m.view(go(rows, search("  ROSE d'ete "))).total, 1);
  assert.equal(names(go(rows, search('italy rose'))), 'Rose gallica');
  assert.equal(m.view(go(rows, search('rose nowhere'))).total, 0);
  assert.equal(m.view(go(rows, search('   '))).total, 3);
});

await check('pages', () => {
  const rows = Array.from({ length: 25 }, (_, i) => row(i === 3 ? 'acer' : `p${i}`, i));
  const v = (...a) => {
    const { rows: r, page: p, pages, total } = m.view(go(rows, ...a));
    return [r.length, p, pages, total];
  };
  assert.deepEqual(v(page(3)), [5, 3, 3, 25]);
  assert.deepEqual(v(page(9)), [5, 3, 3, 25]);
  assert.deepEqual(v(page(0)), [10, 1, 3, 25]);
  assert.deepEqual(v(page(3), search('acer')), [1, 1, 1, 1]);
  assert.deepEqual(v(page(3), sort('name')), [10, 1, 3, 25]);
  assert.deepEqual(v(search('nothing')), [0, 1, 1, 0]);
});

console.log(`${good} of ${all}`);
process.exit(good === all ? 0 : 1);
