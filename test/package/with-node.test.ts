import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { filesBelow, makePackage } from '../support/package.ts';
import { requires } from '../support/requires.ts';
import { useSandbox } from '../support/sandbox.ts';

describe('@slow a package with Node.js', function () {
  this.timeout(600_000);
  const sandbox = useSandbox('big');

  it('has the one that the project is built with, for the platforms that were named, and its licence', function () {
    requires(this, 'linux');
    makePackage(sandbox().root, `--with-node=linux-${process.arch}`);
    const folder = sandbox().path('MirrorBackup');
    const program = `engine/node/linux-${process.arch}/node`;
    expect(filesBelow(join(folder, 'engine/node'))).to.deep.equal([`linux-${process.arch}/node`]);
    const { stdout } = spawnSync(join(folder, program), ['--version'], { encoding: 'utf8' });
    expect(stdout.trim()).to.equal(process.version);
    expect(readFileSync(join(folder, 'MirrorBackup.psd1'), 'utf8')).to.include(`'${program}'`);
    const notices = readFileSync(join(folder, 'THIRD-PARTY-NOTICES.txt'), 'utf8');
    expect(notices)
      .to.include(`\nNode.js ${process.version.slice(1)}\n`)
      .and.include('Copyright Node.js contributors');
  });
});
