'use strict';
// What all pages share. Each answers one question: a sentence in large type, what to do with the command to copy, the
// evidence, and the rest folded. Texts of others only ever become text nodes. Drawings are elements of text and boxes,
// so that their letters are as large as all others at any width.
const view = {};  // by kind of page: a function of (data, main, earlier state), which draws and returns its state

const hidden = new RegExp('[\\u0000-\\u0008\\u000b-\\u001f\\u007f-\\u009f\\u00ad\\u034f\\u061c\\u115f\\u1160\\u17b4\\u17b5' +
  '\\u180b-\\u180f\\u200b-\\u200f\\u2028-\\u202e\\u2060-\\u206f\\u3164\\ufe00-\\ufe0d\\ufeff\\uffa0\\ufff9-\\ufffb]', 'g');
const shown = (text) => String(text).replace(hidden,
  (c) => '<U+' + c.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0') + '>');

function put(into, children) {
  for (const child of children.flat(Infinity)) {
    if (child === null || child === undefined || child === false) continue;
    into.append(child instanceof Node ? child : document.createTextNode(shown(child)));
  }
  return into;
}

function give(element, properties) {
  for (const [name, value] of Object.entries(properties || {})) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? '' : shown(value));
  }
  return element;
}

const el = (name, properties, ...children) => put(give(document.createElement(name), properties), children);

// The page's policy forbids style in markup; what is measured is set so.
function styled(element, style) {
  for (const [name, value] of Object.entries(style)) element.style.setProperty(name, value);
  return element;
}

const number = (value) => value === null || value === undefined ? '-' : Number(value).toLocaleString('en-US');
const count = (value, noun, nouns) => number(value) + ' ' + (value === 1 ? noun : nouns || noun + 's');
const place = (path, line, column) => path + (line ? ':' + line + (column ? ':' + column : '') : '');
const all_of = (texts) => texts.length < 2 ? texts.join('') : texts.slice(0, -1).join(', ') + ' and ' + texts[texts.length - 1];

// What the page is about, as its heading and as the title of its window.
function about(text) {
  document.querySelector('h1').textContent = document.title = shown(text);
}

const answer = (...children) => el('p', { class: 'answer' }, children);
const soft = (...children) => el('p', { class: 'soft' }, children);
const fold = (title, ...children) => el('details', null, el('summary', null, title), children);

