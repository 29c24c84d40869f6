import { esc } from '../html.js';

const LABEL = { open: 'Open', picking: 'Being picked', sent: 'Sent' };

/** Open orders: number and state. */
export function renderOrdersPanel(orders) {
  const rows = orders.map(
    (o) => `<tr><td><a href="/orders/${esc(o.id)}">${esc(o.id)}</a></td><td>${esc(LABEL[o.state] ?? o.state)}</td></tr>`
  );
  return `<section class="panel" id="orders"><h2>Orders</h2><table><tbody>${rows.join('')}</tbody></table></section>`;
}
