import { esc } from './html.js';
import { schema } from './schema.js';

const LABEL = Object.fromEntries(schema.fields.map((f) => [f.name, f.label]));

function textOf({ code, arg }, name) {
  const what = LABEL[name] ?? '';
  switch (code) {
    case 'VOC-10': return `${what} is missing`;
    case 'VOC-20': return `${what} cannot be read`;
    case 'VOC-31': return `${what} must be at least ${arg.limit}`;
    case 'VOC-32': return `${what} must be at most ${arg.limit}`;
    case 'VOC-50': return `${what} does not fit with ${LABEL[arg.with]}`;
    case 'VOC-99': return `${arg.more} more`;
    default: return what;
  }
}

function group(f, value, p) {
  const name = f.name;
  const described = [p && `p-${name}`, f.hint && `h-${name}`].filter(Boolean).join(' ');
  return [
    '<div class="field">',
    `<label for="f-${name}">${esc(f.label)}${f.required ? '' : ' (optional)'}</label>`,
    p ? `<p class="problem" id="p-${name}">${esc(textOf(p, name))}</p>` : '',
    f.hint ? `<p class="hint" id="h-${name}">${esc(f.hint)}</p>` : '',
    `<input id="f-${name}" name="${name}" type="${f.type}" value="${esc(value)}"`,
    f.required ? ' aria-required="true"' : '',
    p ? ' aria-invalid="true"' : '',
    described ? ` aria-describedby="${described}"` : '',
    '></div>',
  ].join('');
}

function trouble(problems) {
  if (!problems.length) return '';
  const items = problems.map((p) => {
    const name = p.at.slice(1);
    const text = esc(textOf(p, name));
    return name ? `<li><a href="#f-${name}">${text}</a></li>` : `<li>${text}</li>`;
  });
  return `<section id="trouble" tabindex="-1" aria-labelledby="trouble-head" data-land><h2 id="trouble-head">Please look at this again</h2><ol>${items.join('')}</ol></section>`;
}

/** The booking form with what was typed and what is wrong with it. */
export function renderForm(values, problems) {
  const by = new Map(problems.map((p) => [p.at.slice(1), p]));
  const fields = schema.fields.map((f) => group(f, values[f.name], by.get(f.name)));
  return `<form method="post" action="/book" novalidate>${fields.join('')}${trouble(problems)}<button type="submit">Book</button></form>`;
}
