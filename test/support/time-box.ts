/** Parameters for fast-check: some seconds of fuzzing at the desk, more where nobody waits. */
export function timeBox(): { numRuns: number; interruptAfterTimeLimit: number } {
  const milliseconds = process.env['CI'] === undefined ? 1000 : 10_000;
  return { numRuns: 1_000_000, interruptAfterTimeLimit: milliseconds };
}
