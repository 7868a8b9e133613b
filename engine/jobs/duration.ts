const SECONDS = { s: 1, min: 60, h: 3600, d: 86_400, w: 604_800 } as const;

/** Seconds of a duration that the schema has accepted, such as `26h`. */
export function secondsOf(duration: string): number {
  const unit = duration.replace(/^[0-9.]+ ?/, '') as keyof typeof SECONDS;
  return Number.parseFloat(duration) * SECONDS[unit];
}
