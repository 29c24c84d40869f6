import { schema } from './schema.js';

const problem = (name, code, arg = {}) => ({ at: `/${name}`, code, arg });

function realDay(text) {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const d = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(d.getTime()) && d.toISOString().slice(0, 10) === text;
}

function own(field, text) {
  if (text === '') return field.required ? problem(field.name, 'VOC-10') : null;
  if (field.pattern && !new RegExp(field.pattern).test(text)) return problem(field.name, 'VOC-20');
  if (field.type === 'date' && !realDay(text)) return problem(field.name, 'VOC-20');
  if (field.type === 'number') {
    if (!/^-?\d+$/.test(text)) return problem(field.name, 'VOC-20');
    if (Number(text) < field.min) return problem(field.name, 'VOC-31', { limit: field.min });
    if (Number(text) > field.max) return problem(field.name, 'VOC-32', { limit: field.max });
  }
  if (field.maxLength && [...text].length > field.maxLength) return problem(field.name, 'VOC-32', { limit: field.maxLength });
  return null;
}

const broken = {
  after: (a, b) => !(b > a),
  atMost: (a, b) => Number(b) > Number(a),
};

/** values in, list of problems (VOC) out. */
export function validate(values) {
  const text = Object.fromEntries(schema.fields.map((f) => [f.name, String(values[f.name] ?? '').trim()]));
  const found = new Map();
  for (const f of schema.fields) {
    const p = own(f, text[f.name]);
    if (p) found.set(f.name, p);
  }
  const place = new Map(schema.fields.map((f, i) => [f.name, i]));
  const ownProblems = new Set(found.keys());
  for (const { kind, first, second } of schema.across) {
    if (ownProblems.has(first) || ownProblems.has(second) || !text[first] || !text[second]) continue;
    if (!broken[kind](text[first], text[second])) continue;
    const [upper, lower] = place.get(first) < place.get(second) ? [first, second] : [second, first];
    if (!found.has(upper)) found.set(upper, problem(upper, 'VOC-50', { with: lower }));
  }
  const list = schema.fields.filter((f) => found.has(f.name)).map((f) => found.get(f.name));
  if (list.length <= 4) return list;
  return [...list.slice(0, 3), { at: '', code: 'VOC-99', arg: { more: list.length - 3 } }];
}
