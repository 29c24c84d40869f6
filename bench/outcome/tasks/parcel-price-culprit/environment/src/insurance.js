import { findBand } from './find.js';

// Value in cents, fee in cents. A value of exactly the limit pays the next fee: the carrier
// wants it that way ("less than").
const FEES = [[10000, 0], [50000, 250], [200000, 700]];

export function insurance(value) {
  const fee = findBand(FEES, value);
  if (!fee) throw new RangeError('cannot be insured');
  return fee[1];
}
