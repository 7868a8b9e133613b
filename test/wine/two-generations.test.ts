import { expect } from 'chai';
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { mkdtempSync, readdirSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { addDrive, type Drive } from '../../scripts/wine/drives.ts';
import { windowsNode, winePrefix } from '../../scripts/wine/places.ts';
import { runWindowsNode, windowsPath } from '../../scripts/wine/run.ts';
import { engineEntry } from '../support/engine-process.ts';
import { skip } from '../support/requires.ts';
import { testRoot } from '../support/test-root.ts';

interface Answer {
  result?: { name: string; linkedFiles: number; copiedFiles: number; failed: number };
  error?: { message: string };
}

/** The engine runs as on Windows; Linux looks at what it has done. */
describe('the engine of Windows, seen from Linux', function () {
  this.timeout(120_000);
  let folder: string;
  let drive: Drive;

  before(function () {
    if (process.platform !== 'linux') skip(this, 'needs Linux, with Wine');
    if (!existsSync(windowsNode) || !existsSync(winePrefix)) skip(this, 'needs Wine: npm run -s wine -- --version');
    folder = mkdtempSync(join(testRoot(), 'wine-'));
    drive = addDrive(folder);
  });
  after(() => {
    drive?.remove();
    if (folder) rmSync(folder, { recursive: true, force: true });
  });

  const path = (...names: string[]): string => join(folder, ...names);
  const write = (name: string, content: string): void => {
    mkdirSync(join(path(name), '..'), { recursive: true });
    writeFileSync(path(name), content);
    // Long ago: nothing about it is doubtful to the next run.
    utimesSync(path(name), 1_600_000_000, 1_600_000_000);
  };

  /** Sends a request by a file: who ends it without a session wants the answer all the same. */
  async function create(): Promise<NonNullable<Answer['result']>> {
    const params = { setPath: `${drive.name}\\set`, sources: [{ path: `${drive.name}\\source` }] };
    const request = path('request.json');
    writeFileSync(request, `${JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'createGeneration', params })}\n`);
    const { stdout, stderr } = await runWindowsNode([windowsPath(engineEntry())], { input: request });
    const answer = stdout
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as Answer)
      .find(({ result, error }) => result ?? error);
    if (!answer?.result) throw new Error(answer?.error?.message ?? stderr);
    return answer.result;
  }

  it('links what is unchanged and copies what is not', async () => {
    const names = ['a.txt', 'ü€💀.txt', join('deep', ...Array<string>(6).fill('d'.repeat(60)), 'b.txt')];
    for (const name of names) write(join('source', name), `content of ${name}`);
    write('source/changed.txt', 'before');
    mkdirSync(path('source', 'empty'));

    const first = await create();
    expect(first).to.include({ copiedFiles: 4, linkedFiles: 0, failed: 0 });
    write('source/changed.txt', 'after');
    const second = await create();
    expect(second).to.include({ copiedFiles: 1, linkedFiles: 3, failed: 0 });

    const kept = (generation: string, name: string): string => path('set', generation, 'source', name);
    for (const name of names) {
      const [old, young] = [first, second].map((generation) => statSync(kept(generation.name, name)));
      expect(young.ino).to.equal(old.ino);
      expect(young.nlink).to.equal(2);
      expect(young.ino).to.not.equal(statSync(path('source', name)).ino);
      expect(young.mtimeMs).to.equal(1_600_000_000_000);
      expect(readFileSync(kept(second.name, name), 'utf8')).to.equal(`content of ${name}`);
    }
    expect(readFileSync(kept(first.name, 'changed.txt'), 'utf8')).to.equal('before');
    expect(readFileSync(kept(second.name, 'changed.txt'), 'utf8')).to.equal('after');
    expect(statSync(kept(first.name, 'changed.txt')).nlink).to.equal(1);
    expect(readdirSync(kept(second.name, 'empty'))).to.deep.equal([]);
    expect(readdirSync(path('set', '.mirrorbackup', 'staging'))).to.deep.equal([]);
  });
});
