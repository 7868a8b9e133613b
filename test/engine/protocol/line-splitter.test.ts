import { expect } from 'chai';
import fc from 'fast-check';
import { LineSplitter, type Line } from '../../../engine/protocol/line-splitter.ts';
import { timeBox } from '../../support/time-box.ts';

const text = (line: Line): string => (line.kind === 'line' ? line.bytes.toString('latin1') : `> ${line.limit}`);

function split(chunks: readonly Uint8Array[], limit?: number): string[] {
  const splitter = new LineSplitter(limit);
  const lines = chunks.flatMap((chunk) => splitter.push(Buffer.from(chunk)));
  return [...lines, ...splitter.end()].map(text);
}

/** Bytes with many line ends, cut anywhere. */
const bytes = fc.array(fc.oneof(fc.nat(255), fc.constantFrom(0x0a, 0x0d)), { maxLength: 300 });
const cuts = fc.array(fc.nat(300), { maxLength: 20 });

function cut(all: readonly number[], places: readonly number[]): Uint8Array[] {
  const ends = [...places, all.length].sort((a, b) => a - b);
  return ends.map((end, index) => Uint8Array.from(all.slice(ends[index - 1] ?? 0, end)));
}

describe('LineSplitter', () => {
  it('gives the same lines however the bytes are cut', () => {
    fc.assert(
      fc.property(bytes, cuts, (all, places) => {
        const lines = Buffer.from(all).toString('latin1').split('\n');
        // What follows the last line feed is a line only if it is there.
        if (lines.at(-1) === '') lines.pop();
        expect(split(cut(all, places))).to.deep.equal(lines.map((line) => line.replace(/\r$/, '')));
      }),
      timeBox(),
    );
  });

  it('drops a line that is too long, wherever it is cut, and no other', () => {
    fc.assert(
      fc.property(fc.nat(30), cuts, (length, places) => {
        const all = Buffer.from(`before\n${'x'.repeat(length)}\nafter`);
        expect(split(cut([...all], places), 10)).to.deep.equal([
          'before',
          length > 10 ? '> 10' : 'x'.repeat(length),
          'after',
        ]);
      }),
      timeBox(),
    );
  });
});
