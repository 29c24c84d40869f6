// The map: whether one's own manifests are fine, the list of all by owner and area, and of the chosen one what leads to it
// and what it leads to. Node numbers are those of the data.
const own_entry = 'skill:cascade';  // which init writes: nobody's own work
const most_rows = 200, most_flat = 40, least_sessions = 20, most_near = 40;

view.map = (data, main, earlier) => new LibraryMap(data, main, earlier);

class LibraryMap {
  constructor(data, main, earlier) {
    this.data = data;
    this.nodes = data.nodes;
    this.chosen = -1;
    this.rung = earlier.rung;
    this.filter = earlier.filter || 'all';
    this.words = earlier.words || '';
    this.index();
    this.build(main);
    const find = (id) => this.nodes.findIndex((node) => node.id === id);
    this.list();
    this.choose(earlier.chosen && find(earlier.chosen) >= 0 ? find(earlier.chosen) : this.opening());
  }

  // What each node is linked with, whose it is, and what is wrong with it.
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
    this.ladder_of = new Map(this.data.ladders.map((ladder) => [ladder.root, ladder]));
    this.manifests = this.nodes.map((node, i) => i).filter((i) => this.nodes[i].path !== undefined);
    this.asked = this.data.asked || [];
    this.own = this.manifests.filter((i) => this.owner(i) === 'yours');
    this.broken = this.manifests.filter((i) => !['yours', 'shipped'].includes(this.owner(i)) && this.findings[i].some((one) => one.severity === 'error'));  // a team's, a plugin's
    this.states = new Map([...this.own, ...this.broken].map((i) => [i, this.state_of(i)]));
    this.faulty = this.own.filter((i) => this.states.get(i)).sort((a, b) => this.states.get(a).rank - this.states.get(b).rank);
    this.mixed = this.own.length < this.manifests.length;
  }

  name(i) { return this.nodes[i].id.slice(this.nodes[i].id.indexOf(':') + 1); }
  // As it can be opened: the paths of all roots but the first have a mark before them.
  file(i) {
    const { path, scope, added } = this.nodes[i], mark = path.slice(0, path.indexOf('/') + 1).match(/^[^/:]*:/), label = mark ? mark[0] : '';
    const folder = (this.data.folders || {})[label];
    return folder === undefined || (scope === 'builtin' && !added) ? path : folder + path.slice(label.length);
  }
  kind(i) { return this.data.columns[this.nodes[i].column]; }

  owner(i) {
    const { id, scope, plugin, path, added } = this.nodes[i];
    return path === undefined ? 'a tool' : added ? 'added' : scope === 'builtin' || id === own_entry ? 'shipped' : scope === 'plugin' ? 'plugin ' + (plugin || '(without a name)') : 'yours';
  }

  // Of one's own, worst first; nothing: it is fine. `group`: in the sentence, after a number.
  state_of(i) {
    const node = this.nodes[i], id = node.id, error = this.findings[i].find((one) => one.severity === 'error');
    if (error) return { rank: 0, group: this.data.unjudged ? ['is not read right', 'are not read right'] : ['broken', 'broken'], text: `${this.data.unjudged ? 'not read right' : 'broken'}: ${error.message}`,
      step: { say: `Mend ${id}: ${error.message}.`, more: this.fault_at(i, error) + (error.help ? ': ' + error.help.split('; ')[0] : ''), run: 'cascade validate ' + shell_word(this.file(i)) } };
    if (node.shadowed_by) {
      const { scope, path, node: other } = node.shadowed_by;
      const whose = scope === 'plugin' ? 'a plugin\'s' : other !== null && this.nodes[other].added ? 'one that you added' : scope === 'builtin' ? 'a shipped one' : 'another of yours';
      return { rank: 1, group: ['is hidden by ' + whose, 'are hidden by ' + whose], text: 'hidden by ' + whose + ' of this name',
        step: { say: `Rename ${id}, or take the other away: ${whose === 'a plugin\'s' && other !== null ? this.owner(other) + ' has one of this name, which wins' : whose + ' of this name wins'}.`,
          more: this.file(i) + ' is hidden by ' + (other === null ? path : this.file(other)), run: 'cascade show ' + shell_word(id) } };
    }
    if (node.off) return { rank: 2, group: ['is switched off', 'are switched off'], text: 'switched off', step: this.switched_on(i) };
    if (this.dangling[i].length > 0) return { rank: 3, group: ['names what is not there', 'name what is not there'], text: `names ${all_of(this.dangling[i].map((one) => one.to))}, which ${this.dangling[i].length === 1 ? 'is' : 'are'} not there`,
      step: { say: `${id} names ${this.dangling[i][0].to}, which is not there.`, more: place(this.file(i), this.dangling[i][0].line, this.dangling[i][0].column) +
        (this.dangling[i][0].nearby.length > 0 ? '; near: ' + this.dangling[i][0].nearby.join(', ') : ''), run: 'cascade why ' + shell_word(this.dangling[i][0].to) + ' --from ' + shell_word(id) } };
    if (node.silent >= least_sessions) return { rank: 4, group: ['never came', 'never came'], text: `never came in ${count(node.silent, 'conversation')}`,
      step: { say: `See whether ${id} answers what you ask: it never came in the ${count(node.silent, 'conversation')} since its file last changed.`,
        more: `Perhaps nobody asked for such work; if somebody did, its description lacks their words. ${this.file(i)}`, run: `cascade why not ${shell_word(id)} --prompt "WHAT YOU WOULD ASK"` } };
    if (node.orphan && this.kind(i) === 'agent') return { rank: 5, group: ['that nothing calls', 'that nothing calls'], text: 'called by nothing',
      step: { say: `Name ${id} in the skill that should start it, or delete it: nothing calls it.`, more: this.file(i), run: 'cascade show ' + shell_word(id) } };
    return null;
  }

  // The command beside it has the file.
  fault_at(i, error) {
    return this.data.unjudged || error.path === this.nodes[i].path ? 'Line ' + place(number(error.line), error.column) : place(error.path, error.line, error.column);
  }

  // `cascade skills` takes back a line of one's own by the words that stand in it; any other is taken out where it stands.
  switched_on(i) {
    const { id, off_by, off_because } = this.nodes[i], line = /^skills: (.+): off in /.exec(off_because || '');
    const by_verb = line && (off_by === 'user' || off_by === 'local');
    return { say: by_verb ? `Switch ${id} on again, or delete it.` : `Take out what switches ${id} off, or delete it.`, more: off_because || this.file(i),
      run: by_verb ? 'cascade skills on ' + shell_word(line[1]) + (off_by === 'local' ? ' --here' : '') : 'cascade why ' + shell_word(id) };
  }

  // A skill has the bare name there, as long as nothing else has it.
  switch_name(i) { return this.kind(i) === 'skill' && this.manifests.every((other) => other === i || this.name(other) !== this.name(i)) ? this.name(i) : this.nodes[i].id; }

  // "skill:review calls agent:linter and agent:prover; playbook:ship calls it."
  said_of(i) {
    const near = (end, least, most) => this.neighbours(i, end).filter(([node, strength]) => strength >= least && strength < most && this.nodes[node].path !== undefined).map(([node]) => node);
    const calls = (end) => near(end, 0, 2), mentions = (end) => near(end, 2, 3);
    const named = (nodes) => nodes.length <= 3 ? all_of(nodes.map((node) => this.nodes[node].id)) : all_of(this.data.columns.map((column, at) => [column, nodes.filter((node) => this.nodes[node].column === at).length])
      .filter(([, of]) => of > 0).map(([column, of]) => count(of, column)));
    const [callers, called] = [calls(0), calls(1)], state = this.state_of(i);
    const does = called.length > 0 ? 'calls ' + named(called) : 'calls nothing' + (mentions(1).length > 0 ? ', but mentions ' + named(mentions(1)) : '');
    const by = callers.length > 0 ? `${named(callers)} ${callers.length === 1 ? 'calls' : 'call'} it` :
      'nothing calls it' + (mentions(0).length > 0 ? `, but ${named(mentions(0))} ${mentions(0).length === 1 ? 'mentions' : 'mention'} it` : '');
    return `${this.nodes[i].id} ${does}; ${by}.` + (state && state.rank < 5 ? ` It ${state.rank < 3 ? 'is ' : ''}${state.text}.` : '');
  }

  // "1 from elsewhere is broken: skill:rota. Your 12: 9 fine, 2 never came, 1 is hidden by a plugin's."
  verdict() {
    const broken = this.broken.length, names = this.broken.slice(0, 3).map((i) => this.nodes[i].id);
    return (broken > 0 && this.asked.length === 0 ? `${number(broken)} from elsewhere ${broken === 1 ? 'is' : 'are'} ${this.data.unjudged ? 'not read right' : 'broken'}: ${all_of(broken > 3 ? [...names, number(broken - 3) + ' more'] : names)}. ` : '') + this.verdict_of_own();
  }

  verdict_of_own() {
    if (this.asked.length > 0) return this.asked.slice(0, 3).map((i) => this.said_of(i)).join(' ') + (this.asked.length > 3 ? ` And ${number(this.asked.length - 3)} more.` : '');
    const groups = new Map();
    for (const state of this.faulty.map((i) => this.states.get(i))) groups.set(state.group[0], [...(groups.get(state.group[0]) || []), state]);
    const bad = [...groups.values()].map((states) => number(states.length) + ' ' + states[0].group[states.length === 1 ? 0 : 1]);
    const fine = this.own.length - this.faulty.length;
    if (this.own.length === 0) return `None of these ${count(this.manifests.length, 'manifest')} is yours.`;
    const whose = this.mixed ? 'Your ' : 'These ';
    if (bad.length === 0) return this.own.length === 1 ? `${this.mixed ? 'Your one manifest' : 'This one manifest'} is fine.` : `${whose}${number(this.own.length)} are all fine.`;
    return `${whose}${number(this.own.length)}: ${[...fine > 0 ? [number(fine) + ' fine'] : [], ...bad].join(', ')}.`;
  }

  steps() {
    if (this.asked.length > 0) {
      const names = this.asked.map((i) => shell_word(this.nodes[i].id)).join(' ');
      return [...this.asked.map((i) => this.state_of(i)).filter(Boolean).map((state) => state.step), { say: 'See the text that a model gets of it, and why each part is in.', run: 'cascade page bundle ' + names + ' --open' }];
    }
    const steps = [...this.broken, ...this.faulty].map((i) => ({ ...this.states.get(i).step, about: this.nodes[i].id }));
    if (steps.length > 0) return steps;
    if (this.own.length === 0) return [{ say: 'Write one of your own.', run: 'cascade new skill NAME' }];
    return [{ say: 'Nothing. See whether a prompt of yours finds what it should.', run: 'cascade route "WHAT YOU WOULD ASK"' }];
  }

  // What was asked for, one's own with a fault, else the first playbook, else the most linked.
  opening() {
    if (this.asked.length > 0) return this.asked[0];
    const links = (i) => this.out[i].length + this.into[i].length;
    const of = this.own.length > 0 ? this.own : this.manifests;
    const bad = this.mixed ? [...this.broken, ...this.faulty][0] : undefined, first = of.find((i) => this.nodes[i].column === 0);
    return bad !== undefined ? bad : first !== undefined ? first : of.reduce((best, i) => best < 0 || links(i) > links(best) ? i : best, -1);
  }

  build(main) {
    this.status = el('p', { class: 'soft', role: 'status' });
    this.groups = el('div', { class: 'groups', onkeydown: (event) => this.key(event) });
    this.details = el('section', { class: 'chosen', 'aria-label': 'What is chosen', onkeydown: (event) => this.key(event) });
    put(main, [answer(this.verdict()), this.meaning(), this.costs(), this.at_work(), to_do(this.steps()),
      el('div', { class: 'sides' }, el('section', { 'aria-label': 'All manifests' }, el('h2', null, 'All'), this.tools(), this.status, this.groups), this.details),
      el('h2', null, 'Everything else'), this.unjudged(), this.summary(), this.left_out(), this.all_findings()]);
    document.onkeydown = (event) => {
      if (event.key !== '/' || /INPUT|SELECT|TEXTAREA/.test(document.activeElement.tagName)) return;
      event.preventDefault();
      this.search.focus();
    };
  }

  summary() {
    const tokens = this.manifests.reduce((sum, i) => sum + this.nodes[i].tokens, 0);
    return el('p', { id: 'summary' }, `${count(this.manifests.length, 'manifest')}, ${count(this.data.links.length, 'link')}, ${count(tokens, 'token')}; ` +
      `${count(this.data.unbound.length, 'dangling name')}, ${count(this.data.findings.length, 'finding')}.`);
  }

  // What a newcomer must know. On a telephone the search is below the first screen.
  meaning() {
    return this.asked.length === 0 && soft('A manifest is a skill, agent, command or playbook. Cascade sends a model those that a prompt needs. ',
      el('button', { type: 'button', class: 'go narrow screen', onclick: () => { this.search.focus(); this.search.scrollIntoView(); } }, 'Find one of ' + number(this.manifests.length)));
  }

  // What each request pays, which one of one's own is dearest, and how one is switched off.
  costs() {
    if (this.asked.length > 0) return null;
    const dearest = this.own.filter((i) => !this.nodes[i].off).reduce((best, i) => best < 0 || this.nodes[i].tokens > this.nodes[best].tokens ? i : best, -1);
    return soft(this.data.every_request > 0 && `Each request lists them in ${count(this.data.every_request, 'token')}. `,
      dearest >= 0 && [`${this.mixed ? 'Your heaviest' : 'Heaviest'}: ${this.name(dearest)}, ${number(this.nodes[dearest].tokens)}. Switch one off: `, el('code', null, at_its_place('cascade skills off NAME'))]);
  }

  // When the page was drawn is the time of its file; a served one says itself that it is live. What was shipped is counted
  // where its text came, not where its name was offered.
  at_work() {
    if (this.asked.length > 0) return null;
    const drawn = 'served' in document.body.dataset ? '' : `Drawn ${new Date(document.lastModified).toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'short' })}. `;
    const shipped = this.manifests.filter((i) => this.owner(i) === 'shipped' && this.nodes[i].id !== own_entry), loaded = shipped.filter((i) => this.nodes[i].loaded);
    const names = loaded.slice(0, 2).map((i) => this.name(i));
    return soft(drawn + (this.data.sessions > 0 ? `At work in ${count(this.data.sessions, 'conversation')} of 30 days.` : 'At work in no conversation of 30 days: cascade doctor says why.') +
      (shipped.length > 0 ? ` ${number(shipped.length)} more are shipped` + (loaded.length > 0 ? `; loaded: ${all_of(loaded.length > 2 ? [...names, number(loaded.length - 2) + ' more'] : names)}.` :
        this.data.sessions > 0 ? '; none was loaded.' : '.') : ''));
  }

  // Of several owners' sources the map knows what reading them said, and no more.
  unjudged() {
    return this.data.unjudged && this.asked.length === 0 && this.own.length + this.broken.length > 0 &&
      soft('Fine is what is read right, can come and is in use. This page counts the manifests that are not read right; cascade doctor counts findings, by every rule and in every file, so it may tell more.');
  }

  left_out() {
    const said = Object.entries(this.data.left_out).filter(([, value]) => value > 0)
      .map(([what, value]) => count(value, { manifests: 'manifest', links: 'link', findings: 'finding', ladders: 'bundle' }[what]));
    return said.length > 0 && el('p', { class: 'soft', id: 'left-out' }, 'Left out, because pages this large are slow: ' + all_of(said) +
      '. The most linked manifests are here; cascade page map NAME shows the surroundings of one.');
  }

  tools() {
    this.search = el('input', { type: 'search', id: 'search', autocomplete: 'off', value: this.words, oninput: () => {
      this.words = this.search.value;
      this.list();
    }, onkeydown: (event) => {
      if (event.key === 'Escape') { this.search.value = this.words = ''; this.list(); }
      const first = this.rows()[0];
      if ((event.key !== 'Enter' && event.key !== 'ArrowDown') || !first) return;
      event.preventDefault();
      this.hold(first);
      first.focus();
      if (event.key === 'Enter') this.choose(Number(first.dataset.node), true);
    } });
    this.filters = [['all', 'everything'], ['own', 'yours'], ['orphans', 'orphans: nothing calls them'], ['dangling', 'names that match nothing'],
      ['shadowed', 'hidden by another'], ['alike', 'nearly the same as another'], ['findings', 'with findings'], ['heavy', 'heaviest 30'], ['tools', 'tools']];
    return [el('div', { class: 'bar', role: 'search' }, el('label', null, 'Search', this.search),
      choice('Show', this.filters, this.filter, (value) => { this.filter = value; this.list(); })),
    el('p', { class: 'soft screen' }, '/ searches, Enter chooses, arrow keys move: left to what leads to it, right to what it leads to.')];
  }

  passes(i) {
    const node = this.nodes[i];
    switch (this.filter) {
      case 'own': return this.owner(i) === 'yours';
      case 'orphans': return node.orphan === true;
      case 'dangling': return this.dangling[i].length > 0;
      case 'shadowed': return node.shadowed_by !== undefined;
      case 'alike': return this.alike[i].length > 0;
      case 'findings': return this.findings[i].length > 0;
      case 'heavy': return node.tokens !== undefined;
      case 'tools': return node.path === undefined;
      default: return true;
    }
  }

  // How well a name answers the words: 0 is the name itself. Below that, one's own come first.
  rank(i, words) {
    const name = this.name(i).toLowerCase();
    return (name === words ? 0 : name.startsWith(words) ? 2 : name.includes(words) ? 4 : 6) + (this.owner(i) === 'yours' ? 0 : 1);
  }

  found() {
    const words = this.words.trim().toLowerCase(), each = words.split(/\s+/).filter(Boolean);
    this.text = this.text || this.nodes.map((node) => (node.id + ' ' + (node.path || '') + ' ' + (node.description || '')).toLowerCase());
    const found = this.nodes.map((node, i) => i).filter((i) => this.passes(i) && each.every((word) => this.text[i].includes(word)));
    if (this.filter === 'heavy') return found.sort((a, b) => this.nodes[b].tokens - this.nodes[a].tokens).slice(0, 30);
    return words ? found.sort((a, b) => this.rank(a, words) - this.rank(b, words)) : found;
  }

  // Groups by owner and area; what is searched for is one list, the best first.
  list() {
    this.groups.replaceChildren();
    if (this.words.trim() === '' && this.filter === 'all') {
      const owners = new Map();
      for (const i of this.manifests) owners.set(this.owner(i), [...(owners.get(this.owner(i)) || []), i]);
      const order = [...owners].sort(([a], [b]) => (a === 'yours' ? 0 : a === 'shipped' ? 2 : 1) - (b === 'yours' ? 0 : b === 'shipped' ? 2 : 1) || (a < b ? -1 : 1));
      put(this.groups, order.map(([owner, nodes]) => this.owner_group(owner, nodes)));
      this.status.textContent = '';
    } else {
      const found = this.found();
      put(this.groups, [this.rows_of(found)]);
      this.say(found.length);
    }
    this.hold(this.rows()[0]);
  }

  owner_group(owner, nodes) {
    const title = owner === 'yours' ? (this.mixed ? 'Yours' : 'Manifests') : owner === 'shipped' ? 'Shipped with Cascade' : owner === 'added' ? 'Added by you' : 'From ' + owner;
    const rank = (i) => this.states.get(i) ? this.states.get(i).rank : 9;
    const sorted = [...nodes].sort((a, b) => rank(a) - rank(b) || (this.nodes[a].id < this.nodes[b].id ? -1 : 1));
    if (nodes.length <= most_flat) return owner === 'yours' || owner === 'added' || this.asked.length > 0 ? [el('h3', null, `${title} (${number(nodes.length)})`), this.rows_of(sorted)] :
      this.folded(`${title} (${number(nodes.length)})`, () => this.rows_of(sorted));
    const areas = new Map();
    for (const i of sorted) {
      const { area } = this.nodes[i], name = area === undefined ? this.kind(i) + 's without an area' : this.data.areas[area];
      areas.set(name, [...(areas.get(name) || []), i]);
    }
    const list = () => [...areas].sort(([a], [b]) => a < b ? -1 : 1).map(([area, of]) => this.folded(`${area} (${number(of.length)})`, () => this.rows_of(of)));
    const heading = `${title}: ${number(nodes.length)} in ${count(areas.size, 'group')}`;
    const group = this.folded(heading, list);
    group.open = owner === 'yours' && innerWidth > 900;
    return group;
  }

  // Its rows are made when it is opened.
  folded(title, rows) {
    const group = fold(title);
    group.addEventListener('toggle', () => {
      if (group.open && group.childElementCount === 1) put(group, [rows()]);
      this.mark();
      this.hold(this.held && this.held.isConnected ? this.held : this.rows()[0]);
    });
    return group;
  }

  rows_of(nodes, from = 0) {
    const list = el('ul', { class: 'rows' }, nodes.slice(from, from + most_rows).map((i) => el('li', null, this.row(i))));
    const left = nodes.length - from - most_rows;
    if (left <= 0) return list;
    const more = el('button', { type: 'button', onclick: () => { more.replaceWith(...[this.rows_of(nodes, from + most_rows)].flat()); } }, `${number(left)} more`);
    return [list, more];
  }

  row(i) {
    const node = this.nodes[i], state = this.states.get(i);
    const owner = this.mixed && (this.words.trim() !== '' || this.filter !== 'all') ? this.owner(i) + ' · ' : '';
    return el('button', { type: 'button', tabindex: -1, 'aria-pressed': String(i === this.chosen), 'data-node': i, 'data-id': node.id, onclick: () => this.choose(i, true) },
      el('span', { class: 'name' }, this.name(i)),
      el('small', null, owner + this.kind(i) + (node.tokens === undefined ? '' : ' · ' + count(node.tokens, 'token'))),
      state && el('small', { class: 'state' }, state.text));
  }

  say(total) {
    const words = this.words.trim(), chosen = this.filters.find(([value]) => value === this.filter);
    const why = { own: ': all come from elsewhere', orphans: ': something calls every manifest', dangling: ': every name matches something', shadowed: ': no name is taken twice',
      alike: ': no two have nearly the same text', findings: ': cascade validate finds nothing' }[this.filter] || '';
    const none = total === 0 && (words ? 'nothing' + (this.filter === 'all' ? '' : ' among “' + chosen[1] + '”') : 'none in this library' + why);
    this.status.textContent = (none || count(total, 'entry', 'entries') + ' shown') + (words ? ' for “' + shown(words) + '”' + (none ? '; Escape in the search clears it' : '') : '');
  }

  // The rows that can be seen, in their order. Of all, Tab reaches one.
  rows() { return [...this.groups.querySelectorAll('.rows button')].filter((row) => !row.closest('details:not([open])')); }

  hold(row) {
    if (this.held) this.held.tabIndex = -1;
    this.held = row;
    if (row) row.tabIndex = 0;
  }

  key(event) {
    const at = event.target.closest('[data-node]');
    if (!at || at.closest('table')) return;
    const near = at.closest('.near'), side = near && (at.closest('.callers') ? 'callers' : 'calls');
    const rows = near ? [...near.querySelectorAll(`.${side} [data-node]`)] : this.rows(), row = rows.indexOf(at);
    const moves = { ArrowDown: row + 1, ArrowUp: row - 1, Home: 0, End: rows.length - 1, PageDown: row + 15, PageUp: row - 15 };
    const first = (name) => this.details.querySelector(`.${name} [data-node]`);
    let next = null;
    if (event.key in moves) next = rows[Math.max(0, Math.min(rows.length - 1, moves[event.key]))];
    else if (event.key === 'ArrowRight') next = side === 'callers' ? first('calls') : side ? null : first('calls') || first('callers');
    else if (event.key === 'ArrowLeft') next = side === 'calls' ? first('callers') : side ? null : first('callers') || first('calls');
    else if (event.key === 'Escape' && near) next = this.held;
    else return;
    event.preventDefault();
    if (!next) return;
    if (!near && this.groups.contains(next)) this.hold(next);
    next.focus();
    next.scrollIntoView({ block: 'nearest' });
  }

  mark() {
    for (const row of this.groups.querySelectorAll('.rows button')) row.setAttribute('aria-pressed', String(Number(row.dataset.node) === this.chosen));
  }

  // `moved`: somebody chose it, so what is drawn of it is brought into view where it is below the list.
  choose(i, moved) {
    this.chosen = i;
    this.mark();
    this.draw_details();
    if (moved && innerWidth <= 900) this.details.scrollIntoView();
    else this.details.scrollTop = 0;
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
    return el('button', { type: 'button', class: 'go', 'data-node': node, onclick: () => {
      this.choose(node, true);
      this.details.querySelector('h2').focus();
    } }, this.nodes[node].id);
  }

  // --- the neighbourhood ---

  // [node, strength] of each neighbour once, by its strongest link. `end`: 0 for what leads there, 1 for where it leads.
  neighbours(i, end) {
    const strongest = new Map();
    for (const link of (end === 1 ? this.out : this.into)[i]) {
      const other = this.data.links[link][end], strength = this.data.links[link][2];
      if (other !== i && !(strongest.get(other) <= strength)) strongest.set(other, strength);
    }
    return [...strongest].sort((a, b) => a[1] - b[1] || this.nodes[a[0]].column - this.nodes[b[0]].column || (this.nodes[a[0]].id < this.nodes[b[0]].id ? -1 : 1));
  }

  neighbour([node, strength], end) {
    const beyond = end === 1 ? this.neighbours(node, 1).filter(([other, how]) => how < 2 && this.nodes[other].path !== undefined) : [];
    return el('li', { class: strength < 2 ? null : this.data.strengths[strength] }, this.go(node),
      beyond.length > 0 && el('small', null, 'calls ' + (beyond.length > 4 ? number(beyond.length) + ' more' : all_of(beyond.map(([other]) => this.name(other))))));
  }

  near(i) {
    const tools = this.neighbours(i, 1).filter(([node]) => this.nodes[node].path === undefined);
    const sides = [this.neighbours(i, 0), this.neighbours(i, 1).filter(([node]) => this.nodes[node].path !== undefined)];
    const side = (end) => el('ul', { class: end === 0 ? 'callers' : 'calls', 'aria-label': end === 0 ? 'Leads to it' : 'It leads to' },
      sides[end].slice(0, most_near).map((one) => this.neighbour(one, end)), sides[end].length > most_near && el('li', null, number(sides[end].length - most_near) + ' more, in the table below'));
    const both = [...sides[0], ...sides[1]], used = [0, 2, 3].filter((strength) => both.some(([, one]) => strength === 0 ? one < 2 : one === strength));
    const words = { 0: 'calls', 2: 'only mentions', 3: 'excludes' };
    return [both.length === 0 ? soft('No other manifest leads to it, and it leads to none.') :
      el('div', { class: 'near' }, sides[0].length > 0 && side(0), el('div', { class: 'here' + (sides[0].length > 0 ? ' called' : '') + (sides[1].length > 0 ? ' calling' : '') }, this.name(i)),
        sides[1].length > 0 && side(1)),
    both.length > 0 && sides.some((one) => one.length === 0) && soft(sides[0].length === 0 ? 'Nothing leads to it.' : 'It leads to no manifest.'),
    both.length > 0 && el('div', { class: 'legend' }, el('span', null, 'Lines, in reading order:'), used.map((strength) => el('span', null, el('span', { class: 'line ' + this.data.strengths[strength] }), words[strength]))),
    tools.length > 0 && soft(`May use ${count(tools.length, 'tool')}: `, tools.map(([node], at) => [at > 0 && ', ', this.name(node)]), '.')];
  }

  far(i) {
    const above = [...this.leading_to(i)], direct = new Set(this.neighbours(i, 0).map(([node]) => node));
    if (above.length === 0) return direct.size > 0 && soft('It is only mentioned: no link that is followed leads to it.');
    if (above.every((node) => direct.has(node))) return null;
    return soft(`${count(above.length, 'entry', 'entries')} ${above.length === 1 ? 'leads' : 'lead'} to it over any number of links: ` +
      above.slice(0, 30).map((one) => this.nodes[one].id).join(', ') + (above.length > 30 ? ' and ' + (above.length - 30) + ' more' : '') + '.');
  }

  only_tools(i) { return this.into[i].length === 0 && this.out[i].every((link) => this.nodes[this.data.links[link][1]].path === undefined); }

  links_table(caption, links, end) {
    return links.length > 0 && table(`${caption} (${links.length})`, ['manifest', 'how', 'where'], links.map((i) => {
      const [from, to, strength, via, line, column] = this.data.links[i];
      return [this.go(end === 1 ? to : from), this.data.strengths[strength] + ', ' + this.data.vias[via],
        line === 0 ? 'front matter' : place(this.file(from), line, column)];
    }));
  }

  draw_details() {
    this.details.replaceChildren();
    if (this.chosen < 0) return put(this.details, [el('h2', null, 'Nothing to show'), soft('There is no manifest.')]);
    const i = this.chosen, node = this.nodes[i], state = this.states.get(i), links = this.out[i].length + this.into[i].length;
    return put(this.details, [el('h2', { tabindex: -1 }, node.id), state && el('p', null, el('strong', null, state.text.charAt(0).toUpperCase() + state.text.slice(1)), '.'), this.facts(i), this.near(i), this.far(i),
      links > 0 && fold(`Where ${links === 1 ? 'its link' : `its ${number(links)} links`}${this.only_tools(i) ? ' to tools' : ''} ${links === 1 ? 'is' : 'are'} written`, this.links_table('It leads to', this.out[i], 1), this.links_table('Leads to it', this.into[i], 0)),
      this.dangling[i].length > 0 && table('Names that match nothing', ['name', 'place', 'near'], this.dangling[i].map((one) =>
        [one.to, place(this.file(i), one.line, one.column), (one.ambiguous ? 'one of ' : '') + one.nearby.join(', ')])),
      this.alike[i].map((group) => el('div', null, el('h3', null, `Nearly the same (${group.alike_per_mille / 10} %, ${count(group.wasted_tokens, 'token')} wasted)`),
        group.nodes.filter((one) => one !== i).map((one) => el('p', null, this.go(one))))),
      this.findings[i].length > 0 && table('Findings', ['rule', 'line', 'what'], this.findings[i].map((one) =>
        [one.severity + ' ' + one.rule, place(number(one.line), one.column), one.message])),
      this.budget(i),
      node.sections && node.sections.length > 0 && fold(`Its ${count(node.sections.length, 'section')}`, table('Sections', ['section', '#line', '#tokens'], node.sections.map(([heading, level, line, tokens]) =>
        [' '.repeat(Math.max(0, level - 1) * 2) + (heading || '(lead)'), number(line), number(tokens)])),
      node.more_sections && soft(number(node.more_sections) + ' more sections')),
      node.files && fold(`Its ${count(node.files.length, 'linked file')}`, table('Linked files', ['file', '#tokens', 'what it says of itself'], node.files.map(([where, tokens, purpose]) =>
        [where, tokens ? number(tokens) : '', purpose])))]);
  }

  facts(i) {
    const node = this.nodes[i];
    if (node.path === undefined) return el('p', null, 'A tool. ', count(this.into[i].length, 'manifest'), ' may use it.');
    const rank = this.manifests.filter((other) => this.nodes[other].tokens > node.tokens).length + 1;
    return [el('p', null, node.description),
      soft([...this.mixed ? [this.owner(i) === 'shipped' ? 'shipped with Cascade' : this.owner(i) === 'added' ? 'added by you' : this.owner(i)] : [], this.file(i), count(node.tokens, 'token'), `number ${number(rank)} of ${number(this.manifests.length)} by weight`].join(' · ')),
    !node.off && !node.shadowed_by && soft('Switched off by ', el('code', null, at_its_place('cascade skills off ' + shell_word(this.switch_name(i)))), ' in every project, with --here in this one.')];
  }

  all_findings() {
    const rest = this.data.findings, whose = this.data.unjudged ? 'reading' : 'cascade validate';
    if (rest.length === 0) return soft(`No findings of ${whose}.`);
    return fold(`Findings of ${whose} (` + number(rest.length) + ')',
      table('Findings', ['rule', 'place', 'what', 'next step'], rest.slice(0, 500).map((one) =>
        [one.severity + ' ' + one.rule, place(one.path, one.line, one.column), one.message, one.help])));
  }

  // --- the budget ---

  // What the data says in few characters: docs/formats/graph.md.
  unpacked(ladder) {
    if (ladder.unpacked) return ladder;
    const parts = [];
    for (const [node, ...values] of ladder.parts)
      for (let k = 0; k < values.length; k += 4) parts.push([node, ...values.slice(k, k + 4)]);
    let before = [];
    const rungs = ladder.rungs.map((rung) => {
      before = [rung[0], ...(rung.length === 1 ? before.slice(1) : rung.slice(1))];
      const [budget, status, tokens, chars, proof, gap_ppm, packed] = before, out = [];
      for (let k = 0, part = 0; k < packed.length; k += 2) out.push([part += packed[k], packed[k + 1]]);
      return { budget, status: this.data.statuses[status], tokens, chars, proof: this.data.proofs[proof], gap_ppm, out };
    });
    return Object.assign(ladder, { rungs, parts, unpacked: true });
  }

  budget(i) {
    if (!this.ladder_of.has(i)) return null;
    const ladder = this.ladder = this.unpacked(this.ladder_of.get(i)), last = ladder.rungs.length - 1;
    this.rung = Math.min(this.rung === undefined ? Math.floor(ladder.rungs.length / 2) : this.rung, last);
    const slider = el('input', { type: 'range', id: 'budget', min: 0, max: last, step: 1, value: this.rung,
      'aria-label': 'Budget in tokens', oninput: () => { this.rung = Number(slider.value); this.draw_rung(slider); } });
    this.outcome = el('div', { id: 'outcome' });
    this.amount = el('output', { for: 'budget' });
    this.draw_rung(slider);
    return el('details', { class: 'budget' }, el('summary', null, 'What a model gets of it, by budget'), soft('A bundle is the text that a model gets of this manifest and what it calls. ' +
      'Move the budget to see which sections fall out; the number after each says by how many tokens the budget would have to grow to bring it in.'),
    el('div', { class: 'bar' }, el('label', null, 'Budget', slider, this.amount)), this.outcome);
  }

  // By "node section": the form that rung `i` has of it.
  forms_at(i) {
    const forms = new Map();
    for (const part of this.ladder.parts)
      if ((part[4] >> i) & 1 && !['cut', 'same', 'name'].includes(this.data.forms[part[2]])) forms.set(this.key_of(part), part);
    return forms;
  }

  key_of(part) { return part[0] + ' ' + part[1] + (this.data.forms[part[2]] === 'card' ? ' card' : ''); }

  part_name(part) {
    const node = part[0] === null ? null : this.nodes[part[0]], form = this.data.forms[part[2]];
    if (node === null) return 'a manifest that is not on the map';
    if (form === 'card') return [node.id, ': card'];
    const section = (node.sections || [])[part[1]];
    return [node.id, ' › ' + (form === 'resource' ? 'linked file' : !section ? 'section ' + part[1] : section[0] || 'lead'),
      form === 'section' || form === 'lead' ? '' : ' (' + form + ')'];
  }

  draw_rung(slider) {
    const rungs = this.ladder.rungs, rung = rungs[this.rung], last = rungs.length - 1;
    const here = this.forms_at(this.rung), whole = this.forms_at(last), below = this.rung > 0 ? this.forms_at(this.rung - 1) : new Map();
    const price = new Map();
    for (const [part, shortfall] of rung.out) {
      const key = this.key_of(this.ladder.parts[part]);
      if (!price.has(key) || shortfall < price.get(key)) price.set(key, shortfall);
    }
    const missing = [...new Map([...rung.out.map(([part]) => this.ladder.parts[part]).map((part) => [this.key_of(part), part]), ...whole])].filter(([key]) => !here.has(key));
    const shorter = [...here].filter(([key, part]) => whole.has(key) && whole.get(key)[2] !== part[2]);
    const text = number(rung.budget) + ' tokens';
    slider.setAttribute('aria-valuetext', text);
    this.amount.textContent = text;
    this.outcome.replaceChildren();
    put(this.outcome, [this.rung_verdict(rung), el('h3', null, `Left out at ${text} (${missing.length})`),
      el('ul', { id: 'falls-out' }, missing.map(([key, part]) => el('li', null, this.part_name(part), `, ${count(part[3], 'token')}` +
        (price.get(key) > 0 ? `; ${number(price.get(key))} more would bring it in` : '')))),
      shorter.length > 0 && [el('h3', null, 'Shortened'), el('ul', null, shorter.map(([, part]) => el('li', null, this.part_name(part))))],
      el('h3', null, `In at ${text} (${here.size})`),
      el('ul', { id: 'in-bundle' }, [...here].map(([key, part]) => el('li', null, this.part_name(part), `, ${count(part[3], 'token')}`,
        this.rung > 0 && !below.has(key) && ` (gone at ${number(rungs[this.rung - 1].budget)})`)))]);
  }

  rung_verdict(rung) {
    if (rung.status !== 'ok')
      return el('p', null, rung.status + (rung.status === 'infeasible' ? ': the smallest bundle needs ' + count(rung.tokens, 'token') : ''));
    return el('p', null, `${number(rung.tokens)} of ${number(rung.budget)} tokens, ${count(rung.chars, 'character')}, ${proof_of(rung.proof, rung.gap_ppm)}`);
  }

  // What a page that is drawn anew takes over from this one.
  keep() {
    document.onkeydown = null;
    return { filter: this.filter, words: this.words, chosen: this.chosen >= 0 ? this.nodes[this.chosen].id : undefined, rung: this.rung };
  }
}
