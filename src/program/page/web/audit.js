// What a repository has for agents, by family; each check with its evidence and what its level is worth.
const level_names = ['absent', 'present', 'consistent', 'shown'];

view.audit = (data, main) => {
  main.append(el('p', null, badge('score ' + data.score, 'good'), data.head && badge('at ' + data.head.slice(0, 10)),
    badge(count(data.packages.length, 'package')), !data.complete && badge('parts could not be read: incomplete', 'warn')));
  without_charts(main);
  const scored = data.families.filter((one) => one.score !== null);
  main.append(bars('Score by family', scored.map((one) => ({ label: one.name, value: one.score })), { heads: ['family', '#points'] }));
  if (data.first.length > 0)
    main.append(table('To do first', ['check', '#worth', 'what is missing', 'place', 'way', 'skill'], data.first.map((one) =>
      [check_name(one), one.worth, one.lacks, at(one.at), one.way, one.skill || ''])));
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
    main.append(bars('Scores of earlier days', data.earlier.map((one) => ({ label: one.day + ' ' + one.head.slice(0, 10), value: one.score })),
      { heads: ['day', '#points'] }));
}
