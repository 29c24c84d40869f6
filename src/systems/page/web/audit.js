// How ready a repository is for agents: its score, what to do first, each family as a row of dots, each check with its
// evidence.
const level_names = ['absent', 'present', 'consistent', 'shown'];

view.audit = (data, main) => {
  const name = data.name + (data.head ? ' at ' + data.head.slice(0, 7) : '');
  about('Readiness of ' + name + ' for agents');
  put(main, [answer(verdict(data, name)), to_do(data.first.map(step_of)), data.first.length > 1 && soft('In this order: what does harm, then what adds most points for the work.'),
    el('h2', null, 'Where it stands'), families(data),
    el('div', { class: 'legend' }, 'One dot a check:', level_names.map((level, i) => el('span', null, dot(i), level)), el('span', null, 'points are of 100 for each family'))]);
  if (data.unread.length > 0 || !data.complete)
    main.append(fold('What this does not cover', data.unread.length > 0 ? el('ul', null, data.unread.map((one) => el('li', null, one.path + ': ' + one.why))) :
      el('p', null, 'There are too many files, or parts of the history are missing.')));
  put(main, [el('h2', null, 'The evidence'), fold('All ' + count(data.checks.length, 'check') + ' and what was found', checks(data)), runs(data)]);
};

// "29 of 100 for multer at 0adb21d: there is no lock file and nothing keeps secrets out."
function verdict(data, name) {
  const lacks = data.first.map((one) => one.lacks.split(': ')[0]).filter(Boolean);
  const said = lacks.some((one) => /,| and /.test(one)) ? lacks.join('; ') : all_of(lacks);
  return points(data.score) + ' of 100 for ' + name + (said ? ': ' + said : '') + '.';
}

// In tenths, as `cascade audit` says them.
const points = (score) => Number(score).toFixed(1);

const work_of = (effort) => effort <= 1 ? 'minutes of work' : effort <= 2 ? 'an hour of work' : 'a day of work';

const step_of = (one) => ({ say: one.way.charAt(0).toUpperCase() + one.way.slice(1) + '.',
  more: check_name(one) + ', worth ' + one.worth + ' of 100 points for ' + (one.harmful ? 'ending harm' : work_of(one.effort)) + (one.at ? ', at ' + at(one.at) : ''),
  run: one.skill ? 'cascade bundle ' + shell_word(one.skill) : 'cascade audit' + words_of(asked_with().names) + ' --explain ' + shell_word(one.id) });

// A filled part of a circle for each level, with its name for who does not see it.
const dot = (level) => el('span', { class: 'dot level' + level, role: 'img', 'aria-label': level_names[level], title: level_names[level] });

function families(data) {
  return el('ul', { class: 'dots' }, data.families.map((family) => {
    const own = data.checks.filter((one) => one.id.startsWith(family.name + '/') && one.applies).sort((a, b) => b.level - a.level);
    return el('li', null, el('span', null, family.name), el('span', null, own.slice(0, 24).map((one) => dot(one.level)),
      own.length > 24 && el('span', { class: 'soft' }, ' and ' + (own.length - 24) + ' more')),
    el('span', { class: 'soft' }, family.score === null ? 'does not apply' : points(family.score) + ' points'));
  }));
}

const at = (found) => found === null ? '' : place(found.path, found.line);
const check_name = (one) => one.id + (one.package === null || one.package === '.' ? '' : ' in ' + one.package);

function checks(data) {
  const names = data.families.map((one) => one.name), list = el('div', { id: 'checks' });
  const state = { family: 'all', level: 'all' };
  const show = () => {
    const wanted = data.checks.filter((one) => (state.family === 'all' || one.id.startsWith(state.family)) &&
      (state.level === 'all' ? true : state.level === 'harmful' ? one.harmful : one.applies && String(one.level) === state.level));
    list.replaceChildren(el('p', { role: 'status' }, count(wanted.length, 'check')), ...wanted.map(check_details));
  };
  show();
  return [el('div', { class: 'bar' },
    choice('Family', [['all', 'all'], ...names.map((name) => [name, name])], 'all', (value) => { state.family = value; show(); }),
    choice('Level', [['all', 'all'], ...level_names.map((name, i) => [String(i), name]), ['harmful', 'harmful']], 'all',
      (value) => { state.level = value; show(); })), list];
}

function check_details(one) {
  const state = (one.applies ? level_names[one.level] : 'does not apply') + (one.harmful ? ', harmful' : '');
  return el('details', { class: 'check' }, el('summary', null, check_name(one) + ': ' + state),
    one.lacks && el('p', null, 'Missing: ' + one.lacks, one.at ? ' (' + at(one.at) + ')' : ''),
    one.worth > 0 && el('p', null, 'Worth ' + one.worth + ' points. ' + one.way, one.skill ? ' ' + one.skill + ' shows how.' : ''),
    one.evidence.length === 0 ? soft('No evidence.') : table('Evidence for ' + check_name(one), ['what', 'where'],
      one.evidence.map((found) => [[found.text, found.run && el('details', null, el('summary', null, found.run.command), el('pre', { tabindex: 0 }, found.run.tail || '(nothing was printed)'))],
        found.run ? `exit code ${found.run.exit_code}, ${(found.run.milliseconds / 1000).toFixed(1)} s` : at(found.at) || (found.commit || '').slice(0, 10)])));
}

function runs(data) {
  return [data.runs.length > 0 ?
    fold('What was run: ' + count(data.runs.length, 'command'), table('What was run', ['purpose', 'command', 'folder', 'how it ended'], data.runs.map((one) => [one.purpose, one.command, one.folder,
      [one.passed ? 'passed: ' : one.flaky ? 'flaky: ' : 'failed: ',
        one.attempts.map((attempt) => `exit code ${attempt.exit_code}${attempt.stopped ? ', ' + attempt.stopped : ''}`).join('; ')]]))) :
    data.planned.length > 0 && fold('What --run would run: ' + count(data.planned.length, 'command'),
      table('What --run would run', ['purpose', 'command', 'folder'], data.planned.map((one) => [one.purpose, one.command, one.folder])))];
}
