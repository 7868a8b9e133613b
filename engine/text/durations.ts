const UNITS = [
  ['d', 86_400],
  ['h', 3600],
  ['min', 60],
] as const;

/** `30 d`, `1 d 12 h`, `90 s`. */
export function describeSeconds(seconds: number): string {
  const parts: string[] = [];
  let left = seconds;
  for (const [unit, length] of UNITS) {
    const count = Math.floor(left / length);
    if (count > 0) parts.push(`${count} ${unit}`);
    left -= count * length;
  }
  const rest = Number(left.toFixed(3));
  if (rest > 0) parts.push(`${rest} s`);
  return parts.join(' ');
}

/** `12 min`, `3 h 5 min`, `0.4 s`. */
export function durationText(seconds: number): string {
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`;
  const step = seconds < 600 ? 1 : seconds < 172_800 ? 60 : 3600;
  return describeSeconds(Math.round(seconds / step) * step);
}
