/** Text on the label. */
export const label = ({ kg, zone }) => `Z${zone} ${kg.toFixed(2)} kg`;
