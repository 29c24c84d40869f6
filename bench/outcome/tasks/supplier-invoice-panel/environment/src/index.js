export { renderOrdersPanel } from './panels/orders.js';
export { renderInvoicePanel } from './panels/invoices.js';
