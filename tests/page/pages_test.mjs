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

const rows = '.groups .rows button';
const visible = (page) => page.$$eval(rows, (found) => found.filter((one) => !one.closest('details:not([open])')).map((one) => one.dataset.id));
const answer_of = (page) => page.$eval('#page > .answer', (one) => one.textContent);
const unfold = (page, within = '') => page.$$eval(within + ' details', (found) => { for (const one of found) one.open = true; });
const choose = async (page, id) => {
  await page.$eval('#search', (one, name) => { one.value = name; one.dispatchEvent(new Event('input')); }, id.slice(id.indexOf(':') + 1));
  await page.$eval(`${rows}[data-id="${id}"]`, (one) => one.click());
};

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

// At a telephone's width, a tablet's and a screen's, light and dark: nothing is out of reach, too small or off the page, and
// the answer, what it is about and what to do with its command are on the first screen.
async function looks(name, file, starts) {
  const backs = [];
  for (const [width, height] of [[390, 844], [768, 1024], [1400, 900]])
    for (const scheme of ['light', 'dark']) {
      const { page, faults } = await open(browser, file, { scheme, width, height }), where = `${name}, ${width} px, ${scheme}`;
      backs.push(await page.evaluate(() => getComputedStyle(document.body).backgroundColor));
      expect(where + ': the answer comes first', (await page.$eval('#page > :first-child', (one) => one.className === 'answer' && one.textContent)).startsWith(starts), await answer_of(page));
      const bottoms = await page.evaluate(() => ['.answer', '.todo code'].map((one) => document.querySelector(one).getBoundingClientRect().bottom));
      expect(where + ': it is on the first screen with the first command', bottoms.every((bottom) => bottom <= height), bottoms);
      await shot(page, `${name}-${width}-${scheme}`);
      await unfold(page);
      same(where + ': no violations of axe-core', await inaccessible(browser, page), []);
      same(where + ': nothing runs off', await page.evaluate(() => [...document.querySelectorAll('body *')].filter((one) =>
        one.getBoundingClientRect().right > innerWidth + 1 && !one.closest('thead, pre')).slice(0, 3).map((one) => one.outerHTML.slice(0, 80))), []);
      same(where + ': no text is smaller than 14 px', await page.evaluate(() => [...document.querySelectorAll('body *')].filter((one) =>
        parseFloat(getComputedStyle(one).fontSize) < 13.9 && one.textContent.trim() && !/SCRIPT|STYLE/.test(one.tagName)).slice(0, 3).map((one) => one.outerHTML.slice(0, 80))), []);
      same(where + ': no faults', faults, []);
      await page.close();
    }
  expect(name + ' follows the system\'s colours', backs[0] !== backs[1], backs);
}

async function prints(name, page, wanted) {
  await page.emulateMediaType('print');
  const gone = await page.$$eval('.bar, .copy, .screen', (found) => found.every((one) => getComputedStyle(one).display === 'none'));
  expect(name + ': what only works on a screen is not printed', gone);
  const pdf = await page.pdf({ format: 'A4' });
  expect(name + ': prints as PDF', pdf.length > wanted && Buffer.from(pdf).subarray(0, 5).toString() === '%PDF-', pdf.length);
  await page.emulateMediaType('screen');
}

// A busy machine is told from a slow page by a page that has nothing to draw. The entry may come after the load.
async function paints(name, page, most) {
  const first = async (of) => {
    await of.waitForFunction(() => performance.getEntriesByName('first-contentful-paint').length > 0);
    return of.evaluate(() => performance.getEntriesByName('first-contentful-paint')[0].startTime);
  };
  const paint = await first(page), blank = path.join(scratch, 'blank.html');
  writeFileSync(blank, '<!doctype html><title>blank</title><p>blank');
  const empty = await browser.chromium.newPage();
  await empty.goto(pathToFileURL(blank).href);
  const least = await first(empty);
  await empty.close();
  console.log(`first paint of ${name}: ${Math.round(paint)} ms, of an empty page: ${Math.round(least)} ms`);
  expect(`the first paint of ${name} comes within ${most} ms, or 6 empty pages where the machine is busy`, paint <= Math.max(most, 6 * least), [paint, least]);
}

