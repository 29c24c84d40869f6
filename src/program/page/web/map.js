// The map: columns of buttons over a canvas that has the links. Node numbers are those of the data.
const row_height = 26, column_step = 202, button_width = 158, left_edge = 12, head_height = 34, button_height = 22, tile_height = 512;

const entries = (value) => number(value) + (value === 1 ? ' entry' : ' entries');

view.map = (data, main, earlier) => new LibraryMap(data, main, earlier);

class LibraryMap {
  constructor(data, main, earlier) {
    this.data = data;
    this.nodes = data.nodes;
    this.chosen = -1;
    this.filter = earlier.filter || 'all';
    this.words = earlier.words || '';
    this.index();
    this.build(main);
    this.show(earlier);
  }

  // What each node is linked with, and what is wrong with it.
  index() {
    this.out = this.nodes.map(() => []);
    this.into = this.nodes.map(() => []);
    this.data.links.forEach((link, i) => { this.out[link[0]].push(i); this.into[link[1]].push(i); });
    this.dangling = this.nodes.map(() => []);
    for (const one of this.data.unbound) this.dangling[one.from].push(one);
    this.alike = this.nodes.map(() => []);
    for (const group of this.data.alike) for (const node of group.nodes) this.alike[node].push(group);
    this.findings = this.nodes.map(() => []);
    for (const one of this.data.findings) if (one.node !== null) this.findings[one.node].push(one);
    for (const ladder of this.data.ladders)
      ladder.rungs = ladder.rungs.map(([budget, status, tokens, chars, proof, gap_ppm, out]) =>
        ({ budget, status: this.data.statuses[status], tokens, chars, proof: this.data.proofs[proof], gap_ppm, out }));
    this.ladder_of = new Map(this.data.ladders.map((ladder) => [ladder.root, ladder]));
    this.text = this.nodes.map((node) => (node.id + ' ' + (node.path || '') + ' ' + (node.description || '')).toLowerCase());
  }

  name(node) { return this.nodes[node].id.slice(this.nodes[node].id.indexOf(':') + 1); }

  build(main) {
    main.append(this.summary(), this.tools());
    this.status = el('p', { class: 'status soft', role: 'status' });
    this.scroller = el('section', { class: 'map', 'aria-label': 'Map', onkeydown: (event) => this.key(event) });
    this.canvas = el('canvas', { class: 'marked', 'aria-hidden': 'true' });
    this.columns = el('div', { class: 'columns' }, this.canvas);
    this.scroller.append(this.columns);
    this.details = el('aside', { class: 'details', 'aria-label': 'Details', tabindex: 0 });
    this.budget = el('section', { class: 'budget', 'aria-label': 'Budget' });
    main.append(this.status, this.budget, el('div', { class: 'work' }, this.scroller, this.details), this.all_findings());
    this.buttons = [];
    this.data.columns.forEach((title, column) => this.columns.append(this.column(title, column)));
    this.scroller.addEventListener('scroll', () => {
      this.panned = performance.now();
      this.later();
    }, { passive: true });
    this.watch = new ResizeObserver(() => this.later());
    this.watch.observe(this.scroller);
    this.scheme = matchMedia('(prefers-color-scheme: dark)');
    this.recolour = () => this.redraw();
    this.scheme.addEventListener('change', this.recolour);
    document.onkeydown = (event) => {
      if (event.key !== '/' || /INPUT|SELECT/.test(document.activeElement.tagName)) return;
      event.preventDefault();
      this.search.focus();
    };
  }

  summary() {
    const left = this.data.left_out;
    const manifests = this.nodes.filter((node) => node.path !== undefined);
    const tokens = manifests.reduce((sum, node) => sum + node.tokens, 0);
    const said = Object.entries(left).filter(([, value]) => value > 0)
      .map(([what, value]) => count(value, { manifests: 'manifest', links: 'link', findings: 'finding', ladders: 'bundle' }[what]));
    return el('div', { id: 'summary' },
      el('p', null, `${count(manifests.length, 'manifest')}, ${count(this.data.links.length, 'link')}, ${count(tokens, 'token')}; ` +
        `${count(this.data.unbound.length, 'dangling name')}, ${count(this.data.findings.length, 'finding')}.`),
      said.length > 0 && el('p', { class: 'badge warn', id: 'left-out' }, 'Left out, because pages this large are slow: ' + said.join(', ') +
        '. The most linked manifests are here; cascade page map NAME shows the surroundings of one.'));
  }

