import { expect } from 'chai';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { refusal } from '../../support/backup-set.ts';
import { useFixture } from '../../support/fixture.ts';
import { mountImage, unmountBelow } from '../../support/mounts.ts';
import { requires } from '../../support/requires.ts';
import { buildTree } from '../../support/tree-everything.ts';

describe('the file of a report', () => {
  const fixture = useFixture();
  let generation = '';

  beforeEach(async () => {
    const { set, source, sandbox } = fixture();
    buildTree(source, { a: 'a' });
    generation = (await set.run()).generation.name;
    mkdirSync(sandbox.path('out'));
  });

  function write(outFile: string, more: object = {}): Promise<{ path: string; text: null; length: number }> {
    const { engine, set } = fixture();
    return engine.request('exportReport', { setPath: set.path, outFile, format: 'Json', ...more });
  }

  it('is written, and nothing else', async () => {
    const { sandbox } = fixture();
    const path = sandbox.path('out', 'report.json');
    const answer = await write(path);
    expect(answer).to.include({ path, text: null, length: statSync(path).size });
    expect(JSON.parse(readFileSync(path, 'utf8'))).to.have.property('formatVersion', 1);
    expect(readdirSync(sandbox.path('out'))).to.deep.equal(['report.json']);
  });

  it('may have a name that is no text', async function () {
    requires(this, 'linux');
    const { sandbox } = fixture();
    await write(sandbox.path('out', 'caf␛E9.json'));
    expect(readdirSync(sandbox.path('out'), 'latin1' as 'utf8')).to.deep.equal(['caf\u00e9.json']);
  });

  it('takes the place of an old one, and its permissions', async function () {
    requires(this, 'linux');
    const path = fixture().sandbox.path('out', 'report.json');
    writeFileSync(path, 'old');
    chmodSync(path, 0o640);
    await write(path);
    expect(readFileSync(path, 'utf8')).to.match(/^\{/);
    expect(statSync(path).mode & 0o777).to.equal(0o640);
  });

  it('is never half a file for who reads meanwhile', async () => {
    const path = fixture().sandbox.path('out', 'report.json');
    await write(path);
    let isDone = false;
    const writes = (async () => {
      for (let i = 0; i < 10; i++) await write(path);
      isDone = true;
    })();
    let reads = 0;
    while (!isDone) {
      expect(JSON.parse(readFileSync(path, 'utf8'))).to.have.property('calendar');
      reads++;
      await new Promise(setImmediate);
    }
    await writes;
    expect(reads).to.be.greaterThan(0);
  });

  it('is written through a link', async function () {
    requires(this, 'linux');
    const { sandbox } = fixture();
    writeFileSync(sandbox.path('out', 'real.json'), 'old');
    symlinkSync('real.json', sandbox.path('out', 'link.json'));
    expect((await write(sandbox.path('out', 'link.json'))).path).to.equal(sandbox.path('out', 'real.json'));
    expect(readdirSync(sandbox.path('out')).sort()).to.deep.equal(['link.json', 'real.json']);
    expect(readFileSync(sandbox.path('out', 'real.json'), 'utf8')).to.match(/^\{/);
  });

  it('is left alone where it exists and is not to be replaced', async () => {
    const path = fixture().sandbox.path('out', 'report.json');
    writeFileSync(path, 'mine');
    expect((await refusal(write(path, { noClobber: true }))).data.id).to.equal('PathExists');
    expect(readFileSync(path, 'utf8')).to.equal('mine');
    rmSync(path);
    await write(path, { noClobber: true });
    expect(readFileSync(path, 'utf8')).to.match(/^\{/);
    expect(readdirSync(join(path, '..'))).to.have.length(1);
  });

  it('is refused where there is no folder, where a folder is, and where something else is', async function () {
    const { sandbox } = fixture();
    expect((await refusal(write(sandbox.path('nowhere', 'report.json')))).data.id).to.equal('FolderNotFound');
    expect((await refusal(write(sandbox.path('source', 'a', 'report.json')))).data.id).to.equal('FolderNotFound');
    expect((await refusal(write(sandbox.path('out')))).data.id).to.equal('PathIsDirectory');
    requires(this, 'linux');
    expect((await refusal(write('/dev/null'))).data.id).to.equal('OutFileNotWritable');
    symlinkSync('nowhere', sandbox.path('out', 'dangling'));
    expect((await refusal(write(sandbox.path('out', 'dangling')))).data.id).to.equal('OutFileNotWritable');
  });

  it('is refused inside the set, but right in its folder', async () => {
    const { set } = fixture();
    const inside = [`${generation}/report.json`, `${generation}/source/report.json`, '.mirrorbackup/report.json'];
    for (const name of [...inside, '2099-01-01T000000Z', '.mirrorbackup/logs/x.json'])
      expect((await refusal(write(join(set.path, name)))).data.id, name).to.equal('OutFileInSet');
    if (existsSync(join(set.path, 'latest')))
      expect((await refusal(write(join(set.path, 'latest/report.json')))).data.id).to.equal('OutFileInSet');
    await write(join(set.path, 'report.json'));
    expect(await set.names()).to.deep.equal([generation]);
    expect(readdirSync(set.at((await set.list())[0]))).to.deep.equal(['source']);
  });

  it('is refused where nothing can be written, and leaves nothing behind', async function () {
    requires(this, 'image:ext4');
    const { sandbox } = fixture();
    const folder = mkdtempSync(sandbox.path('mount-'));
    const disk = mountImage(join(folder, 'image'), join(folder, 'disk'), 'ext4', 16);
    try {
      writeFileSync(join(disk, 'report.json'), 'old');
      fillUp(join(disk, 'fill'));
      const error = await refusal(write(join(disk, 'report.json')));
      expect(error.data.id).to.equal('OutFileNotWritable');
      expect(error.message).to.contain('ENOSPC');
      expect(readFileSync(join(disk, 'report.json'), 'utf8')).to.equal('old');
      expect(readdirSync(disk).sort()).to.deep.equal(['fill', 'lost+found', 'report.json']);
    } finally {
      unmountBelow(folder);
    }
  });
});

/** Writes until there is no room for a byte: the system gives the last blocks out one by one. */
function fillUp(path: string): void {
  for (const size of [1 << 20, 4096, 4096, 1]) {
    try {
      for (;;) writeFileSync(path, Buffer.alloc(size), { flag: 'a', flush: true });
    } catch (error) {
      expect((error as NodeJS.ErrnoException).code).to.equal('ENOSPC');
    }
  }
}