async function map_of_shipped_library() {
  const file = page_of('map', '--root', source, 'page', 'map');
  console.log(`the map of the shipped library: ${Math.round(statSync(file).size / 1000)} kB`);
  expect('the map of the shipped library has at most 700 kB', statSync(file).size <= 700_000, statSync(file).size);
  const manifests = run('--root', source, 'list', '--format', 'jsonl').trim().split('\n').length;
  await looks('map', file, `These ${manifests} are all fine.`);
  const opened = await open(browser, file), { page } = opened;
  await paints('the map of 700', page, 500);
  same('the library is an overview by group', await visible(page), []);
  const before = await page.$$eval('.groups summary', (found) => found.map((one) => one.textContent));
  expect('each group says how many it has', before.length > 20 && before.slice(1).every((one) => / \(\d+\)$/.test(one)), before);

  await page.keyboard.press('/');
  await page.keyboard.type('bisect');
  const found = await visible(page);
  const listed = JSON.parse(run('--root', source, 'list', '--format', 'json')).manifests
    .filter((one) => (one.id + ' ' + one.path + ' ' + one.description).toLowerCase().includes('bisect')).map((one) => one.id);
  same('search finds what names, paths and descriptions say', [...found].sort(), listed.sort());
  expect('its result is announced', (await page.$eval('.sides [role=status]', (one) => one.textContent)).startsWith(`${found.length} entries shown`));
  expect('nothing lies over the first row', await page.$eval(rows, (one) => {
    const box = one.getBoundingClientRect();
    return one.contains(document.elementFromPoint(box.left + 20, box.top + 3));
  }));
  await page.keyboard.press('Escape');
  await page.waitForFunction(() => document.querySelectorAll('.groups summary').length > 1).catch(() => {});  // a fold is filled when it has opened
  same('Escape undoes the search', await page.$$eval('.groups summary', (all) => all.map((one) => one.textContent)), before);

  await keyboard(page);
  await slider(page);
  await questions(page);
  await shot(page, 'map-chosen');
  await prints('map', page, 20_000);
  await clean('map', opened);
  await page.close();
}

async function keyboard(page) {
  const focus = () => page.evaluate(() => document.activeElement.dataset.id);
  await page.focus('#search');
  await page.keyboard.type('regression-bisection');
  await page.keyboard.press('Enter');
  same('Enter in the search chooses the one of this name', await page.$eval('.chosen h2', (one) => one.textContent), 'skill:regression-bisection');
  same('and goes to its row', await focus(), 'skill:regression-bisection');
  await page.focus('#search');
  await page.keyboard.press('Escape');
  await page.keyboard.type('bisect');
  await page.keyboard.press('ArrowDown');
  same('Tab reaches one row, and arrows the others', await page.$$eval(rows, (found) => found.filter((one) => one.tabIndex === 0).length), 1);
  const all = await visible(page);
  await page.keyboard.press('ArrowDown');
  same('ArrowDown moves', await focus(), all[1]);
  await page.keyboard.press('ArrowUp');
  same('ArrowUp moves back', await focus(), all[0]);
  await page.keyboard.press('End');
  same('End is the last', await focus(), all[all.length - 1]);
  await page.keyboard.press('Home');
  same('Home is the first', await focus(), all[0]);
  await page.keyboard.press('ArrowRight');
  const next = await page.evaluate(() => document.activeElement.closest('.calls') && document.activeElement.textContent);
  expect('ArrowRight goes along a link', next !== null && next !== '', next);
  await page.keyboard.press('Enter');
  same('Enter chooses it', await page.$eval('.chosen h2', (one) => one.textContent), next);
  await page.focus('#search');
  await page.keyboard.press('Escape');
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
    outcome: document.querySelector('#outcome > p').textContent, out: [...document.querySelectorAll('#falls-out li')].map((one) => one.textContent),
    in: [...document.querySelectorAll('#in-bundle li')].map((one) => one.textContent) }));
  const budgets = [500, 1000, 1500, 2000, 3000, 4000, 6000, 8000];
  for (const name of ['skill:regression-bisection', 'skill:accessibility-audit', 'skill:release-train']) {
    await choose(page, name);
    await unfold(page, '.chosen');
    const rungs = rungs_of(name, budgets), seen = [];
    for (let i = 0; i < 16; ++i) { await page.focus('#budget'); await page.keyboard.press('ArrowLeft'); }
    for (const budget of budgets) {
      const state = await read(), text = budget.toLocaleString('en-US') + ' tokens';
      same(name + ': the slider says its budget', [state.amount, state.said], [text, text]);
      const here = new Set(state.in.map((one) => one.replace(/, [\d,]+ tokens?( \(gone at [\d,]+\))?$/, '').replace(': card', ' card').replace(' › ', ' ').replace(/ \((prose|opening|third|beginning|stub)\)$/, '')));
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
      // Each is a part of the next larger one, which may cost a little.
      expect(`${name} at ${one.budget}: proven, or at most 1.5 % below the best`, one.outcome.includes('optimal: proven') || one.outcome.includes('less than a millionth') || (below && Number(below[1]) <= 1.5), one.outcome);
      expect(`${name} at ${one.budget}: within its budget`, used && Number(used[1].replace(/,/g, '')) <= one.budget, one.outcome);
    }
  }
}

