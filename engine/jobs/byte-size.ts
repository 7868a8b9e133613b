const EXPONENTS: Readonly<Record<string, number>> = { '': 0, K: 1, M: 2, G: 3, T: 4 };

/** Bytes of a size that the schema has accepted: `500MB`, `4 GiB`, `1.5T`. Units are powers of 1024, as in PowerShell. */
export function bytesOf(size: number | string): number {
  if (typeof size === 'number') return size;
  const unit = size.replace(/^[0-9.]+ ?/, '').replace(/i?B$/, '');
  return Math.round(Number.parseFloat(size) * 1024 ** EXPONENTS[unit]);
}
