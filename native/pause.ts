const sleeper = new Int32Array(new SharedArrayBuffer(4));

/** Holds up this thread, for a moment: until another process lets go of something. */
export function pause(milliseconds: number): void {
  Atomics.wait(sleeper, 0, 0, milliseconds);
}
