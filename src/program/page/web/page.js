'use strict';
// What all pages share: elements, tables, numbers, the data. Texts of others only ever become text nodes.
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
const svg = (name, properties, ...children) =>
  put(give(document.createElementNS('http://www.w3.org/2000/svg', name), properties), children);

const number = (value) => value === null || value === undefined ? '-' : Number(value).toLocaleString('en-US');
const count = (value, noun) => number(value) + ' ' + noun + (value === 1 ? '' : 's');
const place = (path, line, column) => path + (line ? ':' + line + (column ? ':' + column : '') : '');

// `heads`: texts; one that begins with '#' heads numbers. A cell is a text, an element or a list of both.
function table(caption, heads, rows, properties) {
  const kind = (i) => heads[i].startsWith('#') ? 'number' : null;
  return el('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': caption },
    el('table', properties,
      el('caption', null, caption),
      el('thead', null, el('tr', null, heads.map((head, i) => el('th', { scope: 'col', class: kind(i) }, head.replace('#', ''))))),
      el('tbody', null, rows.map((row) => el('tr', row.properties,
        (row.cells || row).map((cell, i) => el('td', { class: kind(i) }, cell)))))));
}

// How close a bundle is to the best one, by its certificate.
const proof_of = (proof, gap_ppm) => proof === 'optimal' ? 'optimal: proven' :
  gap_ppm === 0 ? 'less than a millionth below the best' : `at most ${(Math.ceil(gap_ppm / 100) / 100).toFixed(2)} % below the best`;

const badge = (text, kind) => el('span', { class: 'badge ' + (kind || '') }, text);

// One of many, chosen by name.
function choice(label, values, chosen, change) {
  const select = el('select', { onchange: () => change(select.value) },
    values.map(([value, text]) => el('option', { value, selected: value === chosen }, text)));
  return el('label', null, label, select);
}

// Bars for [{label, value}], as a picture with its table behind it. Needs the charts' library.
function bars(caption, rows, properties) {
  const heads = (properties && properties.heads) || ['of', '#lines'];
  const values = table(caption, heads, rows.map((row) => [row.label, number(row.value)]));
  if (typeof d3 === 'undefined' || rows.length === 0) return values;
  const width = 760, left = 210, line = 22, most = d3.max(rows, (row) => row.value) || 1;
  const chart = svg('svg', { class: 'chart', viewBox: `0 0 ${width} ${rows.length * line + 4}`, role: 'img',
    'aria-label': caption + '; the same numbers are in the table below' },
    rows.map((row, i) => [
      svg('text', { x: left - 8, y: i * line + 15, 'text-anchor': 'end' }, short(row.label, 32)),
      svg('rect', { class: 'bar-shape', x: left, y: i * line + 3, height: line - 6,
        width: Math.max(1, row.value / most * (width - left - 90)) }),
      svg('text', { x: left + Math.max(1, row.value / most * (width - left - 90)) + 6, y: i * line + 15 }, number(row.value)),
    ]));
  return el('figure', { class: 'screen-chart' }, chart, el('details', null, el('summary', null, 'as a table'), values));
}

const short = (text, most) => [...String(text)].length > most ? [...String(text)].slice(0, most - 1).join('') + '…' : String(text);

function without_charts(main) {
  if (typeof d3 === 'undefined')
    main.append(el('p', { class: 'badge warn' }, 'This page was made without its drawing library, so it has tables alone; scripts/charts brings it.'));
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
      const answer = await fetch('data?have=' + encodeURIComponent(have), { cache: 'no-store' });
      if (answer.status === 200) {
        const text = await answer.text();
        have = answer.headers.get('X-Have') || '';
        state.value = draw(parse(text), state.value && state.value.keep ? state.value.keep() : {});
        live = 'live; renewed at ' + new Date().toLocaleTimeString('en-GB');
      }
      const said = answer.status === 503 ? await answer.text() : live;
      if (status.textContent !== said) status.textContent = said;
    } catch (fault) {
      status.textContent = 'the server is gone; this is what it said last';
    }
    setTimeout(ask, 1000);
  };
  ask();
}

addEventListener('DOMContentLoaded', () => {
  // The frame after the next: the head of the page is seen while the rest is made.
  requestAnimationFrame(() => setTimeout(() => {
    const state = { value: draw(parse(document.getElementById('data').textContent)) };
    if ('served' in document.body.dataset) follow(state);
  }));
});
