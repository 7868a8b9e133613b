const PARTS = [
  ['H', 3600],
  ['M', 60],
  ['S', 1],
] as const;

/** Seconds as a duration of XML Schema, such as `P3D` or `PT1H30M`; fractions are rounded up. */
export function isoDuration(seconds: number): string {
  let rest = Math.ceil(seconds);
  if (rest === 0) return 'PT0S';
  const days = Math.floor(rest / 86_400);
  rest %= 86_400;
  let time = '';
  for (const [letter, size] of PARTS) {
    const count = Math.floor(rest / size);
    rest %= size;
    if (count > 0) time += `${count}${letter}`;
  }
  return `P${days > 0 ? `${days}D` : ''}${time && `T${time}`}`;
}
