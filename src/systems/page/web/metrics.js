// Whether the claims about a git history hold: each with what the history says, its figures, and what makes them large.
view.metrics = (data, main) => {
  const where = all_of(data.repositories.map((one) => (one.name === '.' ? document.querySelector('h1').textContent.replace(/^Figures of /, '') : one.name.replace(/\/+$/, '').split('/').pop()) + ' at ' + one.head.slice(0, 7)));
  about(`Figures of ${where}, ${data.since} to ${data.until}`);
  put(main, [answer(verdict(data)), !data.complete && el('p', null, 'The history is incomplete: what is graded so may be larger than it is shown.'),
    to_do(steps_of(data))]);
  if (data.claims.length > 0) put(main, [el('h2', null, 'Each claim'), [...data.claims].sort((a, b) => rank(a) - rank(b)).map(claim_block)]);
  spread_of(data, main);
  put(main, [el('h2', null, 'Everything else'), fold('All figures', figures_table('Figures', data.figures), figures_table('Assimilation', data.assimilation)),
    fold('What makes figures large', inflation(data.inflation))]);
};

const holds = (claim) => claim.verdict.startsWith('holds');
const rank = (claim) => holds(claim) ? 2 : claim.verdict === 'wrong' ? 0 : 1;

function verdict(data) {
  const value = (name) => { const found = data.figures.find((one) => one.name === name); return found && found.value; };
  const all = data.claims.length;
  if (all === 0)
    return `${count(value('commits'), 'commit')} and ${count(value('lines_added'), 'added line')} in ${count(data.days, 'day')}; there was no claim to check.`;
  if (data.claims.every((one) => rank(one) === 1)) return all === 1 ? 'This claim could not be judged.' : `None of these ${all} claims could be judged.`;
  const good = data.claims.filter(holds).length, open = data.claims.filter((one) => rank(one) === 1).length;
  const said = good === 0 ? (all === 1 ? 'This claim does not hold' : 'None of these ' + all + ' claims holds') : good === all ?
    (all === 1 ? 'This claim holds' : 'All ' + all + ' claims hold') : `${good} of these ${all} claims ${good === 1 ? 'holds' : 'hold'}`;
  const wrong = all - good - open;
  return said + (wrong > 0 && wrong < all ? `; ${number(wrong)} ${wrong === 1 ? 'is' : 'are'} wrong` : '') + (open > 0 ? '; ' + number(open) + ' not judged' : '') + '.';
}

function steps_of(data) {
  if (data.claims.length === 0)
    return [{ say: 'Write down what somebody claims of this history, in a table or JSON, and have it checked.', more: 'A claim is a line such as | lines added in the best week | 12,000 |.', run: run('cascade page metrics', '--claim', 'CLAIMS.md') + ' --open' }];
  return [...data.claims].filter((one) => !holds(one)).sort((a, b) => rank(a) - rank(b)).map((one) => ({
    say: (one.verdict === 'wrong' ? `Correct line ${one.line}: it says ${one.written}; the history: ` : `Make line ${one.line} clearer: `) + one.because + '.', more: one.text }))
    .map((step, i, all) => i === Math.min(2, all.length - 1) ? { ...step, run: run('cascade metrics', '--claim', 'CLAIMS.md') } : step);
}

// With the repositories and the options with which this page was asked for; `name`, `value`: an option that must be there.
function run(verb, name, value) {
  const { names, options } = asked_with();
  return verb + words_of([...names, ...options, ...(options.includes(name) ? [] : [name, value])]);
}

function claim_block(claim) {
  return el('div', { class: 'claim-block' }, el('h3', null, (holds(claim) ? '✓ ' : claim.verdict === 'wrong' ? '✗ ' : '? ') + claim.text),
    el('p', null, el('strong', null, claim.verdict), '. ' + claim.because),
    claim.windows && fold(count(claim.windows.n, 'window') + ' of this figure', spread(claim.figure, claim.unit, claim.windows, [claim.claimed])));
}

function spread_of(data, main) {
  const figures = [...data.figures, ...data.assimilation].filter((one) => one.windows && says_something(one.windows));
  if (figures.length === 0) {
    put(main, [el('h2', null, `How a figure is spread over ${count(data.window_days, 'day')}`),
      soft(`There is nothing to draw: in ${count(data.days, 'day')} of history no figure has three windows of ${count(data.window_days, 'day')} that differ.`)]);
    return;
  }
  const drawing = el('div', { id: 'figure' });
  const show = (name) => {
    const figure = figures.find((one) => one.name === name);
    drawing.replaceChildren(...spread(figure.name, figure.unit, figure.windows, []));
  };
  show(figures[0].name);
  main.append(el('h2', null, `How a figure is spread over ${count(data.window_days, 'day')}`),
    el('div', { class: 'bar' }, choice('Figure', figures.map((one) => [one.name, one.name.replace(/_/g, ' ')]), figures[0].name, show)), drawing);
}

