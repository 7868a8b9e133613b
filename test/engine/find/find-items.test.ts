import { expect } from 'chai';
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import {
  lstatSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  readlinkSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { BackupSet, refusal, useEngine } from '../../support/backup-set.ts';
import { useFixture } from '../../support/fixture.ts';
import { Mutator, type Mutation } from '../../support/mutator.ts';
import { assertFor, rounds } from '../../support/properties.ts';
import { requires } from '../../support/requires.ts';
import { makeSandbox } from '../../support/sandbox.ts';
import { buildMany } from '../../support/tree-everything.ts';

interface ItemVersion {
  path: string;
  itemType: string;
  length: number;
  hash: string | null;
  generations: string[];
  fullName: string;
}

async function find(set: BackupSet, params: object): Promise<ItemVersion[]> {
  const { id, answer } = set.engine.start('findItems', { setPath: set.path, ...params });
  await answer;
  const notes = set.engine.take(id).filter(({ method }) => method === 'itemVersion');
  return notes.flatMap(({ params: said }) => said['versions'] as ItemVersion[]);
}

describe('findItems', () => {
  const fixture = useFixture();

  function write(path: string, text: string): void {
    const full = join(fixture().source, path);
    mkdirSync(join(full, '..'), { recursive: true });
    writeFileSync(full, text);
  }

  const pathsOf = (versions: ItemVersion[]): string[] => versions.map(({ path }) => path);

  it('has one version for each content, also for one that comes back', async () => {
    const { set, source } = fixture();
    write('d/a', 'one');
    const first = (await set.run()).generation.name;
    write('d/a', 'two');
    const second = (await set.run()).generation.name;
    write('d/a', 'one');
    utimesSync(join(source, 'd/a'), 1e9, 1e9);
    const third = (await set.run()).generation.name;
    rmSync(join(source, 'd/a'));
    await set.run();
    const versions = await find(set, { paths: ['**/a'] });
    expect(versions.map(({ generations }) => generations)).to.deep.equal([[first, third], [second]]);
    expect(readFileSync(versions[0]?.fullName ?? '', 'utf8')).to.equal('one');
    expect(versions[1]?.hash).to.equal(createHash('sha256').update('two').digest('hex'));
    const limited = await find(set, { paths: ['**/a'], names: [second] });
    expect(limited.map(({ generations }) => generations)).to.deep.equal([[second]]);
  });

  it('understands patterns', async () => {
    const { set } = fixture();
    for (const path of ['a/x.txt', 'a/b/y.txt', 'a/b/.z.txt', 'c (1)/n [2].md', 'c (1)/m.md']) write(path, path);
    await set.run();
    const cases: [string, string[]][] = [
      ['source/a/*.txt', ['source/a/x.txt']],
      ['source/a/**/*.txt', ['source/a/x.txt', 'source/a/b/.z.txt', 'source/a/b/y.txt']],
      ['x.txt', ['source/a/x.txt']],
      ['*/c (1)/*', ['source/c (1)/m.md', 'source/c (1)/n [2].md']],
      ['n [[]2].md', ['source/c (1)/n [2].md']],
      ['source/{a,c (1)}', ['source/a', 'source/c (1)']],
      ['source/{a/x,a/b/y}.txt', ['source/a/x.txt', 'source/a/b/y.txt']],
      ['source/?/b', ['source/a/b']],
      ['nothing', []],
    ];
    for (const [pattern, paths] of cases)
      expect(pathsOf(await find(set, { paths: [pattern] })), pattern).to.have.members(paths);
    expect(pathsOf(await find(set, { literalPaths: ['source/c (1)/n [2].md'] }))).to.have.length(1);
  });

  it('refuses a request without a pattern, and a generation that is not there', async () => {
    const { set } = fixture();
    write('a', '');
    await set.run();
    expect((await refusal(find(set, {}))).data.id).to.equal('InvalidParameter');
    expect((await refusal(find(set, { paths: ['a'], names: ['2020-01-01T000000Z'] }))).data.id).to.equal(
      'GenerationNotFound',
    );
  });
});

describe('versions in random sets', () => {
  const engine = useEngine();

  it('are those of the trees', async function () {
    requires(this, 'root');
    this.timeout(120_000);
    const check = async (changes: Mutation[][]): Promise<void> => {
      const sandbox = makeSandbox();
      try {
        const source = sandbox.path('source');
        mkdirSync(sandbox.path('set'));
        buildMany(source, 3, 4);
        const set = new BackupSet(engine(), sandbox.path('set'), source);
        const mutator = new Mutator(source, 7);
        const names: string[] = [];
        for (const steps of [[], ...changes]) {
          mutator.applyAll(steps);
          names.push((await set.run({ allowEmptySource: true })).generation.name);
        }
        const told = await find(set, { paths: ['source/**'] });
        const lines = told.map(({ path, itemType, hash, generations }) =>
          [path, itemType, itemType === 'File' || itemType === 'SymbolicLink' ? hash : '', generations.join(' ')].join(
            '\t',
          ),
        );
        expect(lines.filter((line) => !line.startsWith('source\t')).sort()).to.deep.equal(versionsOnDisk(set, names));
      } finally {
        sandbox.remove();
      }
    };
    await assertFor(4, fc.asyncProperty(rounds(4), check));
  });
});

/** Path, type, hash and generations of all that is in the trees. */
function versionsOnDisk(set: BackupSet, names: readonly string[]): string[] {
  const found = new Map<string, string[]>();
  const visit = (name: string, path: string): void => {
    for (const entry of readdirSync(join(set.path, name, path))) {
      const full = join(set.path, name, path, entry);
      const stats = lstatSync(full);
      const type = stats.isDirectory()
        ? 'Directory'
        : stats.isFile()
          ? 'File'
          : stats.isSymbolicLink()
            ? 'SymbolicLink'
            : 'Fifo';
      const content = type === 'File' ? readFileSync(full) : type === 'SymbolicLink' ? readlinkSync(full) : '';
      const hash = content === '' ? '' : createHash('sha256').update(content).digest('hex');
      const key = [`${path}/${entry}`, type, hash].join('\t');
      found.set(key, [...(found.get(key) ?? []), name]);
      if (stats.isDirectory()) visit(name, `${path}/${entry}`);
    }
  };
  for (const name of names) visit(name, 'source');
  return [...found].map(([key, generations]) => `${key}\t${generations.join(' ')}`).sort();
}
