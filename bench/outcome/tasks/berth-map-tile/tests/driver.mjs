// Plays the desk against src/bridge.js of the folder given as first argument.
import { pathToFileURL } from 'node:url';
import path from 'node:path';
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';

const W = process.argv[2];
const load = (p) => import(pathToFileURL(path.join(W, p)).href);
console.error = () => {};
console.warn = () => {};
process.on('unhandledRejection', () => {});

let good = 0;
let all = 0;
async function check(name, fn) {
  all += 1;
  try {
    await Promise.race([fn(), new Promise((_, no) => setTimeout(() => no(new Error('no answer in time')), 3000))]);
    good += 1;
    console.log(`ok ${name}`);
  } catch (e) {
    console.log(`not ok ${name}: ${String(e?.message ?? e).replace(/\s+/g, ' ').slice(0, 300)}`);
  }
}

const rest = async () => {
  for (let i = 0; i < 5; i += 1) await new Promise((r) => setImmediate(r));
};

// A port that keeps what was posted. `say` delivers a message from the desk.
function makePort() {
  const sent = [];
  const extra = [];
  return {
    sent,
    postMessage(d) {
      sent.push(d);
    },
    onmessage: null,
    start() {},
    close() {},
    addEventListener(t, fn) {
      if (t === 'message') extra.push(fn);
    },
    removeEventListener(t, fn) {
      const i = extra.indexOf(fn);
      if (i >= 0) extra.splice(i, 1);
    },
    async say(data) {
      const e = { data };
      this.onmessage?.(e);
      for (const fn of [...extra]) fn(e);
      await rest();
    },
  };
}

const about = { tile: 'berth-map', version: '1.4.0' };
const HOI = ['HOI', 2, 'berth-map', '1.4.0'];
async function start(credit) {
  const { connect } = await load('src/bridge.js');
  const port = makePort();
  const desk = connect(port, about);
  await rest();
  if (credit !== undefined) await port.say(['AYE', credit]);
  return { port, desk };
}
// Follow a promise without an unhandled rejection.
function watch(p) {
  const w = { state: 'open' };
  p.then((v) => Object.assign(w, { state: 'done', value: v }), (e) => Object.assign(w, { state: 'failed', code: e?.code, isError: e instanceof Error }));
  return w;
}

await check('interface-complete', async () => {
  const { desk } = await start();
  for (const k of ['ask', 'on', 'leave']) assert.equal(typeof desk[k], 'function', k);
  assert.equal(typeof desk.ask('a', {})?.then, 'function', 'ask returns a promise');
});

await check('existing-tests-pass', async () => {
  const r = spawnSync(process.execPath, ['--test', 'test/'], { cwd: W, encoding: 'utf8', timeout: 30000 });
  assert.equal(r.status, 0, 'npm test fails');
});

await check('hello', async () => {
  const { port, desk } = await start();
  watch(desk.ask('a', 1));
  await rest();
  assert.deepEqual(port.sent, [HOI], 'before the answer only the greeting goes out');
  await port.say(['AYE', 3]);
  assert.deepEqual(port.sent.slice(1), [['ASK', 1, 'a', '1']]);
});

await check('request-and-answer', async () => {
  const { port, desk } = await start(5);
  const a = watch(desk.ask('berth.list', { basin: 'east' }));
  const b = watch(desk.ask('ping'));
  await rest();
  assert.deepEqual(port.sent.slice(1), [['ASK', 1, 'berth.list', '{"basin":"east"}'], ['ASK', 3, 'ping', 'null']]);
  await port.say(['NAY', 3, 'closed']);
  await port.say(['RET', 1, '[{"berth":"E1"}]']);
  assert.deepEqual([a, b], [{ state: 'done', value: [{ berth: 'E1' }] }, { state: 'failed', code: 'closed', isError: true }]);
});