// What a stranger would ask, answered by the page and by the program.
async function questions(page) {
  await choose(page, 'agent:repro-builder');
  await unfold(page, '.chosen');
  const above = await page.$$eval('.chosen table', (tables) => [...tables].find((one) => one.caption.textContent.startsWith('Leads to it')).querySelectorAll('tbody tr').length);
  const linked = JSON.parse(run('--root', source, 'show', 'agent:repro-builder', '--format', 'json')).referenced_by;
  same('what leads to an agent is what cascade show says', above, linked.length);
  const drawn = await page.$$eval('.near .callers [data-node]', (found) => found.map((one) => one.textContent));
  same('its picture has each of them once, with its whole name', [...drawn].sort(), [...new Set(linked.map((one) => one.from ?? one.id ?? one.manifest))].sort());
  expect('and no sentence says that nothing does', !(await page.$eval('.chosen', (one) => one.textContent)).includes('Nothing leads to it'));
}

// One's own among those that are shipped: told apart, counted, and worst first.
async function own_among_shipped() {
  const folder = write(path.join(scratch, 'own'), {
    '.claude/skills/invoice-import/SKILL.md': '---\nname: invoice-import\ndescription: Imports invoices. Use when invoices have come.\n---\nStart the agent `invoice-reader` with the Task tool.\n',
    '.claude/agents/invoice-reader.md': '---\nname: invoice-reader\ndescription: Reads an invoice.\ntools: Read\n---\nRead it.\n',
    '.claude/agents/helper-of-the-old-warehouse-system.md': '---\nname: helper-of-the-old-warehouse-system\ndescription: Helped.\ntools: Read\n---\nHelp.\n' });
  const file = path.join(scratch, 'own.html');
  execFileSync(cascade, ['page', 'map', '--output', file, '--quiet'], { env: environment, cwd: folder });
  await looks('own', file, 'Your 3: 2 fine, 1 that nothing calls.');
  expect('it says who judges by every rule', readFileSync(file, 'utf8').includes('"unjudged":true'));
  const { page, faults } = await open(browser, file);
  same('the list opens with one\'s own alone, what is wrong first', await visible(page),
    ['agent:helper-of-the-old-warehouse-system', 'agent:invoice-reader', 'skill:invoice-import']);
  const [meaning, costs, at_work] = await page.$$eval('#page > .soft', (found) => found.map((one) => one.textContent));
  expect('it says what a manifest is and what Cascade does', meaning.startsWith('A manifest is a skill, agent, command or playbook. Cascade sends'), meaning);
  expect('what each request costs, what is heaviest, and how one is switched off', /^Each request lists them in [\d,]+ tokens\. Your heaviest: invoice-import, \d+\. Switch one off: cascade skills off NAME$/.test(costs), costs);
  expect('it says when it was drawn and whether Cascade takes part', /^Drawn \d+ \w+ \d{4}, \d+:\d+\. .*cascade doctor/.test(at_work), at_work);
  same('names are whole', await page.$eval(rows + ' .name', (one) => one.textContent), 'helper-of-the-old-warehouse-system');
  same('what has a fault is chosen', await page.$eval('.chosen h2', (one) => one.textContent), 'agent:helper-of-the-old-warehouse-system');
  const told = await page.$eval('#page', (one) => one.textContent);
  expect('it says why doctor may count more', told.includes('cascade doctor counts findings, by every rule'), told);
  expect('and that its findings are those of reading', told.includes('No findings of reading.'), told);
  await page.type('#search', 'invoice');
  expect('a found one says whose it is', (await page.$$eval(rows + ' small', (found) => found.map((one) => one.textContent))).some((one) => one.startsWith('yours')));
  same('own: no faults', faults, []);
  await page.close();
  await on_a_telephone(file);
  await switched_off(folder);
  await named_and_added(folder);
}