  tools() {
    this.search = el('input', { type: 'search', id: 'search', autocomplete: 'off', value: this.words, oninput: () => {
      this.words = this.search.value;
      this.layout();
    }, onkeydown: (event) => {
      if (event.key === 'Escape') { this.search.value = this.words = ''; this.layout(); }
      if (event.key !== 'Enter' && event.key !== 'ArrowDown') return;
      event.preventDefault();
      this.focus(this.first());
      if (event.key === 'Enter' && this.total === 1) this.choose(this.first());
    } });
    const filters = this.filters = [['all', 'everything'], ['near', 'linked with what is chosen'], ['orphans', 'orphans: nothing calls them'],
      ['dangling', 'names that match nothing'], ['shadowed', 'shadowed by another'], ['alike', 'nearly the same as another'],
      ['findings', 'with findings'], ['heavy', 'heaviest 30'], ['bundle', 'in the bundle below the budget']];
    return el('div', { class: 'bar', role: 'search' }, el('label', null, 'Search', this.search),
      choice('Show', filters, this.filter, (value) => { this.filter = value; this.layout(); }),
      el('span', { class: 'soft' }, '/ searches, arrow keys move, Enter chooses, Escape undoes'));
  }

  column(title, column) {
    const nodes = this.nodes.map((node, i) => i).filter((i) => this.nodes[i].column === column)
      .sort((a, b) => this.nodes[a].row - this.nodes[b].row);
    const list = el('ul', null, nodes.map((node) => el('li', null, this.button(node))));
    this.count_of = this.count_of || [];
    this.count_of[column] = el('small', { class: 'soft' });
    this.order = this.order || [];
    this.order[column] = nodes;
    this.lists = this.lists || [];
    this.lists[column] = list;
    return el('section', { class: 'column', 'aria-label': title + 's', hidden: nodes.length === 0 },
      el('h2', null, title + 's ', this.count_of[column]), list);
  }

  button(i) {
    const node = this.nodes[i];
    const marks = [node.orphan && 'orphan', node.shadowed_by && 'shadowed', this.dangling[i].length > 0 && 'dangling names',
      this.alike[i].length > 0 && 'nearly the same as another'].filter(Boolean);
    const button = el('button', { type: 'button', tabindex: -1, 'aria-pressed': 'false', 'data-node': i,
      class: node.shadowed_by ? 'shadowed' : null, title: node.id + (marks.length > 0 ? ' (' + marks.join(', ') + ')' : ''),
      onclick: () => this.choose(i) },
      el('span', { class: 'name' }, this.name(i)),
      marks.length > 0 && el('span', { class: 'weight', 'aria-label': marks.join(', ') , role: 'img' }, '!'),
      node.tokens !== undefined && el('span', { class: 'weight' }, number(node.tokens)));
    this.buttons[i] = button;
    return button;
  }

  show(earlier) {
    const find = (id) => this.nodes.findIndex((node) => node.id === id);
    const roots = this.data.ladders;
    this.draw_budget(earlier.root ? find(earlier.root) : roots.length > 0 ? roots[0].root : -1, earlier.rung);
    this.layout();
    if (earlier.chosen && find(earlier.chosen) >= 0) this.choose(find(earlier.chosen));
    else this.draw_details();
  }

  // What a page that is drawn anew takes over from this one.
  keep() {
    document.onkeydown = null;
    this.watch.disconnect();
    this.scheme.removeEventListener('change', this.recolour);
    const id = (node) => node >= 0 && this.nodes[node] ? this.nodes[node].id : undefined;
    return { filter: this.filter, words: this.words, chosen: id(this.chosen), rung: this.rung,
      root: this.ladder ? id(this.ladder.root) : undefined };
  }

