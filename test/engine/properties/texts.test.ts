import { expect } from 'chai';
import fc from 'fast-check';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { fromWire, joinBytes, toWire } from '../../support/byte-path.ts';
import { useFixture } from '../../support/fixture.ts';
import { expectMirror } from '../../support/oracle-mirror.ts';
import { requires } from '../../support/requires.ts';

/** Names of any bytes but NUL and slash; fragments of the escape itself are made likely. */
const piece = fc.oneof(
  fc.uint8Array({ min: 1, max: 255, minLength: 1, maxLength: 6 }).map((bytes) => Buffer.from(bytes)),
  fc.constantFrom('␛', '␛4', '␛41', '␛E2', '\u{1F480}', '\u0301').map((text) => Buffer.from(text)),
);
const name = fc
  .array(piece, { minLength: 1, maxLength: 5 })
  .map((pieces) => Buffer.from(Buffer.concat(pieces).filter((byte) => byte !== 0x2f)))
  .filter((bytes) => bytes.length > 0 && !['.', '..'].includes(bytes.toString()));

describe('random names', () => {
  const fixture = useFixture();

  it('come back from the engine as the bytes they are', async function () {
    requires(this, 'linux');
    const { set, source } = fixture();
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(name, { minLength: 1, maxLength: 30, selector: String }), async (names) => {
        rmSync(source, { recursive: true, force: true });
        mkdirSync(source);
        for (const bytes of names) writeFileSync(joinBytes(source, bytes), '');
        const { items, generation } = await set.run({ allowEmptySource: true });
        expectMirror(source, set.at(generation, 'source'));
        for (const { path } of items) expect(toWire(fromWire(path))).to.equal(path);
        await set.remove([generation.name], { force: true });
        const back = items.map((item) => fromWire(item.path).toString('latin1')).filter((path) => path !== 'source');
        expect(back.sort()).to.deep.equal(names.map((bytes) => `source/${bytes.toString('latin1')}`).sort());
      }),
      { numRuns: 8 },
    );
  });
});
