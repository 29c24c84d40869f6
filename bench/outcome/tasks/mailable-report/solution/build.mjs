import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';

const at = (p) => new URL(p, import.meta.url);
const read = (p) => readFileSync(at(p), 'utf8');

// Inside <script>, `</script` would end the block and `<!--` can make the parser skip the
// real end. In string and regex literals `\x3C` means the same as `<`.
const safeScript = (code) => code.replace(/<(?=\/script|!--)/gi, '\\x3C');
const safeStyle = (css) => css.replace(/<(?=\/style)/gi, '\\3C ');
const safeJson = (text) => JSON.stringify(JSON.parse(text)).replace(/</g, '\\u003c');

const parts = {
  'report.css': safeStyle(read('src/report.css')),
  'rows.json': safeJson(read('data/rows.json')),
  'report.js': safeScript(read('src/report.js')),
};

// One pass with a function: nothing that was put in is looked at again, and `$&` and
// friends in the parts are not taken for replacement patterns.
const html = read('src/report.html').replace(/\/\* put (\S+) here \*\//g, (mark, name) => parts[name] ?? mark);

rmSync(at('dist/'), { recursive: true, force: true });
mkdirSync(at('dist/'));
writeFileSync(at('dist/report.html'), html);
