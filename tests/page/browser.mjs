// Chromium without a window, and what is looked at with it. The packages come from npm once, pinned, into a folder.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const packages = ['puppeteer-core@25.16.0', 'axe-core@4.14.1'];

export function skip(reason) {
  console.log('skipped: ' + reason);
  process.exit(77);
}

function program() {
  for (const name of ['chromium-headless-shell', 'chromium'])
    for (const folder of (process.env.PATH || '').split(':')) if (existsSync(path.join(folder, name))) return path.join(folder, name);
  return skip('chromium-headless-shell is not installed');
}

// `folder`: where the packages are kept from one run to the next.
export async function browser(folder, source) {
  const executablePath = program();
  try {
    execFileSync(path.join(source, 'scripts/fetch'), [folder, '--ignore-scripts', ...packages], { stdio: 'pipe' });
  } catch (fault) {
    skip(String(fault.stderr).trim());
  }
  const require = createRequire(path.join(path.resolve(folder), 'node_modules', 'here.js'));
  const puppeteer = (await import(pathToFileURL(require.resolve('puppeteer-core')).href)).default;
  const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
  const chromium = await puppeteer.launch({ executablePath, headless: 'shell', args: ['--no-sandbox', '--disable-gpu'] });
  return { chromium, axe };
}

// Opens a file or an address and notes everything that it should not do: errors, requests, dialogs.
export async function open(browser, where, { scheme = 'light', width = 1400, height = 1000 } = {}) {
  const page = await browser.chromium.newPage();
  const faults = [], address = where.startsWith('http') ? where : pathToFileURL(where).href;
  await page.setViewport({ width, height });
  await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }]);
  page.on('pageerror', (error) => faults.push('error: ' + error.message));
  page.on('dialog', (dialog) => { faults.push('dialog: ' + dialog.message()); dialog.dismiss(); });
  page.on('request', (request) => { if (!request.url().startsWith(address)) faults.push('request: ' + request.url()); });
  page.on('popup', () => faults.push('a window was opened'));
  await page.goto(address, { waitUntil: 'load', timeout: 120_000 });
  await page.waitForFunction(() => document.querySelector('#page').childElementCount > 1, { timeout: 60_000 });
  return { page, faults };
}

// The faults that axe-core finds, one line each.
export async function inaccessible(browser, page) {
  await page.evaluate(browser.axe);
  const { violations } = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ['violations'] }));
  return violations.map((one) => `${one.id}: ${one.help} (${one.nodes.length}, as ${one.nodes[0].html.slice(0, 160)})`);
}
