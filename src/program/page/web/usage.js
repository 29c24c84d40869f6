// What was sent and whether it served. A share is always that of what was used less that of placebos: equally long
// sections that were not sent, to which the same tests were put.
view.usage = (data, main) => {
  const day = (seconds) => new Date(seconds * 1000).toISOString().slice(0, 10);
  main.append(el('p', null, `${day(data.since)} to ${day(data.until)}; ${count(data.sessions, 'session')}, ${number(data.sessions_with_log)} of them with a log.`));
  if (data.gaps.length > 0)
    main.append(table('What makes these figures smaller than they should be', ['what', '#how often', 'the first'],
      data.gaps.map((one) => [one.kind.replace(/-/g, ' '), number(one.count), one.first])));
  without_charts(main);
  totals(data.all, main);
  main.append(el('h2', null, 'Used less placebo, by week'), intervals('By week', data.weeks));
  main.append(rows_table('Weeks', 'week', data.weeks));
  const names = el('div', { id: 'manifests' });
  const orders = { share: (row) => row.used_minus_placebo ? -row.used_minus_placebo.ppm : 1e9, waste: (row) => -row.wasted.tokens,
    tokens: (row) => -row.tokens, ignored: (row) => -(row.loads_ignored || 0) };
  const show = (order) => {
    const rows = [...data.manifests].sort((a, b) => orders[order](a) - orders[order](b) || (a.name < b.name ? -1 : 1));
    const judged = rows.filter((row) => row.used_minus_placebo !== null), left = judged.length - most_drawn;
    names.replaceChildren();
    put(names, [intervals('By manifest', judged.slice(0, most_drawn)),
      left > 0 && el('p', { class: 'soft' }, `The picture has the first ${most_drawn}; ${number(left)} more are in the table.`),
      rows_table('Manifests', 'manifest', rows)]);
  };
  main.append(el('h2', null, 'Manifests'), el('div', { class: 'bar' }, choice('First', [['waste', 'the greatest waste'], ['share', 'the most used'],
    ['tokens', 'the most tokens'], ['ignored', 'loads of which nothing was used']], 'waste', show)), names);
  show('waste');
  actions(data.actions, main);
};

const most_drawn = 30;
const percent = (ppm) => (ppm / 10000).toFixed(1) + ' %';
const share = (row) => row.used_minus_placebo === null ? '-' :
  `${percent(row.used_minus_placebo.ppm)} (${percent(row.used_minus_placebo.low_ppm)} to ${percent(row.used_minus_placebo.high_ppm)})`;

function totals(all, main) {
  main.append(el('p', null, badge(count(all.sent, 'section') + ' sent'), badge(count(all.tokens, 'token')), badge('used less placebo: ' + share(all), 'good'),
    badge(`wasted: ${count(all.wasted.sections, 'section')}, ${count(all.wasted.tokens, 'token')}`, all.wasted.sections > 0 ? 'warn' : '')));
  main.append(table('Signs of use', ['sign', '#sections sent', '#placebos'], Object.keys(all.signs).map((sign) =>
    [sign, `${number(all.signs[sign])} of ${number(all.judged)}`, `${number(all.placebo_signs[sign])} of ${number(all.placebos)}`])));
}

// The name stands first in its cell, so that it can be copied alone.
function rows_table(caption, head, rows) {
  return table(caption, [head, '#sent', '#used', '#placebos used', 'used less placebo (95 %)', '#wasted tokens', '#loads ignored'], rows.map((row) => [row.name,
    number(row.sent), `${number(row.used)} of ${number(row.judged)}`, `${number(row.placebo_used)} of ${number(row.placebos)}`, share(row),
    number(row.wasted.tokens), row.loads === undefined ? '-' : `${number(row.loads_ignored)} of ${number(row.loads)}`]));
}

// The share of each row with its interval, on one scale.
function intervals(caption, rows) {
  const known = rows.filter((row) => row.used_minus_placebo !== null);
  if (typeof d3 === 'undefined' || known.length === 0) return el('p', { class: 'soft' }, known.length === 0 ? 'Nothing could be judged.' : '');
  const width = 900, left = 260, line = 22, right = 30, top = 8;
  const low = Math.min(0, d3.min(known, (row) => row.used_minus_placebo.low_ppm)), high = Math.max(1e5, d3.max(known, (row) => row.used_minus_placebo.high_ppm));
  const x = (ppm) => left + (ppm - low) / (high - low) * (width - left - right), bottom = top + known.length * line;
  return el('figure', null, svg('svg', { class: 'chart', viewBox: `0 0 ${width} ${bottom + 26}`, role: 'img',
    'aria-label': caption + ': used less placebo with its interval; the table below has the same numbers' },
    d3.ticks(low, high, 7).map((value) => [svg('line', { class: 'rule', x1: x(value), x2: x(value), y1: top, y2: bottom }),
      svg('text', { class: 'soft', x: x(value), y: bottom + 18, 'text-anchor': 'middle' }, percent(value).replace('.0', ''))]),
    known.map((row, i) => {
      const y = top + i * line + line / 2, { ppm, low_ppm, high_ppm } = row.used_minus_placebo;
      return [svg('text', { x: left - 10, y: y + 4, 'text-anchor': 'end' }, short(row.name, 36)),
        svg('line', { class: 'interval', x1: x(low_ppm), x2: x(high_ppm), y1: y, y2: y }),
        svg('circle', { class: 'bar-shape' + (high_ppm <= 0 ? ' bad' : ''), cx: x(ppm), cy: y, r: 5 })];
    })));
}

// What a shell reads as this one word, whatever is in a name.
const shell_word = (text) => /^[\w:.@+-]+$/.test(text) ? text : "'" + shown(text).replace(/'/g, "'\\''") + "'";

// A command with a button that copies it; it can be selected where a browser does not allow that.
function command(text) {
  const said = el('span', { class: 'soft', role: 'status' });
  const button = el('button', { type: 'button', 'aria-label': 'Copy: ' + text, onclick: () => {
    const copied = navigator.clipboard ? navigator.clipboard.writeText(text) : Promise.reject();
    copied.then(() => { said.textContent = ' copied'; }, () => { getSelection().selectAllChildren(code); said.textContent = ' selected: copy it with the keyboard'; });
  } }, 'copy');
  const code = el('code', null, text);
  return el('li', null, code, ' ', button, said);
}

function actions(found, main) {
  main.append(el('h2', null, 'What could be done'));
  main.append(el('h3', null, 'Silence what was waste'), found.silence.length === 0 ? el('p', { class: 'soft' }, 'Nothing is certain enough.') :
    el('ul', null, command('cascade usage silence ' + found.silence.map(shell_word).join(' ')), found.silence.length > 1 &&
      found.silence.map((one) => command('cascade usage silence ' + shell_word(one)))));
  main.append(el('p', null, count(found.never_fired, 'manifest') + ' never fired.'));
  if (found.nearest.length > 0)
    main.append(table('Never fired, though a prompt came near', ['manifest', 'prompt', '#place', 'taken instead', '#points', '#offered from'],
      found.nearest.flatMap((one) => one.prompts.map((near) => [one.name, near.prompt, number(near.place), near.first, number(near.points), number(near.offer_from)]))));
  if (found.overlaps.length > 0)
    main.append(table('Loaded for the same prompts', ['one', 'the other', '#prompts'], found.overlaps.map((one) => [one.a, one.b, number(one.prompts)])));
}
