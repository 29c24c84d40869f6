// How fast counters written in JavaScript or WebAssembly count o200k tokens: the same files as bench_tokens, read
// beforehand, one thread, warm; the least of the rounds after the first.
//
//   node tokens.cjs FOLDER PACKAGE SECONDS
//
// Prints one line of JSON: {"package":"gpt-tokenizer","bytes":...,"tokens":...,"least_us":...}
const fs = require('fs');
const files = require('./files.cjs');

const counters = {
  'ai-tokenizer': () => {
    const { Tokenizer } = require('ai-tokenizer');
    const tokenizer = new Tokenizer(require('ai-tokenizer/encoding/o200k_base'));
    return (text) => tokenizer.count(text);
  },
  'bpe-lite': () => {
    const { countTokens } = require('bpe-lite');
    return (text) => countTokens(text, 'openai-o200k');
  },
  'gpt-tokenizer': () => {
    const { countTokens } = require('gpt-tokenizer/encoding/o200k_base');
    return (text) => countTokens(text);
  },
  'js-tiktoken': () => {
    const { getEncoding } = require('js-tiktoken');
    const encoding = getEncoding('o200k_base');
    return (text) => encoding.encode(text, 'all').length;
  },
  tiktoken: () => {
    const { get_encoding } = require('tiktoken');
    const encoding = get_encoding('o200k_base');
    return (text) => encoding.encode(text, 'all').length;
  },
};

const [folder, name, seconds] = process.argv.slice(2);
const count = counters[name]();
const texts = files(folder).map((file) => fs.readFileSync(file, 'utf8'));
const bytes = texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0);
let least = Infinity;
let tokens = 0;
const end = process.hrtime.bigint() + BigInt(Math.round(Number(seconds) * 1e9));
for (let round = 0; round < 2 || process.hrtime.bigint() < end; round += 1) {
  const begin = process.hrtime.bigint();
  tokens = 0;
  for (const text of texts) tokens += count(text);
  const us = Number((process.hrtime.bigint() - begin) / 1000n);
  if (round > 0) least = Math.min(least, us);
}
console.log(JSON.stringify({ package: name, bytes, tokens, least_us: least }));
