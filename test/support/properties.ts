import fc from 'fast-check';
import { MUTATION_KINDS, type Mutation } from './mutator.ts';

export const mutation: fc.Arbitrary<Mutation> = fc.record({
  kind: fc.constantFrom(...MUTATION_KINDS),
  pick: fc.nat(),
  other: fc.nat(),
  value: fc.nat({ max: 100_000 }),
});

/** Rounds of changes; there is a backup after each. */
export function rounds(most: number): fc.Arbitrary<Mutation[][]> {
  return fc.array(fc.array(mutation, { maxLength: 15 }), { minLength: 2, maxLength: most });
}

/** As fast-check counts a property as failed that its limit of time interrupts in its first run, time counts in between. */
const BATCH = 8;

/**
 * Tries a property with values that are new each time, for as long as there is time and at least a few times. What fails
 * tells its seed; `FC_SEED` begins with it.
 */
export async function assertFor<T>(seconds: number, property: fc.IAsyncPropertyWithHooks<T>): Promise<void> {
  const given = process.env['FC_SEED'];
  let seed = given === undefined ? Date.now() % 1_000_000_007 : Number(given);
  for (const end = Date.now() + seconds * 1000; ; seed++) {
    await fc.assert(property, { numRuns: BATCH, seed });
    if (Date.now() >= end) return;
  }
}
