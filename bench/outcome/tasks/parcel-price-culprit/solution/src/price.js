import { BANDS } from './bands.js';

const ISLAND = 450;

/** Price of a parcel in cents. `cm` are the three sides, bulky parcels count by volume. */
export function price({ kg, zone, island = false, cm }) {
  const weight = cm ? Math.max(kg, (cm[0] * cm[1] * cm[2]) / 5000) : kg;
  const band = BANDS[zone].find(([limit]) => weight <= limit);
  if (!band) throw new RangeError(`too heavy: ${weight} kg`);
  return band[1] + (island ? ISLAND : 0);
}
