import { expect } from 'chai';
import fc from 'fast-check';
import { isInSample } from '../../../engine/verify/sample.ts';

const id = fc.integer({ min: 0, max: 0xffff_ffff });

describe('a sample of the copies', () => {
  it('has each in turn', () => {
    fc.assert(
      fc.property(id, id, fc.constantFrom(1, 2, 4, 5, 10, 20, 25, 50), fc.nat(50_000), (high, low, percent, first) => {
        const days = Array.from({ length: 100 / percent }, (_, i) => first + i);
        expect(days.filter((day) => isInSample({ percent, day }, high, low))).to.have.length(1);
      }),
    );
  });

  it('has each within as many days as it takes, whatever the part', () => {
    fc.assert(
      fc.property(id, id, fc.integer({ min: 1, max: 100 }), fc.nat(50_000), (high, low, percent, first) => {
        const days = Array.from({ length: Math.ceil(100 / percent) }, (_, i) => first + i);
        expect(days.some((day) => isInSample({ percent, day }, high, low))).to.equal(true);
      }),
    );
  });
});