async function on_a_telephone(file) {
  const { page } = await open(browser, file, { width: 390, height: 844 });
  const bottom = await page.$eval('.narrow', (one) => one.getBoundingClientRect().bottom);
  expect('the way to the search is on a telephone\'s first screen', bottom > 0 && bottom < 844, bottom);
  await page.$eval('.narrow', (one) => one.click());
  same('and leads into it', await page.evaluate(() => document.activeElement.id), 'search');
  await page.close();
}

// The command switches on what was switched off, by the words of the line that did it.
async function switched_off(folder) {
  const settings = path.join(scratch, '.config/cascade'), file = path.join(scratch, 'off.html');
  const draw = async (line) => {
    write(settings, { 'cascade.yaml': `skills:\n  ${line}: off\n` });
    execFileSync(cascade, ['page', 'map', '--output', file, '--quiet'], { env: environment, cwd: folder });
    const { page } = await open(browser, file), commands = await page.$$eval('.todo code', (found) => found.map((one) => one.textContent));
    await page.close();
    return commands[0];
  };
  same('what is switched off has the command that switches it on', await draw('invoice-import'), 'cascade skills on invoice-import');
  same('by a pattern: the pattern', await draw('"invoice-im*"'), "cascade skills on 'invoice-im*'");
  execFileSync(cascade, ['skills', 'on', 'invoice-im*'], { env: environment, cwd: folder, stdio: 'ignore' });
  expect('and it does', !readFileSync(path.join(settings, 'cascade.yaml'), 'utf8').includes('invoice'));
  rmSync(path.join(settings, 'cascade.yaml'));
}

