import { expect } from 'chai';
import fc from 'fast-check';
import { SharedFiles } from '../../../engine/remove/shared-files.ts';

const word = fc.oneof(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 0xffff_ffff }));

describe('files with several names', () => {
  it('are freed with the last of them, and only then', () => {
    const files = fc.uniqueArray(
      fc.record({ high: word, low: word, links: fc.integer({ min: 1, max: 5 }), met: fc.integer({ min: 0, max: 5 }) }),
      { selector: ({ high, low }) => `${high}-${low}`, maxLength: 3000, size: 'max' },
    );
    fc.assert(
      fc.property(files, fc.integer({ min: 1, max: 0x7fff_ffff }), (all, seed) => {
        const names = shuffled(
          all.flatMap((file) => Array.from({ length: Math.min(file.met, file.links) }, () => file)),
          seed,
        );
        const left = new Map(all.map((file) => [file, file.links]));
        let shared = new SharedFiles();
        names.forEach((file, i) => {
          // As from tree to tree.
          if (i % 700 === 699) shared = new SharedFiles(shared.memory);
          const rest = (left.get(file) ?? 0) - 1;
          left.set(file, rest);
          expect(shared.meet(file.high, file.low, file.links)).to.equal(rest === 0);
        });
      }),
      { numRuns: 30 },
    );
  });

  it('take little memory, and none once all their names were met', () => {
    const shared = new SharedFiles();
    for (let file = 0; file < 100_000; file++) shared.meet(0, file, 2);
    expect(shared.memory.slots.byteLength / 100_000).to.be.below(52);
    for (let file = 0; file < 100_000; file++) expect(shared.meet(0, file, 2)).to.equal(true);
    for (let file = 0; file < 1_000_000; file++) {
      shared.meet(1, file, 2);
      shared.meet(1, file, 2);
    }
    expect(shared.memory.slots.byteLength).to.be.below(12_000_000);
  });
});

function shuffled<T>(items: T[], seed: number): T[] {
  let state = seed;
  const next = (): number => (state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fff_ffff);
  return items
    .map((item) => [next(), item] as const)
    .sort(([a], [b]) => a - b)
    .map(([, item]) => item);
}
