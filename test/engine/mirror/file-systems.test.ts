import { expect } from 'chai';
import { linkSync, mkdirSync } from 'node:fs';
import { rewriteInPlace } from '../../support/edit.ts';
import { useFixture } from '../../support/fixture.ts';
import { mountImage } from '../../support/mounts.ts';
import { expectMirror } from '../../support/oracle-mirror.ts';
import { requires } from '../../support/requires.ts';
import { buildEverything, buildTree } from '../../support/tree-everything.ts';
import { buildOddNames } from '../../support/tree-names.ts';
import type { Generation } from '../../support/wire.ts';

describe('file systems', () => {
  const fixture = useFixture();

  async function expectMirrorTwice(from: string, to: string): Promise<void> {
    const params = { setPath: to, sources: [{ path: from }], snapshot: 'None' };
    const first = await fixture().engine.request<Generation>('createGeneration', params);
    expectMirror(from, `${to}/${first.name}/source`);
    rewriteInPlace(`${from}/modes/owned`, 'OWNED');
    const second = await fixture().engine.request<Generation>('createGeneration', params);
    expectMirror(from, `${to}/${second.name}/source`);
    expect(second).to.include({ state: 'Complete', linkedFiles: first.files - second.copiedFiles });
  }

  for (const type of ['ext4', 'btrfs', 'xfs'] as const) {
    it(`${type} as source and as destination`, async function () {
      requires(this, `image:${type}`);
      const { sandbox } = fixture();
      mountImage(sandbox.path('image'), sandbox.path('disk'), type, 32);
      buildEverything(sandbox.path('disk/source'));
      await expectMirrorTwice(sandbox.path('disk/source'), sandbox.path('disk/set'));
    });

    it(`${type} on one side only, with odd names @slow`, async function () {
      requires(this, `image:${type}`);
      const { set, source, sandbox } = fixture();
      mountImage(sandbox.path('image'), sandbox.path('disk'), type, 32);
      for (const folder of [source, sandbox.path('disk/source')]) {
        buildEverything(folder);
        buildOddNames(`${folder}/odd`);
      }
      await expectMirrorTwice(source, sandbox.path('disk/set'));
      await expectMirrorTwice(sandbox.path('disk/source'), set.path);
    });
  }

  it('a file that has as many names as ext4 allows gets a fresh copy @slow', async function () {
    requires(this, 'image:ext4');
    this.timeout(60_000);
    const { set, source, sandbox } = fixture();
    mountImage(sandbox.path('image'), set.path, 'ext4', 64);
    buildTree(source, { it: 'it', other: 'other' });
    const first = await set.run({ maxLinks: 65_000 });
    mkdirSync(`${set.path}/names`);
    for (let name = 1; name < 65_000; name++)
      linkSync(set.at(first.generation, 'source/it'), `${set.path}/names/${name}`);
    const { generation } = await set.run({ maxLinks: 65_000 });
    expect(generation).to.include({ state: 'Complete', copiedFiles: 1, linkedFiles: 1 });
    expect(generation.linkFallbacks + generation.rebasedFiles).to.equal(1);
    expectMirror(source, set.at(generation, 'source'));
  });
});
