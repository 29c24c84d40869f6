/** The first [limit, value] of a sorted list that fits, by halving; undefined if none does. */
export function findBand(list, amount) {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const mid = (low + high) >> 1;
    if (amount < list[mid][0]) high = mid;
    else low = mid + 1;
  }
  return list[low];
}
