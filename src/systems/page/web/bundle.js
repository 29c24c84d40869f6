// What a model gets of some manifests under a budget: how much of it each section is, why it is in, what was left out and
// at what price.
view.bundle = (data, main) => {
  const bundle = data.bundle, by_id = new Map(data.why.map((one) => [one.id, one]));
  const name = (piece) => piece.form === 'card' ? 'card' : (piece.heading || (piece.form === 'resource' ? 'linked file' : '(lead)')) +
    (piece.form === 'section' || piece.form === 'lead' ? '' : ' (' + piece.form + ')');
  put(main, [answer(verdict(bundle)), bundle.status === 'ok' && soft(bundle.certificate.proof === 'optimal' ? 'This choice is proven to be the best.' : 'This choice is ' + proof_of(bundle.certificate.proof, bundle.certificate.gap_ppm) + '.'),
    ...data.told.map((line) => soft(line[0].toUpperCase() + line.slice(1) + '.')),
    to_do(steps_of(bundle, data.asked.map(shell_word).join(' '), data.next))]);
  if (bundle.pieces.length > 0) put(main, [el('h2', null, 'What is in it'), soft('In the order of the text, with the tokens of each section.'), pieces(bundle.pieces, name, by_id)]);
  if (facts_in(bundle).length > 0)
    put(main, [el('h2', null, 'What is remembered'), soft('Facts of your memory that the prompt recalls; they come with it.'), el('ul', null, facts_in(bundle).map((one) => el('li', null, one.text.trim())))]);
  if (bundle.omissions.length > 0)
    put(main, [el('h2', null, 'What was left out'), soft('Sections compete by value for the tokens of the budget. The last column says how much more would give this one room beside all that is in. With less it may come in place of others.'),
      table('Left out', ['section', 'because', '#tokens', '#more budget'], bundle.omissions.map((one) =>
        [one.id + ' › ' + name(one), one.reason, number(one.tokens), lacking(one.shortfall) || '-']))]);
  put(main, [el('h2', null, 'Everything else'), fold('Why each manifest is in', table('Why each manifest is in', ['manifest', 'why', 'place', '#tokens'], data.why.map((one) => [one.id,
    (one.distance === 0 ? (data.asked.includes('--prompt') ? 'the prompt asks for it' : 'asked for') : one.by ? `${one.by.from} ${one.by.strength} it (${one.by.via})` : 'one of a list of which one is needed') +
      (one.card ? '; as a card only' : ''),
    one.by ? place(one.by.path, one.by.line, one.by.column) : '',
    number(bundle.pieces.filter((piece) => piece.id === one.id).reduce((sum, piece) => sum + piece.tokens, 0))]))),
    bundle.linked_files && bundle.linked_files.length > 0 && fold('Linked files', table('Linked files', ['file', 'in', '#tokens'], bundle.linked_files.map((one) =>
      [one.id + ' › ' + one.path, one.packed ? 'yes' : 'no', number(one.tokens)])))]);
};

// "1,484 of 1,500 tokens hold 14 sections of 5 manifests; 9 sections are left out."
function verdict(bundle) {
  const asked = all_of(bundle.roots || []), limit = bundle.budget.tokens, of_limit = limit === null ? count(bundle.cost.tokens, 'token') : `${number(bundle.cost.tokens)} of ${count(limit, 'token')}`;
  if (asked === '') return `No manifest fits the prompt; ${count(facts_in(bundle).length, 'remembered fact')} of ${of_limit} would come.`;
  if (bundle.status !== 'ok')
    return bundle.min_budget ? `${asked} does not fit into ${count(limit, 'token')}: its smallest bundle needs ${number(bundle.min_budget.tokens)}.` : `There is no bundle of ${asked}: ${bundle.status}.`;
  const manifests = bundle.pieces.filter((one) => one.form === 'card').length, left = bundle.omissions.length;
  return `${asked} ${bundle.roots.length === 1 ? 'takes' : 'take'} ${of_limit}: ${count(bundle.pieces.length, 'piece')} of ${count(manifests, 'manifest')}; ` +
    (left === 0 ? 'nothing is left out.' : `${count(left, 'section')} ${left === 1 ? 'is' : 'are'} left out.`);
}

const lacking = ({ tokens, chars }) => all_of([tokens > 0 && count(tokens, 'token'), chars > 0 && count(chars, 'character')].filter(Boolean));

const facts_in = (bundle) => (bundle.facts || []).filter((one) => one.in);

function steps_of(bundle, asked, next) {
  const { tokens, chars } = bundle.budget;
  const run = (more_tokens, more_chars) => `cascade bundle ${asked}` + (tokens === null ? '' : ' --budget ' + (tokens + more_tokens)) + (chars === null ? '' : ' --max-chars ' + (chars + more_chars));
  if (bundle.status !== 'ok') {
    const least = bundle.min_budget, lacks = (has, needs) => has === null ? 0 : Math.max(0, needs - has);
    return least ? [{ say: 'Give it what its smallest bundle needs.', run: run(lacks(tokens, least.tokens), lacks(chars, least.chars)) }] : [];
  }
  const more = next && [tokens !== null && next.more > 0 && count(next.more, 'token'), chars !== null && next.more_chars > 0 && count(next.more_chars, 'character')].filter(Boolean);
  if (!next || more.length === 0) return [{ say: 'Take it as it is: standard output is the text itself.', run: run(0, 0) }];
  return [{ say: `${all_of(more)} more bring in “${next.heading || 'the lead'}” of ${next.id}.`,
    more: 'The bundle is then chosen anew: something else may come or go with it.', run: run(next.more, next.more_chars) }];
}

function pieces(found, name, by_id) {
  const most = Math.max(1, ...found.map((one) => one.tokens));
  return bars(found.map((piece, i) => ({ value: piece.tokens, properties: { 'data-piece': i },
    label: el('details', null, el('summary', null, piece.id.slice(piece.id.indexOf(':') + 1) + ' › ' + name(piece)),
      soft((by_id.has(piece.id) && by_id.get(piece.id).by ? `from ${by_id.get(piece.id).by.from}` : 'asked for') + `; value ${number(Math.round(piece.value / Math.max(1, piece.tokens)))} a token`),
      el('pre', { tabindex: 0 }, piece.text)),
    said: count(piece.tokens, 'token'), marks: [{ from: 0, to: piece.tokens / most }] })));
}
