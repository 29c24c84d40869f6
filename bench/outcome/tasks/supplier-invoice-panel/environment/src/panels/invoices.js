/**
 * Invoices of one supplier.
 *
 * invoices: [{ id, customer, currency, amountMinor, issuedOn, dueOn, paid }]
 *   amountMinor  integer in the smallest unit of the currency, credit notes are negative
 *   issuedOn     YYYY-MM-DD
 *   dueOn        YYYY-MM-DD
 *   paid         boolean
 * context: see README
 */
export function renderInvoicePanel(invoices, { today, emit }) {
  // TODO
  return '<section class="panel" id="invoices"><h2>Invoices</h2></section>';
}
