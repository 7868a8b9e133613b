import { expect } from 'chai';
import fc from 'fast-check';
import { NameSorter } from '../../../engine/scan/sort-names.ts';
import type { Listing } from '../../../native/index.ts';

/** A listing as the platform layer makes it: NUL-terminated names in one buffer, something else between them. */
function listingOf(names: readonly Buffer[]): Listing {
  const offsets = new Uint32Array(names.length);
  const lengths = new Uint16Array(names.length);
  const parts: Buffer[] = [];
  let at = 0;
  names.forEach((name, i) => {
    parts.push(Buffer.from([0xff, 0xff, 0xff]), name, Buffer.from([0, 0xee, 0xee, 0xee, 0xee, 0xee]));
    offsets[i] = at + 3;
    lengths[i] = name.length;
    at += name.length + 9;
  });
  const bytes = Buffer.concat(parts);
  const words = new Uint32Array(0);
  return {
    count: names.length,
    names: { bytes, words, address: 0 },
    offsets,
    lengths,
    fileIds: new Uint32Array(names.length),
    isFile: new Uint8Array(names.length),
  };
}

function sortedBy(sorter: NameSorter, names: readonly Buffer[]): string[] {
  const order = sorter.sort(listingOf(names));
  return [...order.subarray(0, names.length)].map((number) => names[number].toString('hex'));
}

const byte = fc.oneof(fc.integer({ min: 1, max: 255 }), fc.constantFrom(1, 0x61, 0x7f, 0x80, 0xff));
const bytes = fc.array(byte, { minLength: 1, maxLength: 12 }).map((list) => Buffer.from(list));
/** Often alike in their first bytes, or one the beginning of another. */
const name = fc
  .tuple(fc.constantFrom('', 'a', 'photo_2026', 'photo_2026-', '\u00ff'), bytes)
  .map(([prefix, rest]) => Buffer.concat([Buffer.from(prefix), rest]));

describe('names in order', () => {
  const sorter = new NameSorter();
  const selector = (entry: Buffer): string => entry.toString('hex');
  const expected = (names: readonly Buffer[]): string[] => names.toSorted(Buffer.compare).map(selector);

  it('are in the order of their unsigned bytes, whatever they have in common', () => {
    const property = fc.property(fc.uniqueArray(name, { selector, maxLength: 120 }), (names) => {
      expect(sortedBy(sorter, names)).to.deep.equal(expected(names));
    });
    fc.assert(property, { interruptAfterTimeLimit: 2000, numRuns: 500 });
  });

  it('also when all have a long beginning in common', () => {
    const property = fc.property(fc.uniqueArray(bytes, { selector, maxLength: 60 }), bytes, (ends, beginning) => {
      const names = ends.map((end) => Buffer.concat([beginning, beginning, end]));
      expect(sortedBy(sorter, names)).to.deep.equal(expected(names));
    });
    fc.assert(property, { interruptAfterTimeLimit: 2000, numRuns: 300 });
  });

  it('also when there are more than the sorter has seen before', () => {
    const names = Array.from({ length: 5000 }, (_, i) => Buffer.from(`file-${(i * 7919) % 5000}`));
    expect(sortedBy(sorter, names)).to.deep.equal(expected(names));
    expect(sortedBy(sorter, names.slice(0, 3))).to.deep.equal(expected(names.slice(0, 3)));
    expect(sortedBy(sorter, [])).to.deep.equal([]);
  });
});
