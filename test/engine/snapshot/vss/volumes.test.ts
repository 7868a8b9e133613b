import { expect } from 'chai';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { skip } from '../../../support/requires.ts';
import { withoutVssDouble } from '../../../support/win32/vss-double.ts';
import { nothing, VssSandbox } from '../../../support/win32/vss-sandbox.ts';

/** Of the test run: another volume than that of the temporary folder. */
const OTHER = process.env['MIRRORBACKUP_TEST_ROOT'] ?? '';

describe('shadow copies by VSS of several volumes', () => {
  let sandbox: VssSandbox;
  let other: string;

  before(function () {
    if (withoutVssDouble !== undefined) skip(this, withoutVssDouble);
    if (!/^[A-Z]:\\$/i.test(OTHER)) skip(this, 'needs a second drive in MIRRORBACKUP_TEST_ROOT');
  });
  beforeEach(() => {
    sandbox = new VssSandbox();
    other = mkdtempSync(join(OTHER, 'vss-'));
    sandbox.double.set('TREES', `${sandbox.double.source};${other}`);
    for (const folder of [sandbox.double.source, other]) writeFileSync(join(folder, 'file'), `before in ${folder}`);
  });
  afterEach(() => {
    sandbox?.[Symbol.dispose]();
    if (other) rmSync(other, { recursive: true, force: true });
  });

  /** Calls that concern the set, by name. */
  const counts = (): Record<string, number> => {
    const names = ['StartSnapshotSet', 'AddToSnapshotSet', 'DoSnapshotSet', 'GetSnapshotProperties'];
    const trace = sandbox.double.trace();
    return Object.fromEntries(names.map((name) => [name, trace.filter((line) => line.startsWith(name)).length]));
  };

  it('are one set, in which each source is read from its own', async () => {
    const { source } = sandbox.double;
    mkdirSync(join(source, 'deeper'));
    const paths = [source, other, join(source, 'deeper')];
    const snapshot = await sandbox.create({ sources: paths.map((path) => ({ path })) });
    expect(counts()).to.include({
      StartSnapshotSet: 1,
      AddToSnapshotSet: 2,
      DoSnapshotSet: 3,
      GetSnapshotProperties: 2,
    });
    expect(snapshot.sources.map(({ path }) => path)).to.deep.equal(paths);
    const [first, second, third] = snapshot.sources;
    expect(third.snapshotId).to.equal(first.snapshotId).and.not.equal(second.snapshotId);
    for (const folder of [source, other]) writeFileSync(join(folder, 'file'), 'after');
    expect(readFileSync(`${first.readPath}\\file`, 'utf8')).to.equal(`before in ${source}`);
    expect(readFileSync(`${second.readPath}\\file`, 'utf8')).to.equal(`before in ${other}`);
    expect(existsSync(third.readPath)).to.equal(true);
    expect(sandbox.journal.entries.size).to.equal(2);
    await snapshot.check();
    await snapshot.complete(true);
    await snapshot.release();
    expect(sandbox.leftovers()).to.deep.equal(nothing);
  });

  it('are all given back when one cannot be had', async () => {
    const sources = [sandbox.double.source, other].map((path) => ({ path }));
    for (const step of ['AddToSnapshotSet@2', 'IsVolumeSupported@2', 'GetSnapshotProperties@2', 'DoSnapshotSet.Async'])
      for (const persistent of [false, true]) {
        sandbox.double.set('RESET', '1');
        sandbox.double.set('FAIL', `${step}=8000ffff`);
        const id = await sandbox.create({ sources, persistent }).then(
          () => 'none',
          ({ id: given }: { id: string }) => given,
        );
        expect(id, step).to.equal('SnapshotFailed');
        sandbox.double.set('FAIL', '');
        expect(sandbox.leftovers(), step).to.deep.equal(nothing);
      }
  });

  it('are read below the root of a volume that is mounted on a folder', async () => {
    const { source } = sandbox.double;
    // Wine cannot mount a volume on a folder: the paths say so, and the files are on the other drive.
    sandbox.mounted.set(`${source}\\mounted\\`, OTHER);
    const inside = join(source, 'mounted', other.slice(OTHER.length));
    mkdirSync(inside, { recursive: true });
    const snapshot = await sandbox.create({ sources: [{ path: source }, { path: inside }] });
    expect(counts()).to.include({ StartSnapshotSet: 1, AddToSnapshotSet: 2 });
    const [, frozen] = snapshot.sources;
    expect(frozen.path).to.equal(inside);
    expect(frozen.readPath).to.match(/^\\\\\?\\GLOBALROOT\\Device\\HarddiskVolumeShadowCopy\d+\\vss-\w+$/);
    expect(readFileSync(`${frozen.readPath}\\file`, 'utf8')).to.equal(`before in ${other}`);
    await snapshot.complete(true);
    await snapshot.release();
    expect(sandbox.leftovers()).to.deep.equal(nothing);
  });
});