await check('pace-of-requests', async () => {
  const { port, desk } = await start(2);
  for (const t of 'abcdef') watch(desk.ask(t, t));
  await rest();
  const topics = () => port.sent.slice(1).map((m) => m[2]).join('');
  assert.equal(topics(), 'ab');
  await port.say(['RET', 8, '0']);
  assert.equal(topics(), 'ab', 'unknown id');
  await port.say(['NAY', 1, 'no']);
  assert.equal(topics(), 'abc');
  await port.say(['MORE', 2]);
  assert.equal(topics(), 'abcde');
  await port.say(['RET', 3, '0']);
  assert.deepEqual(port.sent.slice(1).map((m) => m[1]), [1, 3, 5, 7, 9, 11]);
});

await check('events-delivered-and-confirmed', async () => {
  const { port, desk } = await start(0);
  const seen = [];
  desk.on('berth.moved', () => {
    throw new Error('first listener');
  });
  desk.on('berth.moved', (b) => seen.push([b, port.sent.length]));
  await port.say(['EVT', 4, 'berth.moved', '{"to":"E2"}']);
  await port.say(['EVT', 5, 'other', 'null']);
  assert.deepEqual(seen, [[{ to: 'E2' }, 1]]);
  assert.deepEqual(port.sent.slice(1), [['GOT', 4], ['GOT', 5]]);
});

await check('repeated-events', async () => {
  const { port, desk } = await start(0);
  const seen = [];
  desk.on('m', (b) => seen.push(b));
  for (const n of [4, 4, 3, 6]) await port.say(['EVT', n, 'm', String(n)]);
  assert.deepEqual(seen, [4, 6]);
  assert.deepEqual(port.sent.slice(1), [['GOT', 4], ['GOT', 4], ['GOT', 3], ['GOT', 6]]);
});

await check('alive', async () => {
  const { port } = await start();
  await port.say(['TICK', 41]);
  await port.say(['AYE', 0]);
  await port.say(['TICK', 99]);
  assert.deepEqual(port.sent, [HOI, ['TOCK', 42], ['TOCK', 100]]);
});

await check('desk-says-goodbye', async () => {
  const { port, desk } = await start(1);
  const a = watch(desk.ask('a'));
  const b = watch(desk.ask('b'));
  await rest();
  await port.say(['BYE', 'reload']);
  const c = watch(desk.ask('c'));
  await port.say(['TICK', 1]);
  await port.say(['EVT', 1, 'm', '1']);
  await port.say(['MORE', 5]);
  assert.deepEqual([a.code, b.code, c.code], ['adrift', 'adrift', 'adrift']);
  assert.deepEqual(port.sent.slice(1), [['ASK', 1, 'a', 'null']]);
});

await check('tile-says-goodbye', async () => {
  const { port, desk } = await start(1);
  const a = watch(desk.ask('a'));
  await rest();
  desk.leave();
  desk.leave();
  await port.say(['TICK', 1]);
  await port.say(['RET', 1, '1']);
  assert.deepEqual(port.sent.slice(1), [['ASK', 1, 'a', 'null'], ['BYE', 'left']]);
  assert.equal(a.code, 'adrift');
});

await check('map-works-and-ignores-noise', async () => {
  const { startMap } = await load('src/map.js');
  const port = makePort();
  const drawn = [];
  startMap(port, (rows) => drawn.push(rows));
  await rest();
  for (const noise of ['port', null, { type: 'RET' }, ['WAT', 1], ['toString']]) await port.say(noise);
  await port.say(['AYE', 1]);
  await port.say(['RET', 1, '[{"berth":"E1","ship":"Ada"}]']);
  await port.say(['EVT', 1, 'berth.moved', '{"from":"E1","to":"E2","ship":"Ada"}']);
  assert.deepEqual(drawn, [[{ berth: 'E1', ship: 'Ada' }], [{ berth: 'E2', ship: 'Ada' }]]);
});

console.log(`${good} of ${all}`);
process.exit(good === all ? 0 : 1);
