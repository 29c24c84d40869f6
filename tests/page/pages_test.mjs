// The pages in Chromium: what they show, how they are used, and what they must not do.
// Usage: node pages_test.mjs CASCADE [--shots FOLDER]. Exit 77: no browser, or npm could not bring what drives it.
import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { browser as start, inaccessible, open } from './browser.mjs';
import { faulty, hostile, large, write } from './libraries.mjs';

const source = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const cascade = path.resolve(process.argv[2]);
const shots = process.argv[3] === '--shots' ? path.resolve(process.argv[4]) : null;
const scratch = mkdtempSync(path.join(os.tmpdir(), 'cascade-pages-'));
const environment = { ...process.env, HOME: scratch, CASCADE_CACHE: path.join(scratch, 'cache'), XDG_STATE_HOME: path.join(scratch, 'state') };
const browser = await start(path.join(source, 'build/page-browser'), source);
let failed = 0, passed = 0;

function expect(what, holds, found) {
  holds ? ++passed : ++failed;
  if (!holds) console.log(`FAILED: ${what}${found === undefined ? '' : ': ' + JSON.stringify(found).slice(0, 600)}`);
}

const same = (what, found, wanted) => expect(what, JSON.stringify(found) === JSON.stringify(wanted), { found, wanted });

function run(...words) {
  return execFileSync(cascade, words, { env: environment, cwd: scratch, maxBuffer: 1 << 28, stdio: ['ignore', 'pipe', 'pipe'] }).toString();
}

function page_of(name, ...words) {
  const file = path.join(scratch, name + '.html');
  run(...words, '--output', file, '--quiet');
  return file;
}

async function shot(page, name) {
  if (shots === null) return;
  mkdirSync(shots, { recursive: true });
  await page.screenshot({ path: path.join(shots, name + '.png') });
}

