const ZONE_2 = new Set(['SE', 'DK', 'FI', 'IS']);

/** Zone of a country: 1 at home, 2 for neighbours, 3 for the rest. */
export const zoneOf = (country) => (country === 'NO' ? 1 : ZONE_2.has(country) ? 2 : 3);
