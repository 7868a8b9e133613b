/** What was packed, for people: a line for each part. */
export function summaryLines({ files }) {
  const parts = new Map();
  for (const [path, { contents }] of files) {
    const part = partOf(path);
    const { count, bytes } = parts.get(part) ?? { count: 0, bytes: 0 };
    parts.set(part, { count: count + 1, bytes: bytes + contents.length });
  }
  const total = [...parts.values()].reduce((sum, { bytes }) => sum + bytes, 0);
  const rows = [...parts].map(([part, { count, bytes }]) => [part, count === 1 ? '' : `${count} files`, size(bytes)]);
  rows.push(['in all', `${files.size} files`, size(total)]);
  return rows.map(([part, count, bytes]) => `  ${part.padEnd(34)}${count.padStart(10)}${bytes.padStart(12)}`);
}

function partOf(path) {
  if (/^engine\/[^/]+$/.test(path)) return 'engine/*.mjs';
  return /^(engine\/node\/[^/]+\/|en-US\/)/.exec(path)?.[0] ?? path;
}

export function size(bytes) {
  return bytes < 1024 ** 2 ? `${(bytes / 1024).toFixed(1)} KiB` : `${(bytes / 1024 ** 2).toFixed(1)} MiB`;
}