const visible = (page) => page.$$eval('.column li:not([hidden]) button', (found) => found.map((button) => button.title.replace(/ \(.*/, '')));

async function clean(name, opened) {
  same(name + ' does nothing that it should not', opened.faults, []);
  const blocked = await opened.page.evaluate(() => fetch('http://127.0.0.1:9/x').then(() => 'went out', () => 'blocked'));
  const image = await opened.page.evaluate(() => new Promise((done) => {
    const element = new Image();
    element.onload = () => done('went out');
    element.onerror = () => done('blocked');
    element.src = 'http://127.0.0.1:9/x.png';
  }));
  same(name + ' lets no request out', [blocked, image], ['blocked', 'blocked']);
  same(name + ' sent no request even when asked to', opened.faults.filter((one) => !one.includes('127.0.0.1:9/x')), []);
}

async function both_themes(name, file) {
  const backs = [];
  for (const scheme of ['light', 'dark']) {
    const { page, faults } = await open(browser, file, { scheme });
    backs.push(await page.evaluate(() => getComputedStyle(document.body).backgroundColor));
    same(`${name}, ${scheme}: no violations of axe-core`, await inaccessible(browser, page), []);
    same(`${name}, ${scheme}: no faults`, faults, []);
    await shot(page, name + '-' + scheme);
    await page.close();
  }
  expect(name + ' follows the system\'s colours', backs[0] !== backs[1], backs);
}

async function prints(name, page, wanted) {
  await page.emulateMediaType('print');
  const gone = await page.$$eval('.bar, .map canvas, .status', (found) => found.every((one) => getComputedStyle(one).display === 'none'));
  expect(name + ': what only works on a screen is not printed', gone);
  const hidden = await page.$$eval('.column li:not([hidden]) button', (found) => found.filter((one) => one.offsetHeight === 0).length);
  same(name + ': all entries are printed', hidden, 0);
  const pdf = await page.pdf({ format: 'A4' });
  expect(name + ': prints as PDF', pdf.length > wanted && Buffer.from(pdf).subarray(0, 5).toString() === '%PDF-', pdf.length);
  await page.emulateMediaType('screen');
}

async function map_of_shipped_library() {
  const file = page_of('map', '--root', source, 'page', 'map');
  const nodes = JSON.parse(/id="data">([^<]*)</.exec(readFileSync(file, 'utf8'))[1]).nodes.length;
  expect('the map of the shipped library has at most 1 kB for each entry', statSync(file).size <= 1_000 * nodes, statSync(file).size);
  await both_themes('map', file);
  const opened = await open(browser, file), { page } = opened;
  const paint = await page.evaluate(() => performance.getEntriesByName('first-contentful-paint')[0].startTime);
  // A busy machine is told from a slow page by a page that has nothing to draw.
  const blank = path.join(scratch, 'blank.html');
  writeFileSync(blank, '<!doctype html><title>blank</title><p>blank');
  const empty = await browser.chromium.newPage();
  await empty.goto(pathToFileURL(blank).href);
  await empty.waitForFunction(() => performance.getEntriesByName('first-contentful-paint').length > 0);
  const least = await empty.evaluate(() => performance.getEntriesByName('first-contentful-paint')[0].startTime);
  await empty.close();
  console.log(`first paint of the map: ${Math.round(paint)} ms, of an empty page: ${Math.round(least)} ms; ${Math.round(statSync(file).size / 1000)} kB`);
  expect('its first paint comes within 300 ms, or 6 empty pages where the machine is busy', paint <= Math.max(300, 6 * least), [paint, least]);
  const all = (await visible(page)).length;

  await page.keyboard.press('/');
  await page.keyboard.type('bisect');
  const found = await visible(page);
  const listed = JSON.parse(run('--root', source, 'list', '--format', 'json')).manifests
    .filter((one) => (one.id + ' ' + one.path + ' ' + one.description).toLowerCase().includes('bisect')).map((one) => one.id);
  same('search finds what names, paths and descriptions say', [...found].sort(), listed.sort());
  expect('its result is announced', (await page.$eval('[role=status]', (one) => one.textContent)).startsWith(`${found.length} entries shown`));
  await page.keyboard.press('Escape');
  same('Escape undoes the search', (await visible(page)).length, all);

  await keyboard(page);
  await slider(page);
  await questions(page);
  await shot(page, 'map-chosen');
  await prints('map', page, 20_000);
  await clean('map', opened);
  await page.close();
}

async function keyboard(page) {
  const focus = () => page.evaluate(() => document.activeElement.title);
  const reachable = await page.$$eval('.column button', (found) => found.filter((one) => one.tabIndex === 0).length);
  same('Tab reaches one button of the map, and arrows the others', reachable, 1);
  await page.focus('.column button[tabindex="0"]');
  const first = await focus();
  await page.keyboard.press('ArrowDown');
  const second = await focus();
  expect('ArrowDown moves', first !== second && second !== '', [first, second]);
  await page.keyboard.press('ArrowUp');
  same('ArrowUp moves back', await focus(), first);
  await page.keyboard.press('End');
  await page.keyboard.press('Home');
  const top = await page.evaluate(() => document.activeElement.closest('ul').querySelector('li:not([hidden]) button').title);
  same('Home is the first of its column', await focus(), top);
  await page.keyboard.press('Enter');
  same('Enter chooses', await page.$eval('.details h2', (one) => one.textContent), top);
  await page.keyboard.press('ArrowRight');
  expect('ArrowRight goes along a link', await page.evaluate(() => document.activeElement.classList.contains('linked')), await focus());
  await page.keyboard.press('Escape');
  same('Escape chooses nothing', await page.$eval('.details h2', (one) => one.textContent), 'Nothing chosen');
}

// By "id section": what a bundle of the program has.
// Each rung of the ladder that `cascade bundle` gives: the pieces that it shows.
function rungs_of(name, budgets) {
  const ladder = JSON.parse(run('--root', source, 'bundle', name, '--ladder', budgets.join(','), '--format', 'json', '--quiet'));
  return new Map(ladder.rungs.map((rung) => [rung.budget.tokens ?? rung.budget, new Set(rung.pieces
    .filter((one) => !['cut', 'same', 'name'].includes(one.form))
    .map((one) => one.id + ' ' + (one.form === 'card' ? 'card' : one.heading || 'lead')))]));
}

async function slider(page) {
  const read = () => page.evaluate(() => ({ amount: document.querySelector('output').textContent, said: document.querySelector('#budget').getAttribute('aria-valuetext'),
    outcome: document.querySelector('#outcome p').textContent, out: [...document.querySelectorAll('#falls-out li')].map((one) => one.textContent),
    in: [...document.querySelectorAll('#in-bundle li')].map((one) => one.textContent) }));
  const choose = (id) => page.evaluate((wanted) => {
    const select = document.querySelector('.budget select');
    select.value = [...select.options].find((one) => one.textContent === wanted).value;
    select.dispatchEvent(new Event('change'));
  }, id);
  const budgets = [500, 1000, 1500, 2000, 3000, 4000, 6000, 8000];
  for (const name of ['skill:regression-bisection', 'skill:accessibility-audit', 'skill:release-train']) {
    await choose(name);
    const rungs = rungs_of(name, budgets), seen = [];
    for (let i = 0; i < 16; ++i) { await page.focus('#budget'); await page.keyboard.press('ArrowLeft'); }
    for (const budget of budgets) {
      const state = await read(), text = budget.toLocaleString('en-US') + ' tokens';
      same(name + ': the slider says its budget', [state.amount, state.said], [text, text]);
      const here = new Set(state.in.map((one) => one.replace(/, [\d,]+ tokens? .*$/, '').replace(': card', ' card').replace(' › ', ' ').replace(/ \((prose|opening|third|beginning|stub)\)$/, '')));
      await page.focus('#budget');
      await page.keyboard.press('ArrowRight');
      const wanted = rungs.get(budget) ?? new Set();
      seen.push({ budget, here: [...here].sort(), wanted: [...wanted].sort(), outcome: state.outcome });
      if (budget !== 1500) continue;
      expect(`${name} at ${budget}: a price stands beside what fell out`, state.out.length === 0 || state.out.some((one) => one.includes('more would bring it in')), state.out);
    }
    // A page's search is shorter, and each rung holds the one below it: where one is not proven, the others may differ.
    const proven = seen.every((one) => one.outcome.includes('optimal: proven'));
    for (const one of seen) {
      if (proven) same(`${name} at ${one.budget}: what cascade bundle --ladder gives`, one.here, one.wanted);
      const below = one.outcome.match(/at most ([\d.]+) % below the best/), used = one.outcome.match(/([\d,]+) of ([\d,]+) tokens/);
      expect(`${name} at ${one.budget}: proven, or at most 1 % below the best`, one.outcome.includes('optimal: proven') || one.outcome.includes('less than a millionth') || (below && Number(below[1]) <= 1), one.outcome);
      expect(`${name} at ${one.budget}: within its budget`, used && Number(used[1].replace(/,/g, '')) <= one.budget, one.outcome);
    }
  }
}

// What a stranger would ask, answered by the page and by the program.
async function questions(page) {
  const choose = (id) => page.evaluate((wanted) => [...document.querySelectorAll('.column button')].find((one) => one.title.split(' (')[0] === wanted).click(), id);
  await choose('agent:repro-builder');
  const above = await page.$$eval('.details table', (tables) => [...tables].find((one) => one.caption.textContent.startsWith('Hangs on it'))
    .querySelectorAll('tbody tr').length);
  const linked = JSON.parse(run('--root', source, 'show', 'agent:repro-builder', '--format', 'json'));
  const into = linked.referenced_by.length;
  same('what hangs on an agent is what cascade show says', above, into);
  await page.select('.bar select', 'near');
  expect('what is linked with it can be seen alone', (await visible(page)).length < 40 && (await visible(page)).includes('agent:repro-builder'));
  await page.select('.bar select', 'all');
}

async function faults_of_a_library() {
  const root = faulty(path.join(scratch, 'faulty')), other = write(path.join(scratch, 'second'), {
    'skills/review/SKILL.md': '---\nname: review\ndescription: Another skill of this name. Use when nothing else is there.\n---\nAnother.\n' });
  const opened = await open(browser, page_of('faulty', '--root', root, '--root', other, 'page')), { page } = opened;
  const filter = async (value) => { await page.select('.bar select', value); return visible(page); };
  same('orphans', await filter('orphans'), ['agent:alone']);
  const heaviest = async () => {
    await filter('heavy');
    return page.$$eval('.column', (columns) => columns.flatMap((column) => {
      const weights = [...column.querySelectorAll('li:not([hidden]) button')].map((one) => Number((one.textContent.match(/[\d,]+$/) || ['0'])[0].replace(/,/g, '')));
      return weights.every((weight, i) => i === 0 || weights[i - 1] >= weight) ? [] : [column.getAttribute('aria-label')];
    }));
  };
  same('the heaviest come first in each column', await heaviest(), []);
  await page.type('#search', 'zzz');
  expect('an empty result says why', (await page.$eval('.status', (one) => one.textContent)).startsWith('nothing among “heaviest 30” for “zzz”'));
  await page.focus('#search');
  await page.keyboard.press('Escape');
  same('dangling names', await filter('dangling'), ['skill:review']);
  same('shadowed', await filter('shadowed'), ['skill:review']);
  same('nearly the same', (await filter('alike')).sort(), ['skill:first-twin', 'skill:second-twin']);
  expect('findings', (await filter('findings')).includes('skill:review'));
  await filter('all');
  await page.$$eval('.column button', (found) => found.find((one) => one.title.startsWith('skill:review (dangling')).click());
  const text = await page.$eval('.details', (one) => one.textContent);
  expect('a dangling name has its place', text.includes('no-such-agent') && /skills\/review\/SKILL\.md:\d+:\d+/.test(text), text);
  same('faulty: no violations of axe-core', await inaccessible(browser, page), []);
  await shot(page, 'faulty');
  await clean('faulty', opened);
  await page.close();
}

async function hostile_manifests() {
  const root = hostile(path.join(scratch, 'hostile'));
  const files = { map: page_of('hostile-map', '--root', root, 'page'), bundle: page_of('hostile-bundle', '--root', root, 'page', 'bundle', 'hostile-1', 'hostile-10'),
    headings: page_of('hostile-headings', '--root', root, 'page', 'bundle', 'many-headings', '--budget', '3000') };
  const claims = path.join(scratch, 'metrics.json');
  writeFileSync(claims, run('metrics', source, '--format', 'json', '--window', '7d').replace(/"how": "/g, '"how": "</script><script>globalThis.hacked=1</script>\\u202e'));
  files.metrics = page_of('hostile-metrics', 'page', 'metrics', '--from', claims);
  for (const [name, file] of Object.entries(files)) {
    const raw = readFileSync(file, 'utf8');
    expect(`hostile ${name}: no character of the file turns text around or hides`, !/[\u202a-\u202e\u2066-\u2069\u2028\u2029\u200b\ufeff\u0000]/.test(raw));
    const opened = await open(browser, file), { page } = opened;
    if (name === 'map') for (const button of await page.$$('.column button')) await button.evaluate((one) => one.click());
    await new Promise((done) => setTimeout(done, 300));
    same(`hostile ${name}: nothing ran`, await page.evaluate(() => globalThis.hacked === undefined), true);
    same(`hostile ${name}: no element of theirs`, await page.evaluate(() =>
      [document.scripts.length, document.querySelectorAll('iframe, img, base, object, embed, link, [onerror], [onload], a[href^="javascript"]').length]), [2, 0]);
    expect(`hostile ${name}: what hides is written out`, name === 'headings' || (await page.evaluate(() => document.body.textContent)).includes('<U+202E>'));
    await clean('hostile ' + name, opened);
    if (name === 'map') await shot(page, 'hostile');
    await page.close();
  }
}

// Frames a second of an empty page here and now: what a busy machine leaves.
async function most_frames() {
  const page = await browser.chromium.newPage();
  await page.setContent('<div class="map" style="height:600px;overflow:auto"><div style="height:9000px"></div></div>');
  const rate = await frames(page);
  await page.close();
  return rate;
}

// Frames while the map is panned, for two seconds.
async function frames(page) {
  return page.evaluate(() => new Promise((done) => {
    const area = document.querySelector('.map'), begin = performance.now();
    let painted = 0, way = 40;
    const step = () => {
      const gone = performance.now() - begin;
      if (gone > 2000) return done(painted / gone * 1000);
      if (area.scrollTop + area.clientHeight >= area.scrollHeight - 1) way = -40;
      if (area.scrollTop <= 0) way = 40;
      area.scrollTop += way;
      ++painted;
      requestAnimationFrame(step);
    };
    requestAnimationFrame(step);
  }));
}

async function large_libraries() {
  const file = page_of('large', '--root', large(path.join(scratch, 'large'), 760, 10_000), 'page');
  const { page, faults } = await open(browser, file);
  const size = await page.$eval('#summary', (one) => one.textContent);
  const rate = await frames(page);
  const most = await most_frames();
  console.log(`panning over ${size.split(';')[0]}: ${rate.toFixed(1)} frames a second, an empty page ${most.toFixed(1)}; ${Math.round(statSync(file).size / 1000)} kB`);
  expect('760 manifests and 10,000 links stay smooth', rate >= Math.min(30, most * 0.7), [rate, most]);
  same('large: no faults', faults, []);
  await shot(page, 'large');
  await page.close();
  const huge = page_of('huge', '--root', large(path.join(scratch, 'huge'), 10_000, 20_000), 'page');
  const opened = await open(browser, huge);
  const left = await opened.page.$eval('#left-out', (one) => one.textContent);
  console.log(`10,000 manifests: ${Math.round(statSync(huge).size / 1000)} kB; ${left}`);
  expect('10,000 manifests open, and the page says what was left out', left.includes('8,000 manifests'), left);
  same('huge: no faults', opened.faults, []);
  await opened.page.close();
}

const ask = (address, options) => new Promise((done) => http.get(address, options, (answer) => {
  answer.resume();
  answer.on('end', () => done(answer.statusCode));
}).on('error', () => done(0)));

async function served() {
  const root = faulty(path.join(scratch, 'served'));
  const server = spawn(cascade, ['--root', root, 'page', '--serve'], { env: environment, cwd: scratch });
  try {
    const address = (await new Promise((done) => server.stdout.once('data', (text) => done(String(text))))).trim();
    const plain = address.replace(/[0-9a-f]{32}\//, '');
    same('a caller without the token gets nothing', [await ask(plain), await ask(plain + '0'.repeat(32) + '/'), await ask(address)], [404, 404, 200]);
    same('another host, another origin, another method', [await ask(address, { headers: { host: 'evil.test' } }),
      await ask(address, { headers: { origin: 'http://evil.test' } }), await ask(address, { headers: { 'sec-fetch-site': 'cross-site' } }),
      await ask(address, { method: 'POST' })], [403, 403, 403, 405]);
    const { page, faults } = await open(browser, address);
    await page.$$eval('.column button', (found) => found.find((one) => one.title === 'agent:reader').click());
    const silent = http.get(plain).on('error', () => {});  // a caller that is slow must not hold up the others
    write(root, { 'skills/fresh/SKILL.md': '---\nname: fresh\ndescription: Comes while the page is open. Use when it is new.\n---\nStart the agent `reader` with the Task tool.\n' });
    const begin = Date.now();
    await page.waitForFunction(() => [...document.querySelectorAll('.column button')].some((one) => one.title.startsWith('skill:fresh')), { timeout: 15_000 });
    console.log(`a new manifest is seen after ${((Date.now() - begin) / 1000).toFixed(1)} s`);
    same('what was chosen stays chosen', await page.$eval('.details h2', (one) => one.textContent), 'agent:reader');
    expect('its new link is there', (await page.$eval('.details', (one) => one.textContent)).includes('skill:fresh'));
    write(root, { 'skills/fresh/SKILL.md': 'no front matter at all, and an agent `missing-one`: start the agent `missing-one` with the Task tool.\n' });
    await page.waitForFunction(() => /missing-one|FM0/.test(document.querySelector('#page').textContent), { timeout: 15_000 });
    same('served: no violations of axe-core', await inaccessible(browser, page), []);
    same('served: no faults', faults, []);
    silent.destroy();
    await page.close();
  } finally {
    server.kill();
  }
}

// A history of thirty days, so that what is looked at depends neither on today nor on how this repository was cloned.
function history_of_thirty_days() {
  const folder = path.join(scratch, 'history'), git = (words, day) => execFileSync('git', ['-C', folder, ...words], { stdio: 'ignore', env: {
    ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_AUTHOR_NAME: 'Ann', GIT_AUTHOR_EMAIL: 'ann@example.org', GIT_COMMITTER_NAME: 'Ann',
    GIT_COMMITTER_EMAIL: 'ann@example.org', GIT_AUTHOR_DATE: `2026-01-${day}T12:00:00Z`, GIT_COMMITTER_DATE: `2026-01-${day}T12:00:00Z` } });
  mkdirSync(folder, { recursive: true });
  git(['init', '-q', '-b', 'main'], '01');
  for (let day = 1; day <= 30; ++day) {
    writeFileSync(path.join(folder, `part-${day}.c`), Array.from({ length: 40 * day }, (unused, i) => `int part_${day}_${i};\n`).join(''));
    const two = String(day).padStart(2, '0');
    git(['add', '-A'], two);
    git(['commit', '-q', '-m', 'Add part ' + day], two);
  }
  return folder;
}

async function figures() {
  const claim = path.join(scratch, 'claims.md');
  writeFileSync(claim, '| claim | value |\n| --- | --- |\n| commits in 7 days | 962 |\n| lines added in 7 days | 173833 |\n');
  const metrics = page_of('metrics', 'page', 'metrics', history_of_thirty_days(), '--claim', claim);
  await both_themes('metrics', metrics);
  const opened = await open(browser, metrics), { page } = opened;
  same('each claim is marked in its picture', await page.$$eval('svg .claim-text', (found) => found.map((one) => one.textContent)), ['claimed: 962', 'claimed: 173,833']);
  await page.select('.bar select', 'lines_added');
  expect('another figure can be chosen', (await page.$eval('#figure table caption', (one) => one.textContent)).startsWith('lines_added'));
  await prints('metrics', page, 5_000);
  await clean('metrics', opened);
  await page.close();

  const bundle = page_of('bundle', '--root', source, 'page', 'bundle', 'regression-bisection', '--budget', '1500');
  await both_themes('bundle', bundle);
  const seen = await open(browser, bundle);
  const areas = await seen.page.$$eval('svg .tile', (found) => found.map((one) => Number(one.getAttribute('width')) * Number(one.getAttribute('height'))));
  const tokens = JSON.parse(run('--root', source, 'bundle', 'regression-bisection', '--budget', '1500', '--format', 'json', '--quiet')).pieces.map((one) => one.tokens);
  same('each piece has its area', areas.length, tokens.length);
  const largest = (values) => values.indexOf(Math.max(...values));
  same('the largest area is the largest section', tokens[largest(areas)], Math.max(...tokens));
  await seen.page.$eval('svg .tile', (one) => one.dispatchEvent(new MouseEvent('click')));
  same('a click on an area shows its row', await seen.page.$$eval('tr.chosen', (found) => found.length), 1);
  await prints('bundle', seen.page, 5_000);
  await clean('bundle', seen);
  await seen.page.close();
}

// Documents as the two verbs print them, with names that would run if they were markup.
async function usage_and_audit() {
  const file = (name) => page_of(name, 'page', name, '--from', path.join(source, 'tests/page', name + '.json'));
  for (const name of ['usage', 'audit']) await both_themes(name, file(name));
  const usage = await open(browser, file('usage'));
  const first = () => usage.page.$$eval('#manifests tbody tr td:first-child', (found) => found.map((one) => one.textContent));
  same('the greatest waste stands first', (await first())[0], 'skill:changelog-writing');
  await usage.page.select('.bar select', 'share');
  same('or what is used most', (await first())[0], 'skill:regression-bisection');
  expect('an action can be copied', (await usage.page.$$eval('code', (found) => found.map((one) => one.textContent))).includes('cascade usage silence skill:changelog-writing'));
  same('shares stand with their intervals', await usage.page.$$eval('svg .interval', (found) => found.length), 4);
  await prints('usage', usage.page, 5_000);
  await clean('usage', usage);
  await usage.page.close();
  const audit = await open(browser, file('audit'));
  expect('the answer comes first', (await audit.page.$eval('#page > :first-child', (one) => one.textContent)).startsWith('19 of 100 for cascade at 0000000000: '));
  same('a row of dots for each family', (await audit.page.$$('.dots > div')).length, 8);
  const all = (await audit.page.$$('.check')).length;
  await audit.page.select('#page > .bar label:nth-child(2) select', '0');
  const absent = (await audit.page.$$('.check')).length;
  expect('checks are chosen by level', absent > 0 && absent < all, [absent, all]);
  expect('evidence has its place', (await audit.page.evaluate(() => document.body.textContent)).includes('To do first'));
  same('nothing of it ran', await audit.page.evaluate(() => globalThis.hacked === undefined), true);
  await prints('audit', audit.page, 5_000);
  await clean('audit', audit);
  await audit.page.close();
}

const parts = { map_of_shipped_library, faults_of_a_library, hostile_manifests, large_libraries, served, figures, usage_and_audit };
try {
  for (const [name, part] of Object.entries(parts)) {
    if (process.env.ONLY && process.env.ONLY !== name) continue;
    const begin = Date.now();
    await part().catch((fault) => expect(name, false, String(fault.stack || fault)));
    console.log(`${name.replace(/_/g, ' ')}: ${((Date.now() - begin) / 1000).toFixed(1)} s`);
  }
} finally {
  await browser.chromium.close();
  rmSync(scratch, { recursive: true, force: true });
}
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
