/** The catalogue as CSV, in the order in which the rows are given. */
export function toCsv(rows) {
  const cell = (v) => (v == null ? '' : /[",\n]/.test(String(v)) ? `"${String(v).replaceAll('"', '""')}"` : String(v));
  return ['name,origin,height', ...rows.map((r) => [r.name, r.origin, r.height].map(cell).join(','))].join('\n') + '\n';
}
