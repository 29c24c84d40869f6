// Libraries that are written for one test.
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

export function write(folder, files) {
  for (const [name, text] of Object.entries(files)) {
    const file = path.join(folder, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  return folder;
}

const front = (fields) => '---\n' + Object.entries(fields).map(([key, value]) => `${key}: ${value}`).join('\n') + '\n---\n';

const lines = (count, text) => Array.from({ length: count }, (none, i) => `${i + 1}. ${text} ${i + 1}.`).join('\n');

// One of each: an orphan, a dangling name, a shadowed one, two that are nearly the same.
export function faulty(folder) {
  const twin = lines(40, 'Read the whole log before anything is restarted, and write down step number');
  return write(folder, {
    'skills/review/SKILL.md': front({ name: 'review', description: 'Reviews a change before it is merged. Use when a change is ready.',
      metadata: '\n  cascade-agents: reader, no-such-agent' }) + '# Review\n\nStart the agent `reader` with the Task tool.\n\n## Steps\n\n' + lines(20, 'Look at file'),
    'agents/reader.md': front({ name: 'reader', description: 'Reads files for others.', tools: 'Read, Grep' }) + 'Read what you are given.\n',
    'agents/alone.md': front({ name: 'alone', description: 'Is called by nobody.', tools: 'Read' }) + 'Nobody calls this.\n',
    'skills/first-twin/SKILL.md': front({ name: 'first-twin', description: 'Handles restarts of the service. Use when it must be restarted.' }) + '# Restart\n\n' + twin,
    'skills/second-twin/SKILL.md': front({ name: 'second-twin', description: 'Handles restarts of the database. Use when it must be restarted.' }) + '# Restart\n\n' + twin,
  });
}

// Names, descriptions, headings and links that would do something if they were markup, or look like something else.
export function hostile(folder) {
  const call = 'globalThis.hacked = (globalThis.hacked || 0) + 1; fetch("http://127.0.0.1:9/")';
  const attacks = [`<script>${call}</script>`, `</script><script>${call}</script>`, `<img src=x onerror='${call}'>`, `<svg onload='${call}'>`,
    `</style><iframe src='javascript:${call}'></iframe>`, `<!--<script>${call}`, `"><a href='javascript:${call}' autofocus onfocus='${call}'>x</a>`,
    '<base href="http://127.0.0.1:9/">', '<meta http-equiv=refresh content="0;url=http://127.0.0.1:9/">', ']]><x>',
    '\u202egnp.exe', '\u2066\u2067\u200b\ufeff', '\u2028alert(1)\u2029', '\\u003cscript\\u003e', '${7*7}', '{{constructor}}', '\u0000\u001b[2J'];
  const files = {};
  attacks.forEach((attack, i) => {
    const safe = attack.replace(/\n/g, ' ');
    files[`skills/hostile-${i}/SKILL.md`] = front({ name: JSON.stringify(safe), description: JSON.stringify('Does ' + safe + '. Use when ' + safe) }) +
      `# ${safe}\n\nStart the agent \`${safe}\` with the Task tool. See [${safe}](${safe}).\n\n## ${safe}\n\n${lines(30, safe)}\n`;
    files[`agents/hostile-${i}.md`] = front({ name: JSON.stringify('a' + i), description: JSON.stringify(safe), tools: JSON.stringify(safe + ', Read') }) + safe;
  });
  files['skills/<b>bold/SKILL.md'] = front({ name: 'odd-folder', description: 'Odd.' }) + 'x';
  files['skills/many-headings/SKILL.md'] = front({ name: 'many-headings', description: 'Has 50,000 headings. Use when you have time.' }) +
    Array.from({ length: 50_000 }, (none, i) => '# <b>').join('\n');
  return write(folder, files);
}

// `links` are spread evenly from skills to agents and commands.
export function large(folder, manifests, links) {
  const files = {}, skills = Math.ceil(manifests * 0.4), agents = Math.ceil(manifests * 0.35), commands = manifests - skills - agents;
  const each = Math.ceil(links / skills);
  for (let i = 0; i < skills; ++i) {
    const calls = [];
    for (let k = 0; k < each; ++k)
      calls.push(k % 2 === 0 ? `agent-${(i * 7 + k * 13) % agents}` : `command-${(i * 5 + k * 11) % commands}`);
    const named = (word) => calls.filter((one) => one.startsWith(word)).join(', ');
    files[`skills/skill-${i}/SKILL.md`] = front({ name: `skill-${i}`, description: `Handles case number ${i} of the kind ${i % 17}. Use when it comes up, and when somebody asks for it by its name.`,
      metadata: `\n  cascade-agents: ${named('agent')}\n  cascade-commands: ${named('command')}` }) +
      `# Case ${i}\n\n## Steps\n\n${lines(5, 'Do part')}\n`;
  }
  for (let i = 0; i < agents; ++i)
    files[`agents/agent-${i}.md`] = front({ name: `agent-${i}`, description: `Works on part ${i}.`, tools: 'Read, Grep' }) + `Do part ${i}.\n`;
  for (let i = 0; i < commands; ++i) files[`commands/command-${i}.md`] = front({ description: `Runs command ${i}.` }) + `Run it, number ${i}.\n`;
  return write(folder, files);
}