  passes(i) {
    const node = this.nodes[i];
    switch (this.filter) {
      case 'near': return this.chosen < 0 || i === this.chosen || this.reach.has(i);
      case 'orphans': return node.orphan === true;
      case 'dangling': return this.dangling[i].length > 0;
      case 'shadowed': return node.shadowed_by !== undefined;
      case 'alike': return this.alike[i].length > 0;
      case 'findings': return this.findings[i].length > 0;
      case 'heavy': return node.tokens !== undefined && node.tokens >= this.heavy();
      case 'bundle': return !this.ladder || this.ladder.parts.some((part) => part[0] === i && (part[4] >> this.rung) & 1);
      default: return true;
    }
  }

  heavy() {
    if (this.heavy_from === undefined) {
      const sorted = this.nodes.map((node) => node.tokens || 0).sort((a, b) => b - a);
      this.heavy_from = sorted[Math.min(29, sorted.length - 1)];
    }
    return this.heavy_from;
  }

  // Columns by weight where the heaviest are asked for, else as the map has them: near what they are linked with.
  arrange() {
    const by_weight = this.filter === 'heavy';
    if (by_weight === this.by_weight) return;
    this.by_weight = by_weight;
    this.order.forEach((nodes, column) => {
      nodes.sort((a, b) => by_weight && this.nodes[b].tokens !== this.nodes[a].tokens ?
        (this.nodes[b].tokens || 0) - (this.nodes[a].tokens || 0) : this.nodes[a].row - this.nodes[b].row);
      if (this.lists[column].isConnected) this.lists[column].append(...nodes.map((i) => this.buttons[i].parentNode));
    });
  }

  // Decides what is visible and where; the canvas then draws links between what is.
  layout() {
    this.arrange();
    const words = this.words.toLowerCase().split(/\s+/).filter(Boolean);
    this.y = new Int32Array(this.nodes.length).fill(-1);
    this.x = new Int32Array(this.nodes.length);
    let total = 0, shown_columns = 0, most = 0;
    this.order.forEach((nodes, column) => {
      let row = 0;
      for (const i of nodes) {
        const visible = this.passes(i) && words.every((word) => this.text[i].includes(word));
        this.buttons[i].parentNode.hidden = !visible;
        if (!visible) continue;
        this.x[i] = left_edge + shown_columns * column_step;
        this.y[i] = head_height + row++ * row_height + button_height / 2;
      }
      this.count_of[column].textContent = row === nodes.length ? number(row) : row + ' of ' + nodes.length;
      if (nodes.length > 0) ++shown_columns;
      total += row;
      most = Math.max(most, row);
    });
    this.height = head_height + most * row_height;
    this.width = left_edge + shown_columns * column_step;
    this.total = total;
    this.say();
    const held = this.buttons.findIndex((button) => button.tabIndex === 0);
    if (held < 0 || this.y[held] < 0) this.hold(this.first());
    this.edges = this.data.links.filter(([from, to]) => this.y[from] >= 0 && this.y[to] >= 0);
    this.redraw();
  }

  say() {
    const words = this.words.trim(), chosen = this.filters.find(([value]) => value === this.filter);
    const why = { orphans: ': something calls every manifest', dangling: ': every name matches something', shadowed: ': no name is taken twice',
      alike: ': no two have nearly the same text', findings: ': cascade validate finds nothing', bundle: ': the smallest bundle needs more' }[this.filter] || '';
    const none = this.total === 0 && (words ? 'nothing' + (this.filter === 'all' ? '' : ' among “' + chosen[1] + '”') : 'none in this library' + why);
    this.status.textContent = (none || entries(this.total) + ' shown') + (words ? ' for “' + shown(words) + '”' + (none ? '; Escape in the search clears it' : '') : '') +
      (this.chosen >= 0 ? '; chosen: ' + shown(this.nodes[this.chosen].id) : '');
  }

