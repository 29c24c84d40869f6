// A bundle: how much of it each section is, why each manifest is in, what was left out and at what price.
view.bundle = (data, main) => {
  const bundle = data.bundle, by_id = new Map(data.why.map((one) => [one.id, one]));
  const name = (piece) => piece.form === 'card' ? 'card' : (piece.heading || (piece.form === 'resource' ? 'linked file' : '(lead)')) +
    (piece.form === 'section' || piece.form === 'lead' ? '' : ' (' + piece.form + ')');
  const budget = bundle.budget.tokens === null ? 'no limit' : number(bundle.budget.tokens) + ' tokens';
  const proof = proof_of(bundle.certificate.proof, bundle.certificate.gap_ppm);
  main.append(el('p', null, badge(bundle.status, bundle.status === 'ok' ? 'good' : 'bad'),
    badge(`${number(bundle.cost.tokens)} of ${budget}`), badge(count(bundle.pieces.length, 'piece')), badge(proof)));
  if (bundle.min_budget) main.append(el('p', null, 'The smallest bundle needs ' + count(bundle.min_budget.tokens, 'token') + '.'));
  without_charts(main);

  const rows = [];
  const choose = (i) => {
    main.querySelectorAll('.chosen').forEach((one) => one.classList.remove('chosen'));
    rows[i].classList.add('chosen');
    const tile = main.querySelector(`[data-piece="${i}"]`);
    if (tile) tile.classList.add('chosen');
  };
  if (typeof d3 !== 'undefined' && bundle.pieces.length > 0) main.append(tiles(bundle.pieces, name, (i) => {
    choose(i);
    rows[i].scrollIntoView({ block: 'center' });
  }));

  main.append(table('Why each manifest is in', ['manifest', 'why', 'place', '#tokens'], data.why.map((one) => [one.id,
    (one.distance === 0 ? 'asked for' : one.by ? `${one.by.from} ${one.by.strength} it (${one.by.via})` : 'one of a list of which one is needed') +
      (one.card ? '; as a card only' : ''),
    one.by ? place(one.by.path, one.by.line, one.by.column) : '',
    number(bundle.pieces.filter((piece) => piece.id === one.id).reduce((sum, piece) => sum + piece.tokens, 0))])));

  const pieces = table('Sections in the order of the text', ['section', '#tokens', '#value per token', 'why'], bundle.pieces.map((piece, i) => ({
    properties: { 'data-row': i, onclick: () => choose(i) },
    cells: [[el('details', null, el('summary', null, piece.id + ' › ' + name(piece)), el('pre', { tabindex: 0 }, piece.text))], number(piece.tokens),
      number(Math.round(piece.value / Math.max(1, piece.tokens))),
      by_id.has(piece.id) && by_id.get(piece.id).by ? `from ${by_id.get(piece.id).by.from}` : 'asked for'] })));
  rows.push(...pieces.querySelectorAll('tbody tr'));
  main.append(pieces);

  if (bundle.omissions.length > 0)
    main.append(el('p', { class: 'soft' }, 'Sections compete by value for the tokens of the budget. The price of one that was left out is in the last column: ' +
      'by so much the budget would have to grow.'), table('Left out', ['section', 'because', '#tokens', '#more tokens that bring it in'], bundle.omissions.map((one) =>
      [one.id + ' › ' + name(one), one.reason, number(one.tokens), one.shortfall.tokens > 0 ? number(one.shortfall.tokens) : '-'])));
  if (bundle.linked_files && bundle.linked_files.length > 0)
    main.append(table('Linked files', ['file', 'in', '#tokens'], bundle.linked_files.map((one) =>
      [one.id + ' › ' + one.path, one.packed ? 'yes' : 'no', number(one.tokens)])));
};

// Sections as areas: a treemap of tokens, one frame for each manifest.
function tiles(pieces, name, choose) {
  const groups = new Map();
  pieces.forEach((piece, i) => {
    if (!groups.has(piece.id)) groups.set(piece.id, []);
    groups.get(piece.id).push({ piece, i });
  });
  const width = 1200, height = 460, head = 18;
  const root = d3.hierarchy({ children: [...groups].map(([id, children]) => ({ id, children })) })
    .sum((node) => node.piece ? Math.max(1, node.piece.tokens) : 0);
  d3.treemap().size([width, height]).paddingInner(2).paddingOuter(2).paddingTop((node) => node.depth === 1 ? head : 0).round(true)(root);
  const fits = (text, room) => short(text, Math.max(1, Math.floor(room / 6.6)));
  return svg('svg', { class: 'chart', viewBox: `0 0 ${width} ${height}`, role: 'img',
    'aria-label': 'Sections of the bundle as areas; the tables below have the same numbers' },
    root.children.map((node) => node.x1 - node.x0 > 60 && svg('text', { x: node.x0 + 4, y: node.y0 + 13 },
      fits(node.data.id + ', ' + node.value, node.x1 - node.x0 - 8))),
    root.leaves().map((leaf) => {
      const { piece, i } = leaf.data, w = leaf.x1 - leaf.x0, h = leaf.y1 - leaf.y0;
      return svg('g', null, svg('rect', { class: 'tile' + (piece.form === 'card' ? ' card' : ''), 'data-piece': i, x: leaf.x0, y: leaf.y0,
        width: Math.max(0, w), height: Math.max(0, h), onclick: () => choose(i) },
        svg('title', null, `${piece.id} › ${name(piece)}: ${piece.tokens} tokens`)),
        w > 50 && h > 16 && svg('text', { x: leaf.x0 + 4, y: leaf.y0 + 13, 'pointer-events': 'none' }, fits(name(piece), w - 8)),
        w > 50 && h > 32 && svg('text', { class: 'soft', x: leaf.x0 + 4, y: leaf.y0 + 28, 'pointer-events': 'none' }, number(piece.tokens)));
    }));
}
