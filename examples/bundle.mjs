#!/usr/bin/env node
// bundle.mjs LIBRARY BUDGET PROMPT: the context for a prompt, by the program and its JSON documents. LIBRARY is a folder
// with skills/, agents/ or commands/, BUDGET a number of tokens. `cascade` must be on the path. Exit as the program.
import { spawnSync } from 'node:child_process';

const [root, budget, prompt, ...rest] = process.argv.slice(2);
if (prompt === undefined || rest.length > 0) {
  console.error('usage: bundle.mjs LIBRARY BUDGET PROMPT');
  process.exit(2);
}

const run = spawnSync(
  'cascade',
  ['bundle', '--root', root, '--budget', budget, '--prompt', prompt, '--format', 'json'],
  { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 },
);
if (run.error) {
  console.error(`bundle: ${run.error.message}`);
  process.exit(3);
}
process.stderr.write(run.stderr);
if (run.status === 0) {
  const bundle = JSON.parse(run.stdout);
  if (bundle.schema !== 'cascade.bundle/1') throw new Error(`an unknown document: ${bundle.schema}`);
  process.stdout.write(bundle.text);
}
process.exit(run.status ?? 3);