  first() {
    for (const nodes of this.order) for (const i of nodes) if (this.y[i] >= 0) return i;
    return -1;
  }

  // Of all buttons, Tab reaches one.
  hold(node) {
    if (this.held !== undefined && this.buttons[this.held]) this.buttons[this.held].tabIndex = -1;
    if (node < 0) return;
    this.held = node;
    this.buttons[node].tabIndex = 0;
  }

  focus(node) {
    if (node < 0) return;
    this.hold(node);
    this.buttons[node].focus({ preventScroll: true });
    const area = this.scroller;
    if (this.y[node] - head_height - row_height < area.scrollTop) area.scrollTop = this.y[node] - head_height - row_height;
    if (this.y[node] + row_height > area.scrollTop + area.clientHeight) area.scrollTop = this.y[node] + row_height - area.clientHeight;
    if (this.x[node] < area.scrollLeft) area.scrollLeft = this.x[node] - left_edge;
    if (this.x[node] + column_step > area.scrollLeft + area.clientWidth) area.scrollLeft = this.x[node] + column_step - area.clientWidth;
  }

  key(event) {
    const at = Number(event.target.dataset.node);
    if (Number.isNaN(at)) return;
    const column = this.nodes[at].column;
    const visible = this.order[column].filter((i) => this.y[i] >= 0);
    const row = visible.indexOf(at);
    const moves = { ArrowDown: row + 1, ArrowUp: row - 1, Home: 0, End: visible.length - 1, PageDown: row + 15, PageUp: row - 15 };
    let next = -1;
    if (event.key in moves) next = visible[Math.max(0, Math.min(visible.length - 1, moves[event.key]))];
    else if (event.key === 'ArrowRight' || event.key === 'ArrowLeft') next = this.beside(at, event.key === 'ArrowRight' ? 1 : -1);
    else if (event.key === 'Escape') { this.choose(-1); next = at; }
    else return;
    event.preventDefault();
    this.focus(next);
  }

  // The first linked node in the next column that has any, else the one at the same height.
  beside(at, step) {
    for (let column = this.nodes[at].column + step; column >= 0 && column < this.order.length; column += step) {
      const visible = this.order[column].filter((i) => this.y[i] >= 0);
      if (visible.length === 0) continue;
      const linked = new Set([...this.out[at].map((i) => this.data.links[i][1]), ...this.into[at].map((i) => this.data.links[i][0])]);
      const found = visible.find((i) => linked.has(i));
      if (found !== undefined) return found;
      return visible.reduce((best, i) => Math.abs(this.y[i] - this.y[at]) < Math.abs(this.y[best] - this.y[at]) ? i : best);
    }
    return at;
  }

  choose(node) {
    for (const button of this.scroller.querySelectorAll('.linked')) button.classList.remove('linked');
    if (this.chosen >= 0) this.buttons[this.chosen].setAttribute('aria-pressed', 'false');
    this.chosen = node;
    this.reach = new Set();
    if (node >= 0) {
      this.buttons[node].setAttribute('aria-pressed', 'true');
      for (const i of this.out[node]) this.reach.add(this.data.links[i][1]);
      for (const i of this.into[node]) this.reach.add(this.data.links[i][0]);
      for (const i of this.reach) this.buttons[i].classList.add('linked');
      if (this.ladder_of.has(node)) this.draw_budget(node, this.rung);
    }
    this.draw_details();
    if (this.filter === 'near') this.layout();
    else {
      this.say();
      this.mark_links();
    }
    if (node >= 0 && this.y[node] >= 0) this.hold(node);
  }

  // Everything that leads to a node, over any number of links that are followed.
  leading_to(node) {
    const met = new Set([node]);
    for (const at of met)
      for (const i of this.into[at]) if (this.data.links[i][2] < 2) met.add(this.data.links[i][0]);
    met.delete(node);
    return met;
  }

