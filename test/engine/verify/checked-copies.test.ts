import { expect } from 'chai';
import fc from 'fast-check';
import { CheckedCopies, Verdict } from '../../../engine/verify/checked-copies.ts';

const word = fc.oneof(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 0xffff_ffff }));
const copies = fc.array(fc.record({ high: word, low: word, device: word }), { maxLength: 3000, size: 'max' });

describe('copies that were met', () => {
  it('are read once each, also after the table has grown', () => {
    fc.assert(
      fc.property(copies, (all) => {
        let table = new CheckedCopies();
        const known = new Map<string, boolean>();
        all.forEach(({ high, low, device }, i) => {
          if (i % 500 === 0) table.reserve(500);
          // As from thread to thread.
          if (i % 700 === 0) table = new CheckedCopies(table.memory);
          const at = table.meet(high, low, device);
          if (at === undefined) throw new Error('there was room');
          const key = `${high} ${low} ${device}`;
          expect(table.beginReading(at)).to.equal(!known.has(key));
          if (!known.has(key)) table.settle(at, i % 2 === 0 ? Verdict.Good : Verdict.Damaged);
          known.set(key, known.get(key) ?? i % 2 === 0);
          expect(table.verdict(at, () => false)).to.equal(known.get(key) ? Verdict.Good : Verdict.Damaged);
        });
        expect(table.size).to.equal(known.size);
      }),
      { numRuns: 20 },
    );
  });
});
