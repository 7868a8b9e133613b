import { expect } from 'chai';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { BackupSet, refusal } from '../../support/backup-set.ts';
import { useFixture } from '../../support/fixture.ts';
import { requires } from '../../support/requires.ts';
import { buildTree } from '../../support/tree-everything.ts';

const MIB = 1024 * 1024;

describe('file systems that ignore case', () => {
  const fixture = useFixture();

  /** The driver finds names in any case, but shows them all in lower case. */
  function mountNtfs(): string {
    const { sandbox } = fixture();
    const [image, at] = [sandbox.path('image'), sandbox.path('ntfs')];
    writeFileSync(image, '');
    mkdirSync(at);
    for (const [file, ...args] of [
      ['truncate', '-s', String(32 * MIB), image],
      ['mkntfs', '-F', '-Q', image],
      ['lowntfs-3g', image, at, '-o', 'ignore_case'],
    ]) {
      const result = spawnSync(file, args, { encoding: 'utf8' });
      if (result.status !== 0) throw new Error(`${file}: ${result.stderr || String(result.error)}`);
    }
    return at;
  }

  function needs(context: Mocha.Context): void {
    requires(context, 'root', 'tool:mkntfs', 'tool:lowntfs-3g');
    expect(existsSync('/dev/fuse'), '/dev/fuse').to.equal(true);
  }

  it('a file that changes only its case is Renamed, and has the new case from then on', async () => {
    const { set, source } = fixture();
    buildTree(source, { 'readme.txt': 'text', folder: { 'a.txt': 'a' }, same: 's' });
    const first = await set.run();
    // In two steps, as rename(2) to the same file does nothing.
    for (const [from, to] of [
      ['readme.txt', 'README.txt'],
      ['folder', 'Folder'],
    ]) {
      renameSync(`${source}/${from}`, `${source}/aside`);
      renameSync(`${source}/aside`, `${source}/${to}`);
    }
    const { generation, items } = await set.run();
    expect(generation).to.include({ state: 'Complete', copiedFiles: 0 });
    const renamed = items.filter(({ change }) => change === 'Renamed').map(({ oldPath, path }) => [oldPath, path]);
    expect(renamed).to.deep.include.members([['source/readme.txt', 'source/README.txt']]);
    expect(readdirSync(`${generation.path}/source`).sort()).to.deep.equal(['Folder', 'README.txt', 'same']);
    expect(readdirSync(`${first.generation.path}/source`).sort()).to.deep.equal(['folder', 'readme.txt', 'same']);
    expect((await set.run()).generation).to.include({ linkedFiles: 3, copiedFiles: 0, renamed: 0 });
  });

  it('a set below its source is refused in whatever case it is written', async function () {
    needs(this);
    const { engine } = fixture();
    const at = mountNtfs();
    buildTree(`${at}/Source`, { Deep: { a: 'a' } });
    for (const path of [`${at}/SOURCE/new`, `${at}/source/deep`, `${at}/sOURCE`])
      expect((await refusal(new BackupSet(engine, path, `${at}/Source`).run())).data.id, path).to.equal(
        'DestinationInsideSource',
      );
    const { data } = await refusal(new BackupSet(engine, `${at}/source`, `${at}/SOURCE/DEEP`).run());
    expect(data.id).to.equal('SourceInsideDestination');
  });

  it('of two files that differ in case only the one that finds its name taken is reported', async function () {
    needs(this);
    const { source, engine } = fixture();
    buildTree(source, { a: 'lower', A: 'upper', other: 'o' });
    const { generation, errors } = await new BackupSet(engine, `${mountNtfs()}/set`, source).run();
    expect(generation.state).to.equal('Partial');
    expect(errors.map(({ id, path }) => [id, path])).to.deep.equal([['ItemFailed', 'source/a']]);
    expect(readFileSync(`${generation.path}/source/A`, 'utf8')).to.equal('upper');
  });
});