// What a shell reads as this one word, whatever is in a name.
const shell_word = (text) => /^(~\/)?[\w:.@+/-]+$/.test(text) ? text : "'" + shown(text).replace(/'/g, "'\\''") + "'";

// How this page was asked for: { place, names, options }. A command that is copied asks the same place.
const asked_with = () => ({ place: [], names: [], options: [], ...JSON.parse(document.body.dataset.asked || '{}') });
const words_of = (words) => words.map((word) => ' ' + shell_word(word)).join('');
const names_its_place = /^cascade (validate .|new |audit|metrics|page (audit|metrics))/;
const at_its_place = (text) => names_its_place.test(text) ? text : text.replace(/^cascade(?= )/, 'cascade' + words_of(asked_with().place));

// A command with a button that copies it; it can be selected where a browser does not allow that.
function command(line) {
  const text = at_its_place(line);
  const said = el('span', { class: 'soft', role: 'status' }), code = el('code', null, text);
  const button = el('button', { type: 'button', class: 'copy', 'aria-label': 'Copy: ' + text, onclick: () => {
    const copied = navigator.clipboard ? navigator.clipboard.writeText(text) : Promise.reject();
    copied.then(() => { said.textContent = 'copied'; }, () => { getSelection().selectAllChildren(code); said.textContent = 'selected: copy it with the keyboard'; });
  } }, 'Copy');
  return el('div', { class: 'command' }, code, button, said);
}

// `steps`: [{ say, more, run, about }]. Beyond the first `most`, folded; the fold names what the first of them are about.
function to_do(steps, most = 3) {
  const names_of = (rest) => rest[0].about ? ': ' + rest.slice(0, 4).map((one) => one.about).join(', ') + (rest.length > 4 ? ', …' : '') : '';
  const item = (one) => el('li', null, el('p', null, one.say), one.more && soft(one.more), one.run && command(one.run));
  if (steps.length === 0) return [];
  return [el('h2', null, 'What to do'), el('ol', { class: 'todo' }, steps.slice(0, most).map(item)),
    steps.length > most && fold(number(steps.length - most) + ' more' + names_of(steps.slice(most)), el('ol', { class: 'todo', start: most + 1 }, steps.slice(most).map(item)))];
}

// `heads`: texts; one that begins with '#' heads numbers. A cell is a text, an element or a list of both. Where there is
// no room for columns, each cell has its heading beside it; then only the roles say that it is a table.
function table(caption, heads, rows, properties) {
  const kind = (i) => heads[i].startsWith('#') ? 'number' : null, names = heads.map((head) => head.replace('#', ''));
  return el('table', { role: 'table', ...properties },
    el('caption', null, caption),
    el('thead', { role: 'rowgroup' }, el('tr', { role: 'row' }, names.map((name, i) => el('th', { scope: 'col', role: 'columnheader', class: kind(i) }, name)))),
    el('tbody', { role: 'rowgroup' }, rows.map((row) => el('tr', { role: 'row', ...row.properties },
      (row.cells || row).map((cell, i) => el('td', { class: kind(i), role: 'cell', 'data-head': names[i] }, cell))))));
}

// How close a bundle is to the best one, by its certificate.
const proof_of = (proof, gap_ppm) => proof === 'optimal' ? 'optimal: proven' :
  gap_ppm === 0 ? 'less than a millionth below the best' : `at most ${(Math.ceil(gap_ppm / 100) / 100).toFixed(2)} % below the best`;

// One of many, chosen by name.
function choice(label, values, chosen, change) {
  const select = el('select', { onchange: () => change(select.value) },
    values.map(([value, text]) => el('option', { value, selected: value === chosen }, text)));
  return el('label', null, label, select);
}

// [{ label, value, said, marks }]: a bar for each from 0 to its value; `said` stands beside it. `marks`: instead of the
// bar, elements that lie from `from` to `to` on the scale of all rows, as shares of it.
function bars(rows) {
  const most = Math.max(1, ...rows.map((row) => row.value || 0));
  const bar = (mark) => styled(el('span', { class: mark.kind || 'fill' }), { left: mark.from * 100 + '%', width: Math.max(0, mark.to - mark.from) * 100 + '%' });
  return el('ul', { class: 'bars' }, rows.map((row) => el('li', row.properties, el('span', { class: 'label' }, row.label),
    el('span', { class: 'track', 'aria-hidden': 'true' }, (row.marks || [{ from: 0, to: row.value / most }]).map(bar)), el('span', { class: 'value' }, row.said))));
}

const parse = (text) => JSON.parse(text);

function draw(data, earlier) {
  const main = document.getElementById('page');
  main.replaceChildren();
  return view[document.body.dataset.kind](data, main, earlier || {});
}

// A served page asks its server for newer data, once a second; the answer is empty as long as nothing has changed.
function follow(state) {
  let have = document.body.dataset.served, live = 'live';
  const status = el('p', { class: 'soft screen', role: 'status' }, live);
  document.querySelector('header').append(status);
  const ask = async () => {
    try {
      const reply = await fetch('data?have=' + encodeURIComponent(have), { cache: 'no-store' });
      if (reply.status === 200) {
        const text = await reply.text();
        have = reply.headers.get('X-Have') || '';
        state.value = draw(parse(text), state.value && state.value.keep ? state.value.keep() : {});
        live = 'live; renewed at ' + new Date().toLocaleTimeString('en-GB');
      }
      const said = reply.status === 503 ? await reply.text() : live;
      if (status.textContent !== said) status.textContent = said;
    } catch (fault) {
      status.textContent = 'the server is gone; this is what it said last';
    }
    setTimeout(ask, 1000);
  };
  ask();
}

// At once: in a tab at the back there are no frames, and in a slow browser timers come late, so that the page would be blank.
addEventListener('DOMContentLoaded', () => {
  const state = { value: draw(parse(document.getElementById('data').textContent)) };
  if ('served' in document.body.dataset) follow(state);
});
