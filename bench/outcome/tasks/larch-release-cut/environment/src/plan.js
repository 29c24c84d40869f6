/** Litres per bed for the next day. */
export function plan(readings, { target = 0.35 } = {}) {
  return readings.map(({ bed, moisture, area }) => ({ bed, litres: Math.max(0, Math.round((target - moisture) * area * 40)) }));
}
