import { expect } from 'chai';
import fc from 'fast-check';
import { bytesToText, textToBytes } from '../../native/path-text.ts';

describe('names as text', () => {
  it('come back as the bytes they are', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 30 }), (bytes) => {
        const text = bytesToText(bytes);
        expect(text.isWellFormed()).to.equal(true);
        expect(textToBytes(text).equals(bytes)).to.equal(true);
      }),
    );
  });

  it('may hold unpaired surrogates, as Windows names do: they become escapes of their WTF-8', () => {
    expect(bytesToText(textToBytes('a\ud800b'))).to.equal('a␛ED␛A0␛80b');
    expect(bytesToText(textToBytes('\udfff'))).to.equal('␛ED␛BF␛BF');
    expect(bytesToText(textToBytes('␛41\udbff'))).to.equal('A␛ED␛AF␛BF');
    expect(bytesToText(textToBytes('\u{1f480}\ud83d'))).to.equal('\u{1f480}␛ED␛A0␛BD');
  });
});
