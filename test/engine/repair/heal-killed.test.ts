import { expect } from 'chai';
import { readFileSync, rmSync } from 'node:fs';
import type { BackupSet } from '../../support/backup-set.ts';
import { withEngine } from '../../support/backup-set.ts';
import { age, rewriteInPlace } from '../../support/edit.ts';
import { useFixture } from '../../support/fixture.ts';
import { damageOf, heal, inodeOf, recordDamage, threeGenerations } from '../../support/heal.ts';
import { killedAt } from '../../support/interrupted.ts';
import { expectSameLines, frozen } from '../../support/oracle-mirror.ts';
import { requires } from '../../support/requires.ts';
import { straceLogCommand } from '../../support/strace.ts';
import { buildTree } from '../../support/tree-everything.ts';

const CALLS = [
  'linkat',
  'renameat',
  'renameat2',
  'rename',
  'fsync',
  'syncfs',
  'utimensat',
  'unlinkat',
  'mkdir',
  'openat',
  'pwrite64',
  'write',
];
const WHOLE = 'content that is worth keeping';
const DAMAGED = WHOLE.replace('content', 'CONTENT');

describe('healing that is killed @slow', () => {
  const fixture = useFixture();
  const path = (set: BackupSet, name: string, file: string): string => `${set.path}/${name}/source/${file}`;
  const FILES = ['folder/one', 'folder/two'];

  function spoil(set: BackupSet, names: string[]): void {
    for (const file of FILES) {
      rewriteInPlace(path(set, names[0] ?? '', file), 'CONTENT', true);
      recordDamage(set, 'ContentDamaged', names, `source/${file}`);
    }
  }

  for (const call of CALLS) {
    it(`at ${call}: every name is one whole file or the other, and a rerun completes`, async function () {
      requires(this, 'root', 'tool:strace');
      this.timeout(300_000);
      const { set, source, sandbox } = fixture();
      buildTree(source, { folder: { one: WHOLE, two: WHOLE } });
      age(`${source}/folder`);
      const names = await threeGenerations(set);
      const contents = (): string[][] =>
        names.map((name) => frozen(path(set, name, '')).map((line) => line.replace(/ inode=\d+$/u, '')));
      const before = contents();
      const log = sandbox.path('log');
      spoil(set, names);
      await withEngine({ through: straceLogCommand([call], log) }, (engine) => heal(set.through(engine)));
      const total = readFileSync(log, 'latin1')
        .split('\n')
        .filter((line) => line.includes(`${call}(`)).length;
      rmSync(log);
      const step = Math.max(1, Math.floor(total / 8));
      for (let k = 1; k <= total; k += step) {
        spoil(set, names);
        await killedAt(call, k, heal, set);
        for (const name of names)
          for (const file of FILES)
            expect([WHOLE, DAMAGED], `${call} ${k}`).to.include(readFileSync(path(set, name, file), 'utf8'));
        await heal(set);
        contents().forEach((lines, i) => expectSameLines(lines, before[i] ?? [], `${call} ${k} of ${total}`));
        for (const file of FILES) expect(new Set(names.map((name) => inodeOf(path(set, name, file)))).size).to.equal(1);
        expect(damageOf(set)).to.deep.equal([]);
      }
    });
  }
});
