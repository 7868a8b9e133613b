/** Targets hold by the minimum and by the median. One whose rows were not measured is neither met nor missed. */

/** A row takes at most so many times as long as another one. */
export function atMost(rows, text, row, other, factor) {
  return judge(text, '×', ratio(rows, row, other), (value) => value <= factor);
}

/** A row is at least so many times faster than another one. */
export function timesFaster(rows, text, row, other, factor) {
  return judge(text, '×', ratio(rows, other, row), (value) => value >= factor);
}

/** A row takes less than so many seconds. */
export function below(rows, text, id, seconds) {
  const row = rows.find((one) => one.id === id);
  return judge(text, ' s', row && { minimum: row.minimum, median: row.median }, (value) => value < seconds);
}

/** Any other number. */
export function holds(text, number, isMet, unit) {
  return judge(text, unit, { minimum: number, median: number }, isMet);
}

function ratio(rows, id, otherId) {
  const row = rows.find((one) => one.id === id);
  const other = rows.find((one) => one.id === otherId);
  return row && other && { minimum: row.minimum / other.minimum, median: row.median / other.median };
}

function judge(text, unit, value, isMet) {
  return value === undefined ? { text } : { text, unit, value, met: isMet(value.minimum) && isMet(value.median) };
}
