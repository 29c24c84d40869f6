import { esc } from '../html.js';

const NBSP = '\u00a0';
const WHOLE = new Set(['JPY', 'KRW', 'ISK', 'HUF']);
const ROMAN = ['I', 'II', 'III', 'IV', 'V', 'VI', 'VII', 'VIII', 'IX', 'X', 'XI', 'XII'];
const WEEKDAY = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];

function figure(currency, minor, sum = false) {
  const abs = Math.abs(minor);
  const group = (n) => String(n).replace(/\B(?=(\d{3})+$)/g, '\u2019');
  let text;
  if (abs === 0) text = 'nil';
  else if (WHOLE.has(currency)) text = group(abs);
  else {
    const cents = abs % 100;
    text = `${group((abs - cents) / 100)}.${cents ? String(cents).padStart(2, '0') : '\u2013'}`;
  }
  const neg = minor < 0;
  const cls = ['fig', neg && 'fig-neg', sum && 'fig-sum'].filter(Boolean).join(' ');
  return `<data class="${cls}" value="${esc(currency)}:${minor}">${neg ? '\u2212' : ''}${text}${NBSP}${esc(currency)}</data>`;
}

const utc = (iso) => Date.parse(`${iso}T00:00:00Z`);

function day(iso, lateBy = 0) {
  const [y, m, d] = iso.split('-').map(Number);
  const text = `${WEEKDAY[new Date(utc(iso)).getUTCDay()]} ${d}.${ROMAN[m - 1]}.${y}`;
  const late = lateBy > 0;
  return `<time class="day${late ? ' day-late' : ''}" datetime="${esc(iso)}">${text}${late ? `${NBSP}+${Math.min(99, lateBy)}d` : ''}</time>`;
}

function row(inv, today) {
  const lateBy = inv.paid ? 0 : Math.round((utc(today) - utc(inv.dueOn)) / 86400000);
  const id = esc(inv.id);
  const link = `<a href="/invoices/${id}" data-sig="sup.invoice.taken" data-sig-ref="~${esc(inv.id.slice(-4))}">${id}</a>`;
  return `<tr><td>${link}</td><td>${esc(inv.customer)}</td><td>${day(inv.issuedOn)}</td><td>${day(inv.dueOn, lateBy)}</td><td>${figure(inv.currency, inv.amountMinor)}</td></tr>`;
}

const band = (n) => (n >= 50 ? 'many' : n >= 10 ? 'some' : 'few');

/** Invoices of one supplier, see README for the context. */
export function renderInvoicePanel(invoices, { today, emit }) {
  const sums = new Map();
  for (const i of invoices) sums.set(i.currency, (sums.get(i.currency) ?? 0) + i.amountMinor);
  const order = [...sums.keys()].sort((a, b) => (b === 'CHF') - (a === 'CHF') || (a < b ? -1 : 1));
  const foot = order.map((c) => `<tr><th colspan="4" scope="row">Total ${esc(c)}</th><td>${figure(c, sums.get(c), true)}</td></tr>`);
  if (invoices.length) emit('sup.invoice.seen', { v: 3, band: band(invoices.length) });
  else emit('sup.invoice.bare', { v: 3 });
  return `<section class="panel" id="invoices"><h2>Invoices</h2><table><tbody>${invoices.map((i) => row(i, today)).join('')}</tbody><tfoot>${foot.join('')}</tfoot></table></section>`;
}