  go(node) {
    if (node === null || node === undefined) return 'not on the map';
    return el('button', { type: 'button', class: 'go', onclick: () => {
      if (this.y[node] < 0) { this.filter = 'all'; this.words = this.search.value = ''; document.querySelector('.bar select').value = 'all'; }
      this.choose(node);
      this.focus(node);
    } }, this.nodes[node].id);
  }

  links_table(caption, links, other) {
    if (links.length === 0) return el('p', { class: 'soft' }, caption + ': none');
    return table(caption + ' (' + links.length + ')', ['manifest', 'how and where'], links.map((i) => {
      const [from, to, strength, via, line, column] = this.data.links[i];
      return [this.go(other === 'to' ? to : from), [this.data.strengths[strength] + ', ' + this.data.vias[via], el('br'),
        line === 0 ? 'front matter' : place(this.nodes[from].path, line, column)]];
    }));
  }

  draw_details() {
    this.details.replaceChildren();
    if (this.chosen < 0) {
      put(this.details, [el('h2', null, 'Nothing chosen'), el('p', { class: 'soft' },
        'Choose a manifest to see what it leads to, what hangs on it, and where each link is written.')]);
      return;
    }
    const i = this.chosen, node = this.nodes[i];
    const above = [...this.leading_to(i)].map((one) => this.nodes[one].id);
    put(this.details, [el('h2', null, node.id), this.facts(i),
      this.links_table('Leads to', this.out[i], 'to'), this.links_table('Hangs on it: what calls or names it', this.into[i], 'from'),
      el('p', { class: 'soft' }, above.length === 0 ? 'Nothing leads to it.' :
        `${entries(above.length)} ${above.length === 1 ? 'leads' : 'lead'} to it over any number of links: ` +
        above.slice(0, 30).join(', ') + (above.length > 30 ? ' and ' + (above.length - 30) + ' more' : '')),
      this.dangling[i].length > 0 && table('Names that match nothing', ['name', 'place', 'near'], this.dangling[i].map((one) =>
        [one.to, place(node.path, one.line, one.column), (one.ambiguous ? 'one of ' : '') + one.nearby.join(', ')])),
      this.alike[i].map((group) => el('div', null, el('h3', null, `Nearly the same (${group.alike_per_mille / 10} %, ${count(group.wasted_tokens, 'token')} wasted)`),
        group.nodes.filter((one) => one !== i).map((one) => el('p', null, this.go(one))))),
      this.findings[i].length > 0 && table('Findings', ['rule', 'place', 'what'], this.findings[i].map((one) =>
        [one.severity + ' ' + one.rule, place('', one.line, one.column), one.message])),
      node.sections && table('Sections', ['section', '#line', '#tokens'], node.sections.map(([heading, level, line, tokens]) =>
        [' '.repeat(Math.max(0, level - 1) * 2) + (heading || '(lead)'), number(line), number(tokens)])),
      node.files && table('Linked files', ['file', '#tokens', 'what it says of itself'], node.files.map(([place, tokens, purpose]) =>
        [place, tokens ? number(tokens) : '', purpose])),
      node.more_sections && el('p', { class: 'soft' }, number(node.more_sections) + ' more sections')]);
  }

  facts(i) {
    const node = this.nodes[i];
    if (node.path === undefined) return el('p', null, 'A tool. ', count(this.into[i].length, 'manifest'), ' may use it.');
    const rank = this.nodes.filter((other) => (other.tokens || 0) > node.tokens).length + 1;
    return el('div', null,
      el('p', { class: 'soft' }, node.scope + (node.plugin ? ', plugin ' + node.plugin : '') + ': ' + node.path),
      el('p', null, badge(count(node.tokens, 'token')), badge('number ' + rank + ' by weight'),
        node.orphan && badge('orphan: nothing calls it', 'warn'),
        node.shadowed_by && badge('shadowed by ' + node.shadowed_by.scope + ' ' + node.shadowed_by.path, 'warn')),
      el('p', null, node.description));
  }

