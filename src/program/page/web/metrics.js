// Figures of a git history: how each is spread over all windows, where a claim lies, and what makes it large.
view.metrics = (data, main) => {
  main.append(el('p', null, `${data.since} to ${data.until}, ${count(data.days, 'day')}, windows of ${count(data.window_days, 'day')}; ` +
    data.repositories.map((one) => one.name + ' at ' + one.head.slice(0, 10)).join(', ')));
  if (!data.complete)
    main.append(el('p', { class: 'badge bad' }, 'The history is incomplete: what is graded so may be larger than it is shown.'));
  claims(data, main);
  without_charts(main);
  const figures = [...data.figures, ...data.assimilation].filter((one) => one.windows && one.windows.n > 0);
  const place_of_chart = el('div', { id: 'figure' });
  const show = (name) => {
    const figure = figures.find((one) => one.name === name);
    place_of_chart.replaceChildren(...spread(figure.name + ' (' + figure.unit + '): in how many windows', figure.windows, []));
  };
  if (figures.length > 0) {
    main.append(el('h2', null, 'How a figure is spread'), el('div', { class: 'bar' },
      choice('Figure', figures.map((one) => [one.name, one.name]), figures[0].name, show)), place_of_chart);
    show(figures[0].name);
  }
  main.append(figures_table('Figures', data.figures), figures_table('Assimilation', data.assimilation));
  inflation(data.inflation, main);
};

function claims(data, main) {
  if (data.claims.length === 0) return;
  main.append(el('h2', null, 'Claims'));
  for (const claim of data.claims) {
    const kind = claim.verdict.startsWith('holds') ? 'good' : claim.verdict === 'wrong' ? 'bad' : 'warn';
    main.append(el('div', { class: 'claim-block' }, el('h3', null, claim.text), el('p', null, badge(claim.verdict, kind), ' ' + claim.written + ': ' + claim.because),
      claim.windows ? spread(`${claim.figure}: windows, and the claim of ${claim.written}`, claim.windows, [claim.claimed]) : null));
  }
}

// The classes of a figure's windows as bars, each claimed value a line where it lies.
function spread(caption, windows, claimed) {
  const { width: step, counts } = windows.classes || { width: 1, counts: [] };
  const least = `least ${number(windows.minimum)}, middle ${number(windows.median)}, most ${number(windows.maximum)} (from ${windows.best} on), n = ${number(windows.n)}`;
  const label = (i) => step === 1 ? number(i) : number(i * step) + ' to ' + number((i + 1) * step - 1);
  const values = table(caption, ['values', '#windows'], counts.map((value, i) => [label(i), number(value)]));
  if (typeof d3 === 'undefined' || counts.length === 0) return [el('p', null, least), values];
  const width = 900, height = 240, left = 56, bottom = 44, right = 20;
  const end = Math.max(counts.length * step, ...claimed.map((value) => value * 1.05));
  const x = (value) => left + value / end * (width - left - right), most = d3.max(counts) || 1;
  const y = (value) => 24 + (1 - value / most) * (height - bottom - 24);
  const chart = svg('svg', { class: 'chart', viewBox: `0 0 ${width} ${height}`, role: 'img', 'aria-label':
      `${caption}; ${least}${claimed.map((value) => '; claimed: ' + number(value)).join('')}` },
    d3.ticks(0, most, 4).filter(Number.isInteger).map((value) => [
      svg('line', { class: 'rule', x1: left, x2: width - right, y1: y(value), y2: y(value) }),
      svg('text', { class: 'soft', x: left - 6, y: y(value) + 4, 'text-anchor': 'end' }, number(value))]),
    counts.map((value, i) => value > 0 && svg('rect', { class: 'bar-shape', x: x(i * step) + 0.5, y: y(value),
      width: Math.max(1, x((i + 1) * step) - x(i * step) - 1), height: height - bottom - y(value) })),
    d3.ticks(0, end, 8).map((value) =>
      svg('text', { class: 'soft', x: x(value), y: height - bottom + 16, 'text-anchor': 'middle' }, number(value))),
    claimed.map((value) => [svg('line', { class: 'claim', x1: x(value), x2: x(value), y1: 14, y2: height - bottom }),
      svg('text', { class: 'claim-text', x: x(value) - 4, y: 12, 'text-anchor': 'end' }, 'claimed: ' + number(value))]),
    svg('text', { x: left, y: height - 6 }, least));
  return [el('figure', null, chart, el('details', null, el('summary', null, 'as a table'), values))];
}

function figures_table(caption, figures) {
  return table(caption, ['figure', '#value', 'grade', '#least', '#middle', '#most', '#n', 'how'], figures.map((one) => [one.name + ' (' + one.unit + ')',
    one.value === null ? (one.at_least === undefined ? '-' : 'at least ' + number(one.at_least)) :
      number(one.value) + (one.of === undefined ? '' : ' of ' + number(one.of)),
    [badge(one.grade, one.grade === 'exact' ? 'good' : 'warn'), one.reasons.join('; ')],
    one.windows ? number(one.windows.minimum) : '-', one.windows ? number(one.windows.median) : '-',
    one.windows ? number(one.windows.maximum) : '-', number(one.n), one.how]));
}

function inflation(found, main) {
  main.append(el('h2', null, 'What makes figures large'));
  const made = Object.entries(found.made).filter(([, value]) => value > 0)
    .map(([label, value]) => ({ label: label.replace(/_/g, ' '), value })).sort((a, b) => b.value - a.value);
  main.append(bars('Added lines by who made them', made));
  main.append(bars('Added lines by ending', found.extensions.map((one) => ({ label: one.name || '(none)', value: one.lines_added }))));
  main.append(table('The largest commits', ['commit', 'date', 'subject', '#lines added', '#share'], found.largest.map((one) =>
    [one.repository + ' ' + one.id.slice(0, 10), one.date, one.subject, number(one.lines_added),
      found.lines_added === 0 ? '-' : (one.lines_added / found.lines_added * 100).toFixed(1) + ' %'])));
  const parts = ['bots', 'twins', 'elsewhere', 'empty', 'formats'].map((name) => [name, found[name]]).filter(([, part]) => part && part.commits > 0);
  if (parts.length > 0)
    main.append(table('Counted apart', ['what', '#commits', '#lines added'], parts.map(([name, part]) => [name, number(part.commits), number(part.lines_added)])));
}
