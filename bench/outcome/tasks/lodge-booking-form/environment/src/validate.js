import { schema } from './schema.js';

/**
 * values: { [fieldName]: string }, fields may be missing
 * Returns the list of problems, an empty array if there are none.
 */
export function validate(values) {
  // TODO
  return [];
}
