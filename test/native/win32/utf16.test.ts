import { expect } from 'chai';
import fc from 'fast-check';
import { textToBytes } from '../../../native/path-text.ts';
import { allocate } from '../../../native/win32/memory.ts';
import { allocateWide, readName, textOfBytes, textOfName, writeName } from '../../../native/win32/utf16.ts';

/** Any units but NUL. */
const units = fc.array(fc.integer({ min: 1, max: 0xffff }), { minLength: 0, maxLength: 255 });

describe('native/win32: names between WTF-8 and UTF-16', () => {
  const wide = allocateWide(300);
  const names = allocate(1024);

  const toBytes = (given: readonly number[]): Buffer => {
    wide.units.set(given, 1);
    const end = readName(wide.units, 1, given.length, names.bytes, 3);
    expect(names.bytes[end]).to.equal(0);
    return Buffer.from(names.bytes.subarray(3, end));
  };

  it('come back as they were, whatever units they have', () => {
    fc.assert(
      fc.property(units, (given) => {
        toBytes(given);
        wide.units.fill(0xffff);
        const end = writeName(names, 3, wide, 5);
        expect(Array.from(wide.units.subarray(5, end))).to.deep.equal(given);
        expect(wide.units[end]).to.equal(0);
        expect(wide.units[4]).to.equal(0xffff);
      }),
    );
  });

  it('have the bytes the rest of the engine gives their text', () => {
    fc.assert(
      fc.property(units, (given) => {
        const text = String.fromCharCode(...given);
        const bytes = toBytes(given);
        if (!text.includes('\u241b')) expect(bytes).to.deep.equal(textToBytes(text));
        expect(textOfBytes(bytes)).to.equal(text);
        expect(textOfName(names, 3)).to.equal(text);
      }),
    );
  });
});