  all_findings() {
    const rest = this.data.findings;
    if (rest.length === 0) return el('p', { class: 'soft' }, 'No findings of cascade validate.');
    return el('details', null, el('summary', null, 'Findings of cascade validate (' + number(rest.length) + ')'),
      table('Findings', ['rule', 'place', 'what', 'next step'], rest.slice(0, 500).map((one) =>
        [one.severity + ' ' + one.rule, place(one.path, one.line, one.column), one.message, one.help])));
  }

  // --- the budget ---

  draw_budget(root, rung) {
    this.ladder = this.ladder_of.get(root);
    this.budget.replaceChildren();
    if (!this.ladder) {
      if (this.data.ladders.length === 0) this.budget.append(el('p', { class: 'soft' }, 'No bundles were made for this page.'));
      return;
    }
    const rungs = this.ladder.rungs;
    this.rung = Math.min(rung === undefined ? Math.floor(rungs.length / 2) : rung, rungs.length - 1);
    const slider = el('input', { type: 'range', id: 'budget', min: 0, max: rungs.length - 1, step: 1, value: this.rung,
      'aria-label': 'Budget in tokens', oninput: () => { this.rung = Number(slider.value); this.draw_rung(slider); } });
    this.outcome = el('div', { id: 'outcome' });
    const names = this.data.ladders.map((ladder) => [String(ladder.root), this.nodes[ladder.root].id]);
    this.budget.append(el('h2', null, 'What a budget leaves out'), el('p', { class: 'soft' }, 'A bundle is the text that a model gets of one manifest and what it calls. ' +
      'Move the budget to see which sections fall out; the number after each says by how many tokens the budget would have to grow to bring it in.'), el('div', { class: 'bar' },
      choice('Bundle of', names, String(root), (value) => this.draw_budget(Number(value), this.rung)),
      el('label', null, 'Budget', slider, this.amount = el('output', { for: 'budget' }))), this.outcome);
    this.draw_rung(slider);
  }

  // By "node section": the form that rung `i` has of it.
  forms_at(i) {
    const forms = new Map();
    for (const part of this.ladder.parts)
      if ((part[4] >> i) & 1 && !['cut', 'same', 'name'].includes(this.data.forms[part[2]]))
        forms.set(part[0] + ' ' + part[1] + (this.data.forms[part[2]] === 'card' ? ' card' : ''), part);
    return forms;
  }

  part_name(part) {
    const node = part[0] === null ? null : this.nodes[part[0]], form = this.data.forms[part[2]];
    if (node === null) return 'a manifest that is not on the map';
    if (form === 'card') return [this.go(part[0]), ': card'];
    const section = (node.sections || [])[part[1]];
    return [this.go(part[0]), ' › ' + (form === 'resource' ? 'linked file' : !section ? 'section ' + part[1] : section[0] || 'lead'),
      form === 'section' || form === 'lead' ? '' : ' (' + form + ')'];
  }

