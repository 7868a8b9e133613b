import { spawnSync } from 'node:child_process';
import { expect } from 'chai';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { withEngine, type BackupSet } from '../../support/backup-set.ts';
import { rewriteInPlace } from '../../support/edit.ts';
import { useFixture } from '../../support/fixture.ts';
import { damageOf, heal, inodeOf, recordDamage, threeGenerations } from '../../support/heal.ts';
import { listTree } from '../../support/listing.ts';
import { requires } from '../../support/requires.ts';
import { straceCommand } from '../../support/strace.ts';
import { buildTree } from '../../support/tree-everything.ts';

const run = (command: string, ...args: string[]): void => {
  const { status, stderr } = spawnSync(command, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
};

describe('metadata of healed files', () => {
  const fixture = useFixture();
  const at = (set: BackupSet, name: string | undefined, file: string): string => `${set.path}/${name}/source/${file}`;

  async function build(): Promise<{ set: BackupSet; source: string; names: string[] }> {
    const { set, source } = fixture();
    buildTree(source, { file: 'content', other: 'content' });
    run('setfattr', '-n', 'user.color', '-v', 'red', `${source}/file`);
    run('setfacl', '-m', 'u:1234:rw', `${source}/file`);
    run('setfattr', '-n', 'user.color', '-v', 'blue', `${source}/other`);
    return { set, source, names: await threeGenerations(set) };
  }

  const attributes = (set: BackupSet, name: string | undefined): unknown => {
    const item = listTree(at(set, name, '')).get('file');
    return { xattrs: item?.xattrs, mode: item?.mode };
  };

  it('ACL and attributes are those of the damaged file, and none of the origin', async function () {
    requires(this, 'root', 'tool:setfattr', 'tool:setfacl');
    const { set, source, names } = await build();
    const before = attributes(set, names[0]);
    rewriteInPlace(at(set, names[0], 'file'), 'CONTENT', true);
    recordDamage(set, 'ContentDamaged', names, 'source/file');
    rmSync(source, { recursive: true });
    const [action] = await heal(set);
    expect(action).to.include({ done: true });
    expect(action).not.to.have.property('fidelityLosses');
    for (const name of names) expect(attributes(set, name)).to.deep.equal(before);
  });

  it('what nothing has any more is told', async function () {
    requires(this, 'root', 'tool:setfattr', 'tool:setfacl');
    const { set, source, names } = await build();
    for (const name of names) rmSync(at(set, name, 'file'));
    recordDamage(set, 'Missing', names, 'source/file');
    rmSync(source, { recursive: true });
    const [action] = await heal(set);
    expect(action).to.include({ done: true });
    expect(action?.fidelityLosses?.map(({ kind }) => kind)).to.deep.equal(['ExtendedAttributes']);
  });

  it('a file that can have no name more is copied again for the rest', async function () {
    requires(this, 'root', 'tool:strace');
    const { set, source } = fixture();
    buildTree(source, { file: 'content' });
    const names = await threeGenerations(set);
    rewriteInPlace(at(set, names[0], 'file'), 'CONTENT', true);
    recordDamage(set, 'ContentDamaged', names, 'source/file');
    const through = straceCommand([{ calls: ['linkat'], error: 'EMLINK', when: '2' }]);
    const [action] = await withEngine({ through }, (engine) => heal(set.through(engine)));
    expect(action).to.include({ done: true });
    for (const name of names) expect(readFileSync(at(set, name, 'file'), 'utf8')).to.equal('content');
    expect(new Set(names.map((name) => inodeOf(at(set, name, 'file')))).size).to.equal(2);
    expect(damageOf(set)).to.deep.equal([]);
  });

  it('a full disk leaves all as it was', async function () {
    requires(this, 'root', 'tool:strace');
    const { set, source } = fixture();
    buildTree(source, { file: 'content' });
    const names = await threeGenerations(set);
    rewriteInPlace(at(set, names[0], 'file'), 'CONTENT', true);
    recordDamage(set, 'ContentDamaged', names, 'source/file');
    writeFileSync(`${source}/unrelated`, 'x');
    const through = straceCommand([{ calls: ['linkat'], error: 'ENOSPC' }]);
    const [action] = await withEngine({ through }, (engine) => heal(set.through(engine)));
    expect(action).to.include({ done: false });
    expect(action?.reason).to.contain('ENOSPC');
    expect(damageOf(set)[0]?.names).to.have.length(3);
    expect(readFileSync(at(set, names[0], 'file'), 'utf8')).to.equal('CONTENT');
  });
});
