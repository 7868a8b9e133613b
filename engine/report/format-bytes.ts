const UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'] as const;

/** The unit in which a number of bytes is best read, and its size. */
export function byteUnit(bytes: number): { name: string; size: number } {
  const power = bytes < 1024 ? 0 : Math.min(UNITS.length - 1, Math.floor(Math.log2(bytes) / 10));
  return { name: UNITS[power], size: 1024 ** power };
}

/** 2157969408 → `2.01 GiB`: three digits, as the tables of the cmdlets show it. */
export function formatBytes(bytes: number): string {
  const unit = byteUnit(bytes);
  const value = bytes / unit.size;
  if (unit.size === 1 || value >= 99.95) return `${value.toFixed(0)} ${unit.name}`;
  return `${value.toFixed(value >= 9.995 ? 1 : 2)} ${unit.name}`;
}
