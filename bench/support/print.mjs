const columns = [
  ['', (row) => row.label],
  ['min s', (row) => seconds(row.minimum)],
  ['median s', (row) => seconds(row.median)],
  ['× min', (row) => factor(row.ratio?.minimum)],
  ['× median', (row) => factor(row.ratio?.median)],
  ['user s', (row) => cost(row.user, 2)],
  ['system s', (row) => cost(row.system, 2)],
  ['RSS MiB', (row) => cost(row.maxRssMiB, 0)],
  ['× what', (row) => (row.ratio && row.ratio.of !== row.label ? row.ratio.of : '')],
];

/** A scenario for people: the table, then the targets. */
export function printScenario({ title, rows, targets }) {
  console.log(`\n${title}\n`);
  const table = [columns.map(([heading]) => heading), ...rows.map((row) => columns.map(([, show]) => show(row)))];
  const widths = columns.map((_, i) => Math.max(...table.map((cells) => cells[i].length)));
  for (const cells of table) console.log(`  ${cells.map((cell, i) => pad(cell, widths[i], i)).join('  ')}`.trimEnd());
  if (targets.length > 0) console.log('');
  for (const target of targets) console.log(`  ${verdict(target).padEnd(12)}  ${target.text}${measured(target)}`);
}

function pad(cell, width, column) {
  const isText = column === 0 || column === columns.length - 1;
  return isText ? cell.padEnd(width) : cell.padStart(width);
}

function verdict({ value, met }) {
  if (value === undefined) return 'not measured';
  if (met === undefined) return 'small tree';
  return met ? 'ok' : 'missed';
}

function measured({ value, unit }) {
  if (value === undefined) return '';
  const { minimum, median } = value;
  const both = minimum === median ? minimum.toFixed(2) : `${minimum.toFixed(2)} / ${median.toFixed(2)}`;
  return `: ${both}${unit}`;
}

function seconds(value) {
  return value.toFixed(3);
}

function factor(value) {
  return value === undefined ? '' : value.toFixed(2);
}

function cost(value, digits) {
  return value === undefined ? '' : value.toFixed(digits);
}
