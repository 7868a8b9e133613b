import { expect } from 'chai';
import { linkSync, lstatSync, mkdirSync, rmdirSync, writeFileSync } from 'node:fs';
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
});

function allocated(path: string): number {
  return lstatSync(path).blocks * 512;
}
