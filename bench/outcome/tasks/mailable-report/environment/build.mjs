import { copyFileSync, mkdirSync, rmSync } from 'node:fs';

const at = (p) => new URL(p, import.meta.url);

rmSync(at('dist/'), { recursive: true, force: true });
mkdirSync(at('dist/'));
for (const f of ['src/report.html', 'src/report.css', 'src/report.js', 'data/rows.json']) {
  copyFileSync(at(f), at(`dist/${f.split('/').pop()}`));
}