  draw_rung(slider) {
    const rungs = this.ladder.rungs, rung = rungs[this.rung], last = rungs.length - 1;
    const here = this.forms_at(this.rung), whole = this.forms_at(last), below = this.rung > 0 ? this.forms_at(this.rung - 1) : new Map();
    const price = new Map();
    for (const [part, shortfall] of rung.out) {
      const [node, section, form] = this.ladder.parts[part];
      const key = node + ' ' + section + (this.data.forms[form] === 'card' ? ' card' : '');
      if (!price.has(key) || shortfall < price.get(key)) price.set(key, shortfall);
    }
    const missing = [...new Map([...rung.out.map(([part]) => this.ladder.parts[part])
      .map((part) => [part[0] + ' ' + part[1] + (this.data.forms[part[2]] === 'card' ? ' card' : ''), part]), ...whole])]
      .filter(([key]) => !here.has(key));
    const shorter = [...here].filter(([key, part]) => whole.has(key) && whole.get(key)[2] !== part[2]);
    const text = number(rung.budget) + ' tokens';
    slider.setAttribute('aria-valuetext', text);
    this.amount.textContent = text;
    this.outcome.replaceChildren();
    put(this.outcome, [this.verdict(rung), el('div', { class: 'two' },
      el('div', { class: 'lists', tabindex: 0, role: 'region', 'aria-label': 'Left out' }, el('h3', null, `Left out at ${text} (${missing.length})`),
        el('ul', { id: 'falls-out' }, missing.map(([key, part]) => el('li', null, this.part_name(part), `, ${count(part[3], 'token')}` +
          (price.get(key) > 0 ? `; ${number(price.get(key))} more would bring it in` : '')))),
        shorter.length > 0 && el('h3', null, 'Shortened'),
        shorter.length > 0 && el('ul', null, shorter.map(([, part]) => el('li', null, this.part_name(part))))),
      el('div', { class: 'lists', tabindex: 0, role: 'region', 'aria-label': 'In the bundle' }, el('h3', null, `In at ${text} (${here.size})`),
        el('ul', { id: 'in-bundle' }, [...here].map(([key, part]) => el('li', null, this.part_name(part), `, ${count(part[3], 'token')} `,
          this.rung > 0 && !below.has(key) && badge('gone at ' + number(rungs[this.rung - 1].budget), 'warn'))))))]);
    const nodes_in = new Set([...here.values()].map((part) => part[0])), nodes_all = new Set([...whole.values()].map((part) => part[0]));
    this.buttons.forEach((button, i) => {
      button.classList.toggle('in', nodes_in.has(i));
      button.classList.toggle('fell', nodes_all.has(i) && !nodes_in.has(i));
    });
    if (this.filter === 'bundle' && this.y) this.layout();
  }

  verdict(rung) {
    if (rung.status !== 'ok')
      return el('p', null, badge(rung.status, 'bad'), rung.status === 'infeasible' ? 'the smallest bundle needs ' + count(rung.tokens, 'token') : '');
    const proof = proof_of(rung.proof, rung.gap_ppm);
    return el('p', null, badge(`${number(rung.tokens)} of ${number(rung.budget)} tokens`), badge(count(rung.chars, 'character')), badge(proof, 'good'));
  }

  // --- the canvases ---
  // Links stand still in tiles that are scrolled like the buttons, so panning draws nothing anew. A tile is drawn in
  // short turns, and only near what is seen; the links of what is chosen are on a canvas of their own above them.

  later() {
    if (!this.waiting) this.waiting = requestAnimationFrame(() => { this.waiting = 0; this.paint(); });
  }

  fresh_tiles() {
    for (const tile of this.tiles || []) if (tile) tile.canvas.remove();
    this.tiles = [];
    this.undrawn = [];
  }

  paint() {
    const area = this.scroller, ratio = devicePixelRatio || 1;
    const first = Math.max(0, Math.floor((area.scrollTop - area.clientHeight) / tile_height));
    const last = Math.min(Math.floor((this.height - 1) / tile_height), Math.floor((area.scrollTop + 2 * area.clientHeight) / tile_height));
    for (let i = first; i <= last; ++i) if (!this.tiles[i]) this.begin_tile(i, ratio);
    this.tiles.forEach((tile, i) => {
      if (i >= first - 8 && i <= last + 8) return;
      tile.canvas.remove();  // far away: its memory is worth more
      delete this.tiles[i];
    });
    this.work();
  }

  begin_tile(i, ratio) {
    const top = i * tile_height, canvas = el('canvas', { class: 'tile', 'aria-hidden': 'true' });
    canvas.width = Math.round(this.width * ratio);
    canvas.height = Math.round(tile_height * ratio);
    canvas.style.width = this.width + 'px';
    canvas.style.height = tile_height + 'px';
    canvas.style.top = top + 'px';
    const context = canvas.getContext('2d');
    context.setTransform(ratio, 0, 0, ratio, 0, -top * ratio);
    const edges = this.edges.filter(([from, to]) => Math.max(this.y[from], this.y[to]) >= top && Math.min(this.y[from], this.y[to]) <= top + tile_height);
    this.columns.prepend(canvas);
    this.tiles[i] = { canvas, context, edges, at: 0, top };
    this.undrawn.push(i);
  }