// The page of a named manifest is about it; a root of one's own file is neither one's own nor shipped.
async function named_and_added(folder) {
  write(path.join(scratch, 'team'), { 'skills/tea-rota/SKILL.md': '---\nname: tea-rota\ndescription: Shares the tea out. Use when tea is due.\n---\nBrew it.\n' });
  write(path.join(scratch, '.config/cascade'), { 'cascade.yaml': `roots: [${path.join(scratch, 'team')}]\n` });
  const file = path.join(scratch, 'named.html');
  const draw = (...words) => execFileSync(cascade, ['page', 'map', ...words, '--output', file, '--quiet'], { env: environment, cwd: folder });
  draw('skill:invoice-import');
  await looks('named', file, 'skill:invoice-import calls agent:invoice-reader; nothing calls it.');
  const named = await open(browser, file);
  same('what was named is chosen', await named.page.$eval('.chosen h2', (one) => one.textContent), 'skill:invoice-import');
  await named.page.close();
  draw('agent:helper-of-the-old-warehouse-system', 'agent:invoice-reader');
  await looks('two named', file, 'agent:helper-of-the-old-warehouse-system calls nothing; nothing calls it. agent:invoice-reader calls nothing; skill:invoice-import calls it.');
  draw();
  const all = await open(browser, file);
  const titles = await all.page.$$eval('.groups h3, .groups summary', (found) => found.map((one) => one.textContent));
  const seen = await visible(all.page);
  expect('what was added stands apart', titles.includes('Added by you (1)'), titles);
  expect('what was added is named without a click', seen.includes('skill:tea-rota'), seen);
  await all.page.close();
  write(path.join(scratch, 'team'), { 'skills/tea-torn/SKILL.md': '---\nname: tea-torn\ndescription: "Never ends.\n---\nBrew it.\n' });
  draw();
  const torn = await open(browser, file);
  rmSync(path.join(scratch, '.config/cascade/cascade.yaml'));
  expect('what a team has broken is counted and named first', (await answer_of(torn.page)).startsWith('1 from elsewhere is not read right: skill:tea-torn. Your 3: '), await answer_of(torn.page));
  same('and is the first thing to do', await torn.page.$eval('.todo li p', (one) => one.textContent), 'Mend skill:tea-torn: a quote is not closed.');
  same('with the command that shows the fault, at a path that can be opened', await torn.page.$eval('.todo code', (one) => one.textContent), 'cascade validate ~/team/skills/tea-torn/SKILL.md');
  same('and is chosen', await torn.page.$eval('.chosen h2', (one) => one.textContent), 'skill:tea-torn');
  await torn.page.close();
  await without_frames(file);
}

// A tab at the back gets no frames, and a slow browser runs its timers late.
async function without_frames(file) {
  const page = await browser.chromium.newPage();
  await page.evaluateOnNewDocument(() => { globalThis.requestAnimationFrame = globalThis.setTimeout = () => 0; });
  await page.goto(pathToFileURL(file).href);
  expect('a page is drawn without a frame or a timer', await page.evaluate(() => document.querySelector('#page').childElementCount > 1));
  await page.close();
}

