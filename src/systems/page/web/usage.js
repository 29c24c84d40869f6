// Whether what was sent served. A share is that of the judged sections that were used, at least. Of fewer sections than `least_judged` no share is told.
const least_judged = 20;

view.usage = (data, main) => {
  const day = (seconds) => new Date(seconds * 1000).toISOString().slice(0, 10);
  about(`What was used from ${day(data.since)} to ${day(data.until)}`);
  const enough = data.all.judged >= least_judged && data.all.used_share !== null;
  const sent = data.manifests.filter(was_sent), offered = data.manifests.filter((row) => !was_sent(row));
  put(main, [answer(verdict(data, sent, enough)), served(sent), to_do(steps_of(data, enough))]);
  const names = el('div', { id: 'manifests' });
  const orders = { share: (row) => row.used_share ? -row.used_share.ppm : 1e9, waste: (row) => -row.wasted.tokens,
    tokens: (row) => -row.tokens, ignored: (row) => -(row.loads_ignored || 0) };
  const show = (order) => {
    const rows = [...sent].sort((a, b) => orders[order](a) - orders[order](b) || (a.name < b.name ? -1 : 1));
    names.replaceChildren();
    put(names, [intervals(rows), rows_table('Manifests', 'manifest', rows)]);
  };
  show('tokens');
  if (sent.length > 0)
    main.append(el('h2', null, 'What was sent'), el('div', { class: 'bar' }, choice('First', [['tokens', 'the most tokens'], ['waste', 'the most with no use seen'],
      ['share', 'the most used'], ['ignored', 'loads with no use seen']], 'tokens', show)), names);
  put(main, [only_offered(offered), never(data), el('h2', null, 'Everything else'), signs(data.all), gaps(data)]);
};

const percent = (ppm) => Math.round(ppm / 10000) + ' %';
const share = (row) => row.used_share === null || row.judged < least_judged ? 'too little to judge' :
  `${Math.round(row.used_share.ppm / 10000)} ± ${percent(row.used_share.uncertainty_ppm)}`;

// Some rows are of manifests of which a conversation was told the name alone.
const was_sent = (row) => row.sent > 0 || (row.loads || 0) > 0;

function verdict(data, rows, enough) {
  if (data.sessions === 0) return 'No conversation so far: nothing was sent.';
  const sessions = data.sessions === 1 ? 'One conversation' : count(data.sessions, 'conversation');
  const used = rows.filter((one) => one.used > 0).length, verb = (value) => value === 1 ? ' was' : ' were';
  const sent = rows.length === 0 ? 'no manifest was' : count(rows.length, 'manifest') + verb(rows.length);
  if (!enough)
    return `${sessions} so far: ` + (rows.length === 0 ? `${sent} sent.` : data.all.judged === 0 ? `${sent} sent; whether ${rows.length === 1 ? 'it was' : 'they were'} used could not be judged.` :
      `too little to judge; ${sent} sent, use was seen of ${number(used)}.`);
  const { ppm } = data.all.used_share, waste = data.all.wasted;
  const base = data.all.judged < data.all.sent ? `the ${count(data.all.judged, 'section')} that could be judged` : 'what was sent';
  return `At least ${percent(ppm)} of ${base} served, in ${sessions.toLowerCase()}; ` + (waste.sections === 0 ? (data.actions.silence.length > 0 ? 'of some no use was seen.' : 'nothing more is to be saved.') :
    `of ${number(waste.sections)} of ${count(data.all.sent, 'section')} no use was seen in ten answers or more, ${count(waste.tokens, 'token')}.`);
}

// Of what was sent most, whether it served.
function served(manifests) {
  const said = (row) => `${row.name} (${row.judged === 0 ? 'use not known' : row.used === 0 ? `no use seen in ${count(row.judged, 'section')}` : `${number(row.used)} of ${count(row.judged, 'section')} used`})`;
  const most = [...manifests].sort((a, b) => b.tokens - a.tokens || (a.name < b.name ? -1 : 1)).slice(0, 3);
  return most.length > 0 && soft(`Most was sent of ${all_of(most.map(said))}.`);
}

