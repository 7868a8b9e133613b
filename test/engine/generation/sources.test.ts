import { expect } from 'chai';
import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fromWire, toWire } from '../../support/byte-path.ts';
import { BackupSet } from '../../support/backup-set.ts';
import { useFixture } from '../../support/fixture.ts';
import { expectMirror } from '../../support/oracle-mirror.ts';
import { requires } from '../../support/requires.ts';
import { buildTree } from '../../support/tree-everything.ts';

describe('sources', () => {
  const fixture = useFixture();

  it('each have a folder named by their leaf, or as asked', async () => {
    const { set, sandbox, engine } = fixture();
    for (const name of ['one', 'two', 'other/one']) buildTree(sandbox.path(name), { file: name });
    const several = new BackupSet(engine, set.path, sandbox.path('one'), sandbox.path('two'), {
      path: sandbox.path('other/one'),
      name: 'third one',
    });
    for (let run = 0; run < 2; run++) {
      const { generation } = await several.run();
      expect(readdirSync(generation.path).sort()).to.deep.equal(['one', 'third one', 'two']);
      expectMirror(sandbox.path('one'), several.at(generation, 'one'));
      expectMirror(sandbox.path('two'), several.at(generation, 'two'));
      expectMirror(sandbox.path('other/one'), several.at(generation, 'third one'));
      expect(generation.sources.map((source) => source.name)).to.have.members(['one', 'two', 'third one']);
      expect(generation).to.include({ files: 3, directories: 3, [run === 0 ? 'copiedFiles' : 'linkedFiles']: 3 });
    }
  });

  it('may be given with a trailing slash', async () => {
    const { set, source, engine } = fixture();
    buildTree(source, { a: 'a' });
    for (const path of [source, `${source}/`]) {
      const { generation } = await new BackupSet(engine, set.path, path).run();
      expectMirror(source, set.at(generation, 'source'));
    }
  });

  it('may be given with relative segments, which change neither its name nor what the set is for', async () => {
    const { set, source, sandbox, engine } = fixture();
    buildTree(source, { a: 'a', deep: {} });
    // Above the root there is nothing; on Windows the root is that of the drive.
    const aboveRoot = process.platform === 'win32' ? source.replace('\\', '\\..\\') : `/../${source}`;
    const forms = [source, `${source}/.`, `${source}/deep/..`, `${sandbox.root}/./source//`, aboveRoot];
    for (const path of forms) {
      const destination = path === source ? set.path : `${set.path}/x/../.`;
      const { generation } = await new BackupSet(engine, destination, path).run();
      expect(generation.sources, path).to.deep.equal([{ name: 'source', path: source }]);
      expect(generation, path).to.include({ setPath: set.path, path: join(set.path, generation.name) });
      expectMirror(source, set.at(generation, 'source'));
    }
    expect((await set.names()).length).to.equal(forms.length);
  });

  it('may have names that are not UTF-8', async function () {
    requires(this, 'linux');
    const { set, sandbox, engine } = fixture();
    const bytes = Buffer.concat([Buffer.from(sandbox.path('odd')), Buffer.from([0xff, 0x0a])]);
    mkdirSync(bytes);
    const { generation, items } = await new BackupSet(engine, set.path, toWire(bytes)).run();
    expect(generation.state).to.equal('Complete');
    expect(items.map((item) => fromWire(item.path).toString('latin1'))).to.deep.equal(['odd\xff\n']);
    expect(readdirSync(Buffer.from(generation.path), { encoding: 'latin1' })).to.deep.equal(['odd\xff\n']);
  });

  it('may be other ones with allowSourceChange', async () => {
    const { set, source, sandbox, engine } = fixture();
    buildTree(source, { a: 'a' });
    buildTree(sandbox.path('more'), { b: 'b' });
    await set.run();
    const both = new BackupSet(engine, set.path, source, sandbox.path('more'));
    const { generation } = await both.run({ allowSourceChange: true });
    expect(generation).to.include({ linkedFiles: 1, copiedFiles: 1, state: 'Complete' });
    expectMirror(sandbox.path('more'), set.at(generation, 'more'));
    const again = await both.run();
    expect(again.generation).to.include({ linkedFiles: 2, copiedFiles: 0 });
  });
});
