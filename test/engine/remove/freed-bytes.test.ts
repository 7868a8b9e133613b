import { expect } from 'chai';
import { linkSync, lstatSync, mkdirSync, readdirSync, rmdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { byteFromText } from '../../../native/byte-path.ts';
import { removeTree } from '../../../engine/remove/remove-tree.ts';
import { WorkerPool } from '../../../engine/run/worker-pool.ts';
import { makeSandbox } from '../../support/sandbox.ts';

const FOLDERS = ['a', 'b', 'c', 'd'];
/** Creating files takes long where system calls are emulated. */
const FILES = process.platform === 'win32' ? 100 : 1500;

describe('bytes freed by a removal', () => {
  it('count a file once whose names go in several threads at the same time', async function () {
    this.timeout(60_000);
    const sandbox = makeSandbox();
    const pool = new WorkerPool(4);
    try {
      for (let round = 0; round < 3; round++) {
        const root = sandbox.path(`tree-${round}`);
        for (const folder of FOLDERS) mkdirSync(`${root}/${folder}`, { recursive: true });
        let expected = 0;
        for (let i = 0; i < FILES; i++) {
          writeFileSync(`${root}/a/${i}`, 'x');
          expected += allocated(`${root}/a/${i}`);
          for (const folder of FOLDERS.slice(1)) linkSync(`${root}/a/${i}`, `${root}/${folder}/${i}`);
        }
        for (const folder of FOLDERS) expected += allocated(`${root}/${folder}`);
        const { freedBytes, files, failed } = await removeTree(pool, byteFromText(root), {
          measureOnly: false,
          signal: new AbortController().signal,
        });
        rmdirSync(root);
        expect({ freedBytes, files, failed }).to.deep.equal({
          freedBytes: expected,
          files: FOLDERS.length * FILES,
          failed: 0,
        });
      }
    } finally {
      await pool.close();
      sandbox.remove();
    }
  });

  it('leave out what a generation that stays has, too, and only that', async () => {
    const sandbox = makeSandbox();
    const pool = new WorkerPool(2);
    try {
      const path = (generation: string, item: string): string => sandbox.path(`set/${generation}/${item}`);
      for (const folder of ['both', 'gone/below']) mkdirSync(path('old', folder), { recursive: true });
      mkdirSync(path('new', 'both'), { recursive: true });
      for (const item of ['both/shared', 'both/changed', 'both/alone', 'gone/below/shared'])
        writeFileSync(path('old', item), item);
      const links = process.platform === 'win32' ? [] : ['both/link'];
      for (const link of links) symlinkSync('shared', path('old', link));
      linkSync(path('old', 'both/shared'), path('new', 'both/shared'));
      linkSync(path('old', 'both/shared'), path('old', 'both/another name'));
      // Under another name it is found by asking the file itself.
      linkSync(path('old', 'gone/below/shared'), path('new', 'both/moved'));
      writeFileSync(path('new', 'both/changed'), 'new');
      const freed = ['both', 'gone', 'gone/below', 'both/changed', 'both/alone', ...links];
      const expected = freed.reduce((sum, item) => sum + allocated(path('old', item)), 0);
      const outcome = await removeTree(pool, byteFromText(sandbox.path('set/old')), {
        measureOnly: false,
        signal: new AbortController().signal,
        kept: { set: byteFromText(sandbox.path('set')), folder: byteFromText('new') },
      });
      expect(outcome).to.include({ freedBytes: expected, files: 5, directories: 3, failed: 0 });
      expect(readdirSync(sandbox.path('set/old'))).to.deep.equal([]);
      expect(readdirSync(path('new', 'both')).sort()).to.deep.equal(['changed', 'moved', 'shared']);
    } finally {
      await pool.close();
      sandbox.remove();
    }
  });
});

function allocated(path: string): number {
  return lstatSync(path).blocks * 512;
}
