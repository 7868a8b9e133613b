import { expect } from 'chai';
import fc from 'fast-check';
import { BlockReader } from '../../../engine/manifest/block-reader.ts';
import { MergeCursor } from '../../../engine/manifest/merge-cursor.ts';
import { createFileIdIndexMemory, FileIdIndex } from '../../../engine/manifest/file-id-index.ts';
import { NO_BLOCK, RECORD_WORDS, Word } from '../../../native/item-record.ts';
import { anyItem, anyName, sorted, withManifest, wordsOf, type Block, type Item } from './generate-manifest.ts';

const limits = { interruptAfterTimeLimit: 2000, numRuns: 100 };

function itemOf(name: Buffer, fileId = 0n): Item {
  const words = new Uint32Array(RECORD_WORDS);
  words[Word.FileId] = Number(fileId & 0xffffffffn);
  words[Word.FileIdHi] = Number(fileId >> 32n);
  return { name, words };
}

/** The items as one directory, in blocks of at most `size` records. */
function chain(items: readonly Item[], size: number): Block[] {
  const blocks: Block[] = [];
  for (let from = 0; from < items.length; from += size)
    blocks.push({ items: items.slice(from, from + size), next: blocks.length + 1, losses: 0 });
  if (blocks.length === 0) return [{ items: [], next: NO_BLOCK, losses: 0 }];
  blocks[blocks.length - 1].next = NO_BLOCK;
  return blocks;
}

describe('blocks of a manifest', () => {
  it('come back as they were written, by however many writers', () => {
    const block = fc.record({
      items: fc.array(anyItem, { maxLength: 30 }),
      next: fc.nat(),
      losses: fc.nat(),
    });
    const property = fc.property(
      fc.array(block, { minLength: 1, maxLength: 12 }),
      fc.integer({ min: 1, max: 4 }),
      check,
    );
    function check(blocks: Block[], writers: number): void {
      withManifest(blocks, writers, (manifest) => {
        const reader = new BlockReader(manifest);
        expect(manifest.blocks).to.equal(blocks.length);
        // Backwards, so that nothing is right only because it was loaded before.
        for (let id = blocks.length - 1; id >= 0; id--) {
          const { items, next, losses } = blocks[id];
          reader.load(id);
          expect([reader.count, reader.next, reader.losses]).to.deep.equal([items.length, next, losses]);
          items.forEach(({ name, words }, record) => {
            expect(reader.name(record)).to.equal(name.latin1Slice());
            expect(wordsOf(reader.words, reader.at(record))).to.deep.equal(wordsOf(words, 0));
          });
        }
      });
    }
    fc.assert(property, limits);
  });

  it('larger than every buffer', () => {
    const items = Array.from({ length: 8192 }, (_, i) => itemOf(Buffer.alloc(200, `${i}-`), BigInt(i)));
    withManifest([...chain(items, 8192), ...chain([], 1)], 1, (manifest) => {
      const reader = new BlockReader(manifest);
      reader.load(0);
      expect(reader.count).to.equal(8192);
      expect(reader.name(8191)).to.equal(items[8191].name.latin1Slice());
      reader.load(1);
      expect(reader.count).to.equal(0);
    });
  });
});

describe('the merge cursor', () => {
  it('finds what both sides have, and reports what only the base has, each once', () => {
    const names = fc.uniqueArray(anyName, { selector: String, maxLength: 40 });
    const property = fc.property(names, names, fc.integer({ min: 1, max: 7 }), (recorded, extra, size) => {
      const base = sorted(recorded.map((name) => itemOf(name)));
      // Some of the recorded names, and others.
      const now = sorted(
        [
          ...new Map([...recorded.filter((_, i) => i % 3 !== 0), ...extra].map((name) => [name.toString('hex'), name])),
        ].map(([, name]) => ({ name })),
      );
      withManifest(chain(base, size), 1, (manifest) => {
        const cursor = new MergeCursor(manifest);
        const lost: string[] = [];
        const found: string[] = [];
        const note = (block: number, record: number): void => {
          lost.push(base[block * size + record].name.toString('hex'));
        };
        cursor.open(0);
        for (const { name } of now) {
          const record = cursor.find(Buffer.concat([Buffer.from('x'), name]), 1, name.length, note);
          if (record < 0) continue;
          expect(cursor.block.name(record)).to.equal(name.latin1Slice());
          found.push(name.toString('hex'));
        }
        cursor.drain(note);
        const current = new Set(now.map(({ name }) => name.toString('hex')));
        const all = base.map(({ name }) => name.toString('hex'));
        expect(found).to.deep.equal(all.filter((name) => current.has(name)));
        expect(lost).to.deep.equal(all.filter((name) => !current.has(name)));
      });
    });
    fc.assert(property, limits);
  });

  it('has nothing where the base has no such directory', () => {
    withManifest(chain([itemOf(Buffer.from('a'))], 1), 1, (manifest) => {
      const cursor = new MergeCursor(manifest);
      cursor.open(0);
      cursor.open(NO_BLOCK);
      const fail = (): void => expect.fail('nothing is there to be unmatched');
      expect(cursor.find(Buffer.from('a'), 0, 1, fail)).to.equal(-1);
      cursor.drain(fail);
    });
  });
});

describe('the index of file ids', () => {
  // Few different ids, so that some items share one; some differ in their high halves only.
  const fileId = fc.oneof(
    fc.bigInt({ min: 0n, max: 20n }),
    fc.bigInt({ min: 0n, max: 20n }).map((id) => id << 32n),
    fc.bigInt({ min: 0n, max: 0xffffffffffffffffn }),
  );

  it('finds every item, offers every one of an id, and no other', () => {
    const property = fc.property(fc.array(fileId, { maxLength: 200 }), fc.integer({ min: 1, max: 9 }), (ids, size) => {
      const items = ids.map((id, i) => itemOf(Buffer.from(`${i}`), id));
      withManifest(chain(items, size), 1, (manifest) => {
        const index = new FileIdIndex(manifest, createFileIdIndexMemory(manifest));
        const offered = (id: bigint): string[] => {
          const names: string[] = [];
          index.find(Number(id & 0xffffffffn), Number(id >> 32n), (at) => {
            const name = index.reader.words[at + Word.Name];
            const from = index.reader.nameAt(0) - index.reader.words[index.reader.at(0) + Word.Name] + name;
            names.push(index.reader.bytes.latin1Slice(from, index.reader.bytes.indexOf(0, from)));
            return false;
          });
          return names;
        };
        for (const id of new Set([...ids, 21n, 21n << 32n])) {
          const wanted = ids.flatMap((other, i) => (other === id ? [`${i}`] : []));
          // A block that holds two ids may be looked at twice; what it offers is the same.
          expect([...new Set(offered(id))].sort()).to.deep.equal(wanted.sort());
          const found = index.find(Number(id & 0xffffffffn), Number(id >> 32n), () => true);
          if (wanted.length === 0) expect(found).to.equal(undefined);
          else expect(wanted).to.include(`${(found?.block ?? 0) * size + (found?.record ?? 0)}`);
        }
      });
    });
    fc.assert(property, limits);
  });
});
