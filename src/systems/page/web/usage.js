// Whether what was sent served. A share is that of the judged sections that were used, at least. Of fewer sections than `least_judged` no share is told.
const least_judged = 20;

view.usage = (data, main) => {
  const day = (seconds) => new Date(seconds * 1000).toISOString().slice(0, 10);
  about(`What was used from ${day(data.since)} to ${day(data.until)}`);
  const enough = data.all.judged >= least_judged && data.all.used_share !== null;
  put(main, [answer(verdict(data, enough)), served(data.manifests), to_do(steps_of(data, enough))]);
  const names = el('div', { id: 'manifests' });
  const orders = { share: (row) => row.used_share ? -row.used_share.ppm : 1e9, waste: (row) => -row.wasted.tokens,
    tokens: (row) => -row.tokens, ignored: (row) => -(row.loads_ignored || 0) };
  const show = (order) => {
    const rows = [...data.manifests].sort((a, b) => orders[order](a) - orders[order](b) || (a.name < b.name ? -1 : 1));
    names.replaceChildren();
    put(names, [intervals(rows), rows_table('Manifests', 'manifest', rows)]);
  };
  show('tokens');
  if (data.manifests.length > 0)
    main.append(el('h2', null, 'What was sent'), el('div', { class: 'bar' }, choice('First', [['tokens', 'the most tokens'], ['waste', 'the greatest waste'],
      ['share', 'the most used'], ['ignored', 'loads of which nothing was used']], 'tokens', show)), names);
  put(main, [never(data), el('h2', null, 'Everything else'), signs(data.all), gaps(data)]);
};

const percent = (ppm) => Math.round(ppm / 10000) + ' %';
const share = (row) => row.used_share === null || row.judged < least_judged ? 'too little to judge' :
  `${Math.round(row.used_share.ppm / 10000)} ± ${percent(row.used_share.uncertainty_ppm)}`;

function verdict(data, enough) {
  if (data.sessions === 0) return 'No conversation so far: nothing was sent.';
  const sessions = data.sessions === 1 ? 'One conversation' : count(data.sessions, 'conversation');
  const used = data.manifests.filter((one) => one.used > 0).length, verb = (value) => value === 1 ? ' was' : ' were';
  const sent = count(data.manifests.length, 'manifest') + verb(data.manifests.length);
  if (!enough)
    return `${sessions} so far: ` + (data.all.judged === 0 ? `${sent} sent; whether ${data.manifests.length === 1 ? 'it was' : 'they were'} used could not be judged.` :
      `too little to judge; ${sent} sent, ${number(used) + verb(used)} used.`);
  const { ppm } = data.all.used_share, waste = data.all.wasted;
  const base = data.all.judged < data.all.sent ? `the ${count(data.all.judged, 'section')} that could be judged` : 'what was sent';
  return `${percent(ppm)} of ${base} served, in ${sessions.toLowerCase()}; ` + (waste.sections === 0 ? (data.actions.silence.length > 0 ? 'some never served.' : 'nothing was waste.') :
    `${number(waste.sections)} of ${count(data.all.sent, 'section') + verb(waste.sections)} waste, ${count(waste.tokens, 'token')}.`);
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
      more: row && `Used ${number(row.used)} of ${count(row.judged, 'time')}${row.wasted.tokens > 0 ? `; ${count(row.wasted.tokens, 'token')} wasted` : ''}. cascade usage restore undoes it.`,
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
  return [{ say: 'Nothing: no manifest is certain enough to be waste. Look at one conversation to see what came and why.', run: 'cascade session report' }];
}

// The name stands first in its cell, so that it can be copied alone.
function rows_table(caption, head, rows) {
  return table(caption, [head, '#tokens sent', '#sections sent', '#used', '#share used', '#tokens wasted', '#loads ignored'], rows.map((row) => [row.name,
    number(row.tokens), number(row.sent), row.judged === 0 ? 'not judged' : `${number(row.used)} of ${number(row.judged)}`, share(row),
    row.judged === 0 ? '-' : number(row.wasted.tokens), row.loads === undefined || row.judged === 0 ? '-' : `${number(row.loads_ignored)} of ${number(row.loads)}`]));
}

const most_drawn = 30;

// The share of each row that can be judged with its interval, on one scale.
function intervals(rows) {
  const known = rows.filter((row) => row.used_share !== null && row.judged >= least_judged), drawn = known.slice(0, most_drawn);
  if (known.length === 0) return soft(`No row has ${least_judged} sections that could be judged, so no share is drawn.`);
  const ends = ({ used_share: { ppm, uncertainty_ppm } }) => [ppm - uncertainty_ppm, ppm + uncertainty_ppm];
  const low = Math.min(0, ...drawn.map((row) => ends(row)[0])), high = Math.max(1e5, ...drawn.map((row) => ends(row)[1]));
  const x = (ppm) => (ppm - low) / (high - low);
  return [el('div', { class: 'legend' }, 'Used, at least: the dot is the share, the band its uncertainty, the line 0 %.'),
    bars(drawn.map((row) => {
      const { ppm } = row.used_share, [from, to] = ends(row);
      return { label: row.name, said: share(row), marks: [{ kind: 'zero', from: x(0), to: x(0) }, { kind: 'range', from: x(from), to: x(to) }, { kind: 'point', from: x(ppm), to: x(ppm) }] };
    })), known.length > drawn.length && soft(`The first ${most_drawn} are drawn; ${number(known.length - drawn.length)} more are in the table.`)];
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