async function faults_of_a_library() {
  const root = faulty(path.join(scratch, 'faulty')), other = write(path.join(scratch, 'second'), {
    'skills/review/SKILL.md': '---\nname: review\ndescription: Another skill of this name. Use when nothing else is there.\n---\nAnother.\n' });
  const opened = await open(browser, page_of('faulty', '--root', root, '--root', other, 'page')), { page } = opened;
  const filter = async (value) => { await page.select('.bar select', value); return visible(page); };
  expect('the answer counts the faults', /^These 6: \d fine, .*1 is hidden by another of yours/.test(await answer_of(page)), await answer_of(page));
  same('orphans', await filter('orphans'), ['agent:alone']);
  await filter('heavy');
  const weights = await page.$$eval(rows, (found) => found.map((one) => Number(one.textContent.match(/([\d,]+) token/)[1].replace(/,/g, ''))));
  same('the heaviest come first', weights, [...weights].sort((a, b) => b - a));
  await page.type('#search', 'zzz');
  expect('an empty result says why', (await page.$eval('.sides [role=status]', (one) => one.textContent)).startsWith('nothing among “heaviest 30” for “zzz”'));
  await page.focus('#search');
  await page.keyboard.press('Escape');
  same('dangling names', await filter('dangling'), ['skill:review']);
  await page.$eval(rows, (one) => one.click());
  const text = await page.$eval('.chosen', (one) => one.textContent);
  expect('a dangling name has its place', text.includes('no-such-agent') && /skills\/review\/SKILL\.md:\d+:\d+/.test(text), text);
  same('shadowed', await filter('shadowed'), ['skill:review']);
  same('nearly the same', (await filter('alike')).sort(), ['skill:first-twin', 'skill:second-twin']);
  expect('findings', (await filter('findings')).includes('skill:review'));
  await filter('all');
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
    await unfold(page);
    await new Promise((done) => setTimeout(done, 100));
    if (name === 'map') for (const button of await page.$$(rows)) await button.evaluate((one) => one.click());
    await unfold(page);
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

async function large_libraries() {
  const { page, faults } = await open(browser, page_of('large', '--root', large(path.join(scratch, 'large'), 760, 10_000), 'page'));
  const taken = await page.evaluate(() => {
    const search = document.querySelector('#search'), begin = performance.now();
    for (const text of ['s', 'sk', 'skill-1', '']) { search.value = text; search.dispatchEvent(new Event('input')); }
    return (performance.now() - begin) / 4;
  });
  console.log(`a search among 760 manifests with 10,000 links: ${taken.toFixed(1)} ms`);
  expect('760 manifests and 10,000 links are searched without a pause', taken <= 200, taken);
  same('large: no faults', faults, []);
  await shot(page, 'large');
  await page.close();
  const huge = page_of('huge', '--root', large(path.join(scratch, 'huge'), 10_000, 20_000), 'page');
  const opened = await open(browser, huge);
  await paints('the map of 10,000', opened.page, 2_000);
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
    await page.$eval(`${rows}[data-id="agent:reader"]`, (one) => one.click());
    const silent = http.get(plain).on('error', () => {});  // a caller that is slow must not hold up the others
    write(root, { 'skills/fresh/SKILL.md': '---\nname: fresh\ndescription: Comes while the page is open. Use when it is new.\n---\nStart the agent `reader` with the Task tool.\n' });
    const begin = Date.now();
    await page.waitForSelector(`${rows}[data-id="skill:fresh"]`, { timeout: 15_000 });
    console.log(`a new manifest is seen after ${((Date.now() - begin) / 1000).toFixed(1)} s`);
    same('what was chosen stays chosen', await page.$eval('.chosen h2', (one) => one.textContent), 'agent:reader');
    expect('its new link is there', (await page.$eval('.near', (one) => one.textContent)).includes('skill:fresh'));
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
  history_of_thirty_days();
  writeFileSync(path.join(scratch, 'claims.md'), '| claim | value |\n| --- | --- |\n| commits in 7 days | 962 |\n| lines added in 7 days | 173833 |\n');
  const metrics = page_of('metrics', 'page', 'metrics', 'history', '--claim', 'claims.md');
  await looks('metrics', metrics, 'None of these 2 claims holds.');
  const opened = await open(browser, metrics), { page } = opened;
  expect('the page names its repository and commit', /^Figures of history at [0-9a-f]{7}, /.test(await page.title()), await page.title());
  await unfold(page);
  same('a claim is marked in the picture of its figure', await page.$$eval('.histogram .claim', (found) => found.map((one) => one.textContent)), ['claimed: 173,833']);
  expect('and told where all windows are alike', (await page.$eval('#page', (one) => one.textContent)).includes('claimed: 962'));
  await page.select('.bar select', 'lines_added');
  expect('another figure can be chosen', (await page.$eval('#figure #spread', (one) => one.textContent)).startsWith('lines added'));
  same('the command keeps the repository and the file of claims', await page.$$eval('.todo code', (found) => found.map((one) => one.textContent)), ['cascade metrics history --claim claims.md']);
  await prints('metrics', page, 5_000);
  await clean('metrics', opened);
  await page.close();
  const mixed = path.join(scratch, 'mixed.md');
  writeFileSync(mixed, '| claim | value |\n| --- | --- |\n| commits | 30 |\n| lines added | 5 |\n\nWe are 10 times faster.\n');
  const sums = await open(browser, page_of('mixed', 'page', 'metrics', 'history', '--claim', 'mixed.md'));
  same('every claim is in the sentence', await answer_of(sums.page), '1 of these 3 claims holds; 1 is wrong; 1 not judged.');
  await sums.page.close();

  const bundle = page_of('bundle', '--root', source, 'page', 'bundle', 'regression-bisection', '--budget', '1500');
  await looks('bundle', bundle, 'skill:regression-bisection takes 1,');
  const seen = await open(browser, bundle);
  const widths = await seen.page.$$eval('.bars .fill', (found) => found.map((one) => one.getBoundingClientRect().width));
  const tokens = JSON.parse(run('--root', source, 'bundle', 'regression-bisection', '--budget', '1500', '--format', 'json', '--quiet')).pieces.map((one) => one.tokens);
  same('each piece has its bar', widths.length, tokens.length);
  const most = Math.max(...tokens), longest = Math.max(...widths);
  expect('each bar is as long as its tokens say', tokens.every((value, i) => Math.abs(value / most - widths[i] / longest) < 0.02), [tokens, widths]);
  await prints('bundle', seen.page, 5_000);
  await clean('bundle', seen);
  await seen.page.close();
  const prompt = "a test fails one time in ten, it's flaky", asked = await open(browser, page_of('asked', '--root', source, 'page', 'bundle', '--prompt', prompt, '--budget', '1500'));
  expect('the page of a prompt says so, and what comes', (await asked.page.title()) === 'Bundle for: ' + prompt && (await answer_of(asked.page)).startsWith('skill:flaky-test-elimination take'), await answer_of(asked.page));
  expect('its command asks with the prompt', (await asked.page.$eval('.todo code', (one) => one.textContent)).startsWith(`cascade --root ${source} bundle --prompt 'a test fails one time in ten, it'\\''s flaky' --budget `));
  same('bundle of a prompt: no faults', asked.faults, []);
  await asked.page.close();
  const two = await open(browser, page_of('beside', '--root', source, 'page', 'bundle', '--prompt', 'review my pull request and write the release notes'));
  expect('it tells what is offered beside, as the verb does', /Beside it a conversation is told of what may fit: skill:[a-z-]+/.test(await two.page.$eval('#page', (one) => one.textContent)));
  await two.page.close();
  await characters();
}

// Where characters lack, more tokens would change nothing; and manifests are counted as the verb counts them.
async function characters() {
  const words = ['regression-bisection', '--depth', '1', '--exclude', 'repro-builder', '--budget', '1500'];
  const { page } = await open(browser, page_of('characters', '--root', source, 'page', 'bundle', ...words, '--max-chars', '5000'));
  const line = await page.$eval('.todo code', (one) => one.textContent), bundle = (chars) => JSON.parse(run('--root', source, 'bundle', ...words, '--max-chars', String(chars), '--format', 'json', '--quiet')).pieces;
  const more = Number(line.match(/ --budget 1500 --max-chars (\d+)$/)?.[1]);
  expect('more characters are asked for, and change the bundle', more > 5000 && JSON.stringify(bundle(more)) !== JSON.stringify(bundle(5000)), line);
  expect('manifests of which only the name is in are not counted', (await answer_of(page)).includes(` of ${bundle(5000).filter((one) => one.form === 'card').length} manifest`), await answer_of(page));
  await page.close();
}

// Documents as the two verbs print them, with names that would run if they were markup.
async function usage_and_audit() {
  const file = (name) => page_of(name, 'page', name, '--from', path.join(source, 'tests/page', name + '.json'));
  await looks('usage', file('usage'), 'At least 29 % of the 377 sections that could be judged served, in 41 conversations; of 88 of 412 sections no use was seen in ten answers or more');
  await looks('audit', file('audit'), '19.5 of 100 for cascade at 0000000: no document says how to run the tests');
  const usage = await open(browser, file('usage'));
  expect('it says whether what was sent most served', (await usage.page.$eval('#page > .soft', (one) => one.textContent)).startsWith('Most was sent of skill:regression-bisection (52 of 84 sections used), skill:changelog-writing (3 of 60 sections used) and '));
  const first = () => usage.page.$$eval('#manifests tbody tr td:first-child', (found) => found.map((one) => one.textContent));
  same('what costs most stands first', (await first())[0], 'skill:regression-bisection');
  same('tokens that were sent have a column', await usage.page.$eval('#manifests th:nth-child(2)', (one) => one.textContent), 'tokens sent');
  expect('what never came is named', (await usage.page.$$eval('#page > ul li', (found) => found.map((one) => one.textContent))).includes('skill:old-habits'));
  await usage.page.select('.bar select', 'waste');
  same('or the greatest waste', (await first())[0], 'skill:changelog-writing');
  await usage.page.select('.bar select', 'share');
  same('or what is used most', (await first())[0], 'skill:regression-bisection');
  expect('an action can be copied', (await usage.page.$$eval('.todo code', (found) => found.map((one) => one.textContent))).includes('cascade usage silence skill:changelog-writing'));
  expect('what was used without being brought is to do as well', (await usage.page.$$eval('.todo code', (found) => found.map((one) => one.textContent))).includes("cascade why skill:seed-data --prompt 'fill the test database'"));
  same('shares of what can be judged stand with their intervals', await usage.page.$$eval('#manifests .range', (found) => found.length), 2);
  expect('which stay on the scale from 0 to 100 %', await usage.page.$$eval('#manifests .range', (found) => found.every((one) => {
    const band = one.getBoundingClientRect(), track = one.parentElement.getBoundingClientRect();
    return band.left >= track.left - 1 && band.right <= track.right + 1;
  })));
  same('and the scale is told', await usage.page.$$eval('#manifests .scale .steps span', (found) => found.map((one) => one.textContent)), ['0 %', '50 %', '100 %']);
  same('what was only offered is no row of what was sent', (await first()).length, 3);
  expect('but one line', (await usage.page.$$eval('#page > details summary', (found) => found.map((one) => one.textContent))).some((one) => one.startsWith('1 manifest was only offered')));
  await prints('usage', usage.page, 5_000);
  await clean('usage', usage);
  await usage.page.close();
  await one_conversation();
  const audit = await open(browser, file('audit'));
  same('a row of dots for each family', (await audit.page.$$('.dots > li')).length, 8);
  expect('a score has no colour of its own', await audit.page.$eval('.answer', (one) => getComputedStyle(one).color === getComputedStyle(document.body).color));
  await unfold(audit.page);
  const all = (await audit.page.$$('.check')).length;
  await audit.page.select('#page .bar label:nth-child(2) select', '0');
  const absent = (await audit.page.$$('.check')).length;
  expect('checks are chosen by level', absent > 0 && absent < all, [absent, all]);
  expect('the order of what to do has its reason', (await audit.page.$eval('#page', (one) => one.textContent)).includes('In this order: what does harm, then what adds most points for the work.'));
  same('three things to do, each with its command', await audit.page.$$eval('.todo code', (found) => found.length), 3);
  same('nothing of it ran', await audit.page.evaluate(() => globalThis.hacked === undefined), true);
  await prints('audit', audit.page, 5_000);
  await clean('audit', audit);
  await audit.page.close();
}

// Of one conversation no share is told and no interval drawn.
async function one_conversation() {
  const document = JSON.parse(readFileSync(path.join(source, 'tests/page/usage.json'), 'utf8')), from = path.join(scratch, 'one.json');
  const few = (row) => row.sent === 0 ? row : ({ ...row, sent: 1, judged: 1, used: row.name === 'skill:regression-bisection' ? 1 : 0 });
  writeFileSync(from, JSON.stringify({ ...document, sessions: 1, sessions_with_log: 1, manifests: document.manifests.map(few), all: { ...document.all, sent: 3, judged: 3, used: 1 },
    actions: { silence: [], missed: [] } }));
  const file = page_of('one', 'page', 'usage', '--from', from);
  await looks('one', file, 'One conversation so far: too little to judge; 3 manifests were sent, use was seen of 1.');
  const unjudged = (row) => ({ ...row, judged: 0, used: 0 });
  writeFileSync(from, JSON.stringify({ ...document, sessions: 1, sessions_with_log: 0, manifests: document.manifests.map(unjudged), all: { ...document.all, judged: 0, used: 0, used_share: null },
    actions: { silence: [], never: [], missed: [] } }));
  await looks('unjudged', page_of('unjudged', 'page', 'usage', '--from', from), 'One conversation so far: 3 manifests were sent; whether they were used could not be judged.');
  const { page } = await open(browser, file);
  same('no interval before twenty exposures', await page.$$eval('.range', (found) => found.length), 0);
  await page.close();
}

const parts = { map_of_shipped_library, own_among_shipped, faults_of_a_library, hostile_manifests, large_libraries, served, figures, usage_and_audit };
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
