// What a repository has for agents, by family; each check with its evidence and what its level is worth.
const level_names = ['absent', 'present', 'consistent', 'shown'];

view.audit = (data, main) => {
  main.append(el('p', { class: 'answer' }, answer(data)));
  if (data.first.length > 0) main.append(el('h2', null, 'To do first'), el('ol', { class: 'todo' }, data.first.map(to_do)));
  main.append(el('h2', null, 'Where it stands'), families(data),
    el('p', { class: 'soft' }, level_names.map((name, i) => [' ', dot(i), ' ' + name]), ' '));
  if (data.unread.length > 0 || !data.complete)
    main.append(el('details', { open: true }, el('summary', null, 'Not read: what this does not cover'), data.unread.length > 0 ?
      el('ul', null, data.unread.map((one) => el('li', null, one.path + ': ' + one.why))) :
      el('p', null, 'There are too many files, or parts of the history are missing.')));
  const names = data.families.map((one) => one.name), list = el('div', { id: 'checks' });
  const state = { family: 'all', level: 'all' };
  const show = () => {
    const wanted = data.checks.filter((one) => (state.family === 'all' || one.id.startsWith(state.family)) &&
      (state.level === 'all' ? true : state.level === 'harmful' ? one.harmful : one.applies && String(one.level) === state.level));
    list.replaceChildren(el('p', { role: 'status' }, count(wanted.length, 'check')), ...wanted.map(check_details));
  };
  main.append(el('h2', null, 'Checks and their evidence'), el('div', { class: 'bar' },
    choice('Family', [['all', 'all'], ...names.map((name) => [name, name])], 'all', (value) => { state.family = value; show(); }),
    choice('Level', [['all', 'all'], ...level_names.map((name, i) => [String(i), i + ' ' + name]), ['harmful', 'harmful']], 'all',
      (value) => { state.level = value; show(); })), list);
  show();
  runs(data, main);
};

// "29 of 100 for multer at 0adb21d: there is no lock file; ..."
function answer(data) {
  const lacks = data.first.map((one) => one.lacks).filter(Boolean).join('; ');
  return Math.floor(data.score) + ' of 100 for ' + data.name + (data.head ? ' at ' + data.head.slice(0, 10) : '') + (lacks ? ': ' + lacks : '') + '.';
}

function to_do(one) {
  const command = one.skill ? 'cascade bundle ' + one.skill : 'cascade audit --explain ' + one.id;
  return el('li', null, el('strong', null, one.way), ' ',
    el('span', { class: 'soft' }, check_name(one) + ', worth ' + one.worth + ' of 100 points' + (one.at ? ', at ' + at(one.at) : '')),
    el('div', null, el('code', null, command)));
}

// A filled part of a circle for each level, with its name for who does not see it.
const dot = (level) => el('span', { class: 'dot level' + level, role: 'img', 'aria-label': level_names[level], title: level_names[level] });

function families(data) {
  return el('div', { class: 'dots' }, data.families.map((family) => {
    const own = data.checks.filter((one) => one.id.startsWith(family.name + '/') && one.applies);
    return el('div', null, el('span', null, family.name), el('span', null, own.slice(0, 24).map((one) => dot(one.level)),
      own.length > 24 && el('span', { class: 'soft' }, ' +' + (own.length - 24))),
    el('span', { class: 'soft' }, family.score === null ? 'does not apply' : family.score + ' of 100 points'));
  }));
}

const at = (found) => found === null ? '' : place(found.path, found.line);
const check_name = (one) => one.id + (one.package === null || one.package === '.' ? '' : ' in ' + one.package);

function check_details(one) {
  const kind = one.harmful || one.level === 0 ? 'bad' : one.level === 1 ? 'warn' : 'good';
  return el('details', { class: 'check' }, el('summary', null, check_name(one) + ' ',
    one.applies ? badge(one.level + ' ' + level_names[one.level], kind) : badge('does not apply'), one.harmful && badge('harmful', 'bad')),
    one.lacks && el('p', null, 'Missing: ' + one.lacks, one.at ? ' (' + at(one.at) + ')' : ''),
    one.worth > 0 && el('p', null, 'Worth ' + one.worth + ' points. ' + one.way, one.skill ? ' ' + one.skill + ' shows how.' : ''),
    one.evidence.length === 0 ? el('p', { class: 'soft' }, 'No evidence.') : table('Evidence for ' + check_name(one), ['what', 'where'],
      one.evidence.map((found) => [[found.text, found.run && el('details', null, el('summary', null, found.run.command), el('pre', { tabindex: 0 }, found.run.tail || '(nothing was printed)'))],
        found.run ? `exit code ${found.run.exit_code}, ${(found.run.milliseconds / 1000).toFixed(1)} s` : at(found.at) || (found.commit || '').slice(0, 10)])));
}

function runs(data, main) {
  if (data.runs.length > 0)
    main.append(table('What was run', ['purpose', 'command', 'folder', 'how it ended'], data.runs.map((one) => [one.purpose, one.command, one.folder,
      [badge(one.passed ? 'passed' : one.flaky ? 'flaky' : 'failed', one.passed ? 'good' : 'bad'),
        one.attempts.map((attempt) => `exit code ${attempt.exit_code}${attempt.stopped ? ', ' + attempt.stopped : ''}`).join('; ')]])));
  else if (data.planned.length > 0)
    main.append(table('What --run would run', ['purpose', 'command', 'folder'], data.planned.map((one) => [one.purpose, one.command, one.folder])));
  if (data.earlier.length > 0)
    main.append(table('Scores of earlier days', ['day', 'commit', '#points of 100'],
      data.earlier.map((one) => [one.day, one.head.slice(0, 10), one.score])));
}