// Of one value there is nothing to draw.
const says_something = (windows) => windows.n > 2 && windows.classes !== undefined && windows.classes.counts.filter((value) => value > 0).length > 1;

// The classes of a figure's windows as bars, each claimed value a line where it lies. Its ends are told below it.
function spread(name, unit, windows, claimed) {
  const plain = name.replace(/_/g, ' '), of = (value) => number(value) + (unit && unit !== 'share' ? ' ' + unit : ' of 1,000');
  const least = `${plain}: least ${number(windows.minimum)}, middle ${number(windows.median)}, most ${of(windows.maximum)} (from ${windows.best} on), over ${count(windows.n, 'window')}`;
  const said = el('p', { class: 'soft', id: 'spread' }, least);
  if (!says_something(windows)) return [said, ...claimed.map((value) => soft('claimed: ' + number(value)))];
  const { width: step, counts } = windows.classes, label = (i) => step === 1 ? number(i) : number(i * step) + ' to ' + number((i + 1) * step - 1);
  const end = Math.max(counts.length * step, ...claimed.map((value) => value * 1.05)), most = Math.max(1, ...counts);
  const first = Math.min(counts.findIndex((value) => value > 0), ...claimed.map((value) => Math.floor(value / step)));  // empty classes before it are not drawn
  const filled = [...counts, ...Array.from({ length: Math.max(0, Math.min(400, Math.ceil(end / step) - counts.length)) }, () => 0)].slice(first);
  const begin = first * step, drawn_end = Math.max(begin + filled.length * step, end), share = (value) => (value - begin) / (drawn_end - begin);
  const mark = (value) => styled(el('span', { class: 'claim' + (share(value) > 0.5 ? ' left' : '') }, 'claimed: ' + number(value)),
    share(value) > 0.5 ? { right: (1 - share(value)) * 100 + '%' } : { left: share(value) * 100 + '%' });
  return [said, el('div', { class: 'histogram', role: 'img', 'aria-label': `${least}${claimed.map((value) => '; claimed: ' + number(value)).join('')}` },
    filled.map((value) => styled(el('span', { class: 'fill' }), { height: value / most * 100 + '%' })), claimed.map(mark)),
    el('div', { class: 'ends' }, el('span', null, number(begin)), el('span', null, `height: how many windows, at most ${number(most)}`), el('span', null, of(Math.round(drawn_end)))),
    fold('As a table', table(plain, ['values', '#windows'], counts.map((value, i) => [label(i), number(value)])))];
}

function figures_table(caption, figures) {
  return table(caption, ['figure', '#value', 'grade', '#least', '#middle', '#most', '#counted from', 'how'], figures.map((one) => [one.name.replace(/_/g, ' ') + ' (' + one.unit + ')',
    one.value === null ? (one.at_least === undefined ? '-' : 'at least ' + number(one.at_least)) :
      number(one.value) + (one.of === undefined ? '' : ' of ' + number(one.of)),
    [one.grade, one.reasons.length > 0 && ': ' + one.reasons.join('; ')],
    one.windows ? number(one.windows.minimum) : '-', one.windows ? number(one.windows.median) : '-',
    one.windows ? number(one.windows.maximum) : '-', number(one.n), one.how]));
}

function inflation(found) {
  const made = Object.entries(found.made).filter(([, value]) => value > 0)
    .map(([label, value]) => ({ label: label.replace(/_/g, ' '), value, said: count(value, 'line') })).sort((a, b) => b.value - a.value);
  const endings = found.extensions.map((one) => ({ label: one.name || '(none)', value: one.lines_added, said: count(one.lines_added, 'line') }));
  const parts = ['bots', 'twins', 'elsewhere', 'empty', 'formats'].map((name) => [name, found[name]]).filter(([, part]) => part && part.commits > 0);
  return [made.length > 0 && [el('h3', null, 'Added lines by who made them'), bars(made)],
    endings.length > 0 && [el('h3', null, 'Added lines by ending'), bars(endings)],
    table('The largest commits', ['commit', 'date', 'subject', '#lines added', '#share'], found.largest.map((one) =>
      [(one.repository === '.' ? '' : one.repository + ' ') + one.id.slice(0, 10), one.date, one.subject, number(one.lines_added),
        found.lines_added === 0 ? '-' : (one.lines_added / found.lines_added * 100).toFixed(1) + ' %'])),
    parts.length > 0 && table('Counted apart', ['what', '#commits', '#lines added'], parts.map(([name, part]) => [name, number(part.commits), number(part.lines_added)]))];
}