  // What is seen first, a few links in each frame; then the next frame goes on. While the map is being panned fewer are
  // drawn, because a canvas does its work later than it is told to, and no clock here sees it.
  work() {
    const middle = this.scroller.scrollTop + this.scroller.clientHeight / 2 - tile_height / 2, begin = performance.now();
    let batches = begin - (this.panned || -1000) < 200 ? 1 : 8;
    this.undrawn = this.undrawn.filter((i) => this.tiles[i] && this.tiles[i].at < this.tiles[i].edges.length)
      .sort((a, b) => Math.abs(a * tile_height - middle) - Math.abs(b * tile_height - middle));
    for (const i of this.undrawn) {
      const tile = this.tiles[i];
      while (tile.at < tile.edges.length && batches > 0 && performance.now() - begin < 5) {
        this.stroke_all(tile.context, tile.edges.slice(tile.at, tile.at + 150));
        tile.at += 150;
        --batches;
      }
      if (batches === 0 || performance.now() - begin >= 5) break;
    }
    if (this.undrawn.some((i) => this.tiles[i].at < this.tiles[i].edges.length)) this.later();
  }

  stroke_all(context, edges) {
    const is_tool = ([, to]) => this.nodes[to].path === undefined;  // nearly everything uses tools: those links are faint
    const many = this.edges.length > 4000;
    this.strokes(context, edges.filter(is_tool), this.colour, 0.07, 1);
    this.strokes(context, edges.filter((edge) => !is_tool(edge)), this.colour, many ? 0.13 : 0.35, 1);
  }

  mark_links() {
    const ratio = devicePixelRatio || 1, canvas = this.canvas, context = canvas.getContext('2d');
    const edges = this.chosen < 0 ? [] : this.edges.filter(([from, to]) => from === this.chosen || to === this.chosen);
    const ends = edges.flatMap(([from, to]) => [this.y[from], this.y[to]]);
    const top = edges.length === 0 ? 0 : Math.max(0, Math.min(...ends) - 40);
    const height = edges.length === 0 ? 0 : Math.min(16_000, Math.max(...ends) + 40 - top);
    const fine = height > 4000 ? 1 : ratio;
    canvas.width = edges.length === 0 ? 0 : Math.round(this.width * fine);
    canvas.height = Math.round(height * fine);
    canvas.style.width = this.width + 'px';
    canvas.style.height = height + 'px';
    canvas.style.top = top + 'px';
    context.setTransform(fine, 0, 0, fine, 0, -top * fine);
    this.strokes(context, edges, this.mark, 1, 1.6);
  }

  // Many links are drawn as straight lines, which cost a third of curves.
  strokes(context, edges, colour, alpha, width) {
    if (edges.length === 0) return;
    context.strokeStyle = colour;
    context.globalAlpha = alpha;
    context.lineWidth = width;
    context.beginPath();
    const straight = this.edges.length > 4000 && edges.length > 60;
    for (const [from, to] of edges) {
      const forwards = this.x[from] < this.x[to];
      const x1 = this.x[from] + button_width, x2 = forwards ? this.x[to] : this.x[to] + button_width;
      context.moveTo(x1, this.y[from]);
      if (straight && forwards) context.lineTo(x2, this.y[to]);
      else {
        const bend = forwards ? (x1 + x2) / 2 : Math.max(x1, x2) + 40;
        context.bezierCurveTo(bend, this.y[from], bend, this.y[to], x2, this.y[to]);
      }
    }
    context.stroke();
    context.globalAlpha = 1;
  }

  // Colours may have changed, or what is visible, or what is chosen.
  redraw() {
    const style = getComputedStyle(document.documentElement);
    this.colour = style.getPropertyValue('--edge');
    this.mark = style.getPropertyValue('--mark');
    this.fresh_tiles();
    this.mark_links();
    this.later();
  }
}
