import { createHash } from 'node:crypto';
import { expect } from 'chai';
import fc from 'fast-check';
import { BackupFilter } from '../../../native/win32/backup-filter.ts';
import { ContentHash } from '../../../native/win32/content-hash.ts';
import { RECORD_WORDS } from '../../../native/item-record.ts';
import { hashIn } from '../../support/win32/copy-sandbox.ts';

const Stream = {
  Data: 1,
  Attributes: 2,
  Security: 3,
  Alternate: 4,
  Link: 5,
  ObjectId: 7,
  Reparse: 8,
  Block: 9,
  Txfs: 10,
} as const;
const KEPT: readonly number[] = [Stream.Data, Stream.Alternate, Stream.Reparse, Stream.Block];
const SPARSE = 8;

interface Part {
  id: number;
  name: string;
  payload: Buffer;
}

/** WIN32_STREAM_ID, name and payload. */
function bytesOf({ id, name, payload }: Part): Buffer {
  const header = Buffer.alloc(20);
  header.writeUInt32LE(id, 0);
  header.writeUInt32LE(id === Stream.Block ? SPARSE : 0, 4);
  header.writeBigUInt64LE(BigInt(payload.length), 8);
  header.writeUInt32LE(name.length * 2, 16);
  return Buffer.concat([header, Buffer.from(name, 'utf16le'), payload]);
}

/** Feeds the stream in pieces, as BackupRead would, and takes out what is to be written after each. */
function filtered(
  input: Buffer,
  pieces: readonly number[],
  hash?: ContentHash,
): { output: Buffer; filter: BackupFilter } {
  const memory = Buffer.alloc(input.length + 64);
  const filter = new BackupFilter(memory);
  filter.begin(hash);
  const written: Buffer[] = [];
  for (let at = 0, turn = 0; at < input.length; turn++) {
    const length = Math.min(pieces[turn % pieces.length], input.length - at);
    input.copy(memory, filter.end, at, at + length);
    expect(filter.accept(length)).to.be.true;
    at += length;
    const take = turn % 2 === 0 ? filter.kept : filter.kept >> 1;
    written.push(Buffer.from(memory.subarray(0, take)));
    filter.drop(take);
  }
  written.push(Buffer.from(memory.subarray(0, filter.kept)));
  return { output: Buffer.concat(written), filter };
}

function hashOf(fill: (hash: ContentHash) => void): string {
  const hash = new ContentHash(() => true);
  fill(hash);
  const record = new Uint32Array(RECORD_WORDS);
  hash.store(record, 0);
  return hashIn(record);
}

describe('native/win32: the filter of backup streams', () => {
  const payload = fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes));
  const other = fc.record({
    id: fc.constantFrom(
      Stream.Attributes,
      Stream.Security,
      Stream.Alternate,
      Stream.Link,
      Stream.ObjectId,
      Stream.Reparse,
      Stream.Txfs,
      11,
      99,
    ),
    name: fc.constantFrom('', ':s:$DATA', ':a longer name:$DATA'),
    payload,
  });
  const pieces = fc.array(fc.integer({ min: 1, max: 100 }), { minLength: 1, maxLength: 5 });

  it('passes data and named streams and nothing else, however they are cut', () => {
    fc.assert(
      fc.property(payload, fc.array(other, { maxLength: 6 }), pieces, (data, others, cuts) => {
        const parts = [...others.slice(0, 2), { id: Stream.Data, name: '', payload: data }, ...others.slice(2)];
        let output = Buffer.alloc(0);
        const hash = hashOf((content) => {
          const result = filtered(Buffer.concat(parts.map(bytesOf)), cuts, content);
          output = Buffer.from(result.output);
          expect(result.filter.isComplete).to.be.true;
          expect(result.filter.dataBytes).to.equal(data.length);
        });
        const expected = Buffer.concat(parts.filter(({ id }) => KEPT.includes(id)).map(bytesOf));
        expect(output.equals(expected)).to.be.true;
        expect(hash).to.equal(createHash('sha256').update(data).digest('hex'));
      }),
      { numRuns: 200 },
    );
  });

  it('hashes holes between the blocks of sparse data as zeros, but not blocks of named streams', () => {
    const extent = fc.tuple(fc.integer({ min: 0, max: 70_000 }), fc.uint8Array({ minLength: 1, maxLength: 100 }));
    fc.assert(
      fc.property(fc.array(extent, { maxLength: 4 }), pieces, (extents, cuts) => {
        const parts: Part[] = [{ id: Stream.Data, name: '', payload: Buffer.alloc(0) }];
        const content: Buffer[] = [];
        let position = 0;
        for (const [gap, bytes] of extents) {
          parts.push({ id: Stream.Block, name: '', payload: Buffer.concat([offset(position + gap), bytes]) });
          content.push(Buffer.alloc(gap), Buffer.from(bytes));
          position += gap + bytes.length;
        }
        parts.push({ id: Stream.Alternate, name: ':s:$DATA', payload: Buffer.alloc(0) });
        parts.push({ id: Stream.Block, name: '', payload: Buffer.concat([offset(5), Buffer.from('not of the file')]) });
        const hash = hashOf((sum) => {
          const { output } = filtered(Buffer.concat(parts.map(bytesOf)), cuts, sum);
          expect(output.equals(Buffer.concat(parts.map(bytesOf)))).to.be.true;
        });
        expect(hash).to.equal(createHash('sha256').update(Buffer.concat(content)).digest('hex'));
      }),
      { numRuns: 100 },
    );
  });

  it('knows a stream that was cut off', () => {
    const whole = bytesOf({ id: Stream.Data, name: '', payload: Buffer.from('content') });
    for (let length = 1; length < whole.length; length++)
      expect(filtered(whole.subarray(0, length), [7]).filter.isComplete, `${length} bytes`).to.be.false;
  });

  it('refuses a block too short for its offset', () => {
    const memory = Buffer.alloc(64);
    const filter = new BackupFilter(memory);
    filter.begin(undefined);
    const block = bytesOf({ id: Stream.Block, name: '', payload: Buffer.alloc(4) });
    block.copy(memory);
    expect(filter.accept(block.length)).to.be.false;
  });

  function offset(value: number): Buffer {
    const bytes = Buffer.alloc(8);
    bytes.writeBigUInt64LE(BigInt(value));
    return bytes;
  }
});
