/** Targets hold by the minimum and by the median. One whose rows were not measured is neither met nor missed. */

/** A row takes at most so many times as long as another one. */
export function atMost(rows, text, row, other, factor) {
  return compare(rows, text, row, other, (a, b) => a / b, (ratio) => ratio <= factor, '×');
}

/** A row is at least so many times faster than another one. */
export function timesFaster(rows, text, row, other, factor) {
  return compare(rows, text, row, other, (a, b) => b / a, (ratio) => ratio >= factor, '×');
}

/** A row takes less than so many seconds. */
export function below(rows, text, row, seconds) {
  return compare(rows, text, row, row, (a) => a, (value) => value < seconds, ' s');
}

/** Anything else; `value` is undefined where it was not measured. */
export function holds(text, value, isMet, unit) {
  return value === undefined ? { text } : { text, value: { minimum: value, median: value }, unit, met: isMet(value) };
}

function compare(rows, text, rowId, otherId, combine, isMet, unit) {
  const row = rows.find(({ id }) => id === rowId);
  const other = rows.find(({ id }) => id === otherId);
  if (!row || !other) return { text };
  const value = { minimum: combine(row.minimum, other.minimum), median: combine(row.median, other.median) };
  return { text, value, unit, met: isMet(value.minimum) && isMet(value.median) };
}
