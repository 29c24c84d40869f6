import { esc } from './html.js';
import { schema } from './schema.js';

/**
 * values:   { [fieldName]: string }, shown again in the controls
 * problems: what validate() returned
 * Returns the <form> as an HTML string. The form posts to /book.
 */
export function renderForm(values, problems) {
  // TODO
  return '<form method="post" action="/book"></form>';
}