function steps_of(data, enough) {
  const steps = data.actions.silence.map((name) => {
    const row = data.manifests.find((one) => one.name === name);
    return { say: `Silence ${name}: it then comes only by its name.`,
      more: row && `${row.used === 0 ? 'No use was seen' : `Use was seen of ${number(row.used)}`} of its ${count(row.judged, 'section')} that could be judged` +
        `${row.loads > 0 ? `, in ${count(row.loads, 'load')}` : ''}; ${count(row.tokens, 'token')} were sent. cascade usage restore undoes it.`,
      run: 'cascade usage silence ' + shell_word(name) };
  });
  if (steps.length > 1)
    steps.unshift({ say: `Silence all ${steps.length} of which nothing shows use.`, run: 'cascade usage silence ' + data.actions.silence.map(shell_word).join(' ') });
  const missed = data.actions.missed || [];
  if (missed.length > 0) {
    const { name, latest } = missed[0], is_plain = latest.length <= 200 && !latest.includes('\n');
    steps.push({ say: `Teach the router what was used without being brought: ${all_of(missed.slice(0, 3).map((one) => one.name))}${missed.length > 3 ? ` and ${number(missed.length - 3)} more` : ''}.`,
      more: 'cascade usage --lessons prints these prompts as lines for cascade.prompts.',
      run: `cascade why ${shell_word(name)} --prompt ${is_plain ? shell_word(latest) : '"..."'}` });
  }
  if (steps.length > 0) return steps;
  if (data.sessions === 0) return [{ say: 'See whether the hooks are on; then work as usual and come back.', run: 'cascade doctor' }];
  if (!enough) return [{ say: `Work as usual: from ${least_judged} sections on that could be judged there is a share (so far ${number(data.all.judged)}).`, run: 'cascade page usage --open' }];
  return [{ say: 'Nothing: of no manifest is it certain that it does not serve. Look at one conversation to see what came and why.', run: 'cascade session report' }];
}

// The name stands first in its cell, so that it can be copied alone.
function rows_table(caption, head, rows) {
  return table(caption, [head, '#tokens sent', '#sections sent', '#used', '#share used, at least', '#tokens with no use seen', '#loads with no use seen'], rows.map((row) => [row.name,
    number(row.tokens), number(row.sent), row.judged === 0 ? 'not judged' : `${number(row.used)} of ${number(row.judged)}`, share(row),
    row.judged === 0 ? '-' : number(row.wasted.tokens), row.loads === undefined || row.judged === 0 ? '-' : `${number(row.loads_ignored)} of ${number(row.loads)}`]));
}

// Folded: nothing was sent of them, so there is nothing to judge.
function only_offered(rows) {
  return rows.length > 0 && fold(`${count(rows.length, 'manifest')} ${rows.length === 1 ? 'was' : 'were'} only offered: a conversation was told the name, and no text was sent`,
    table('Only offered', ['manifest', '#offers', '#taken', '#refused'], [...rows].sort((a, b) => (b.offers || 0) - (a.offers || 0) || (a.name < b.name ? -1 : 1))
      .map((row) => [row.name, number(row.offers || 0), number(row.offers_taken || 0), number(row.refused || 0)])));
}

const most_drawn = 30;

// The share of each row that can be judged with its interval, on one scale.
function intervals(rows) {
  const known = rows.filter((row) => row.used_share !== null && row.judged >= least_judged), drawn = known.slice(0, most_drawn);
  if (known.length === 0) return soft(`No row has ${least_judged} sections that could be judged, so no share is drawn.`);
  const x = (ppm) => Math.max(0, Math.min(1, ppm / 1e6));
  const scale = el('li', { class: 'scale', 'aria-hidden': 'true' }, el('span', { class: 'label' }), el('span', { class: 'steps' }, ['0 %', '50 %', '100 %'].map((text) => el('span', null, text))));
  const list = bars(drawn.map((row) => {
    const { ppm, uncertainty_ppm } = row.used_share;
    return { label: row.name, said: share(row), marks: [{ kind: 'zero', from: 0, to: 0 }, { kind: 'zero', from: 1, to: 1 },
      { kind: 'range', from: x(ppm - uncertainty_ppm), to: x(ppm + uncertainty_ppm) }, { kind: 'point', from: x(ppm), to: x(ppm) }] };
  }));
  list.append(scale);
  return [el('div', { class: 'legend' }, 'Used, at least: the dot is the share, the band its uncertainty, from 0 to 100 %.'), list,
    known.length > drawn.length && soft(`The first ${most_drawn} are drawn; ${number(known.length - drawn.length)} more are in the table.`)];
}

const signs = (all) => fold('Signs of use', table('Signs of use', ['sign', '#sections sent'], Object.keys(all.signs).map((sign) =>
  [sign, `${number(all.signs[sign])} of ${number(all.judged)}`])));

const most_named = 30;

// One's own that were never sent, by name.
function never(data) {
  const names = data.actions.never || [];
  if (data.sessions === 0 || names.length === 0) return null;
  const list = (of) => el('ul', null, of.map((name) => el('li', null, name)));
  return [el('h2', null, `Yours that never came (${number(names.length)})`), list(names.slice(0, most_named)),
    names.length > most_named && fold(number(names.length - most_named) + ' more', list(names.slice(most_named))),
    soft('cascade why NAME --prompt "WHAT YOU ASKED" says why one did not come.')];
}

function gaps(data) {
  const logs = soft(`${number(data.sessions_with_log)} of ${count(data.sessions, 'conversation')} ${data.sessions_with_log === 1 ? 'has' : 'have'} a log.`);
  return fold('What is missing from these figures', logs, data.gaps.length > 0 && table('What makes these figures smaller than they should be', ['what', '#how often', 'the first'],
    data.gaps.map((one) => [one.kind.replace(/-/g, ' '), number(one.count), one.first])));
}
