import { chmodSync, linkSync, lstatSync, mkdirSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { refusal, useEngine, withEngine } from '../../support/backup-set.ts';
import { fileIdText, findLinks } from '../../support/hard-links.ts';
import { mountImage } from '../../support/mounts.ts';
import { notUnderWine, requires } from '../../support/requires.ts';
import { useSandbox } from '../../support/sandbox.ts';

describe('getHardLinks', () => {
  const sandbox = useSandbox();
  const engine = useEngine();
  let root = '';

  beforeEach(() => {
    root = realpathSync(sandbox().root);
    for (const folder of ['one/deep', 'two']) mkdirSync(`${root}/${folder}`, { recursive: true });
    writeFileSync(`${root}/one/a`, 'content');
    linkSync(`${root}/one/a`, `${root}/one/deep/b`);
    linkSync(`${root}/one/a`, `${root}/two/c`);
    writeFileSync(`${root}/one/single`, 'x');
  });

  /** As the engine writes a path. */
  const inRoot = (path: string): string => join(root, path);

  it('finds all names below a root', async () => {
    const { links, errors } = await findLinks(engine(), [`${root}/one/a`], [root]);
    expect(errors).to.deep.equal([]);
    expect(links).to.have.length(1);
    expect(links[0]).to.deep.include({
      path: `${root}/one/a`,
      linkCount: 3,
      fileId: fileIdText(lstatSync(`${root}/one/a`, { bigint: true }).ino),
      names: [inRoot('one/a'), inRoot('one/deep/b'), inRoot('two/c')],
      length: 7,
      complete: true,
    });
  });

  it('without a root searches the folder of the file, and says that names are missing', async () => {
    const { links } = await findLinks(engine(), [`${root}/one/a`]);
    expect(links[0]).to.deep.include({ linkCount: 3, complete: false, names: [inRoot('one/a'), inRoot('one/deep/b')] });
  });

  it('searches nothing for a file with one name', async () => {
    const { links, searchedItems } = await findLinks(engine(), [`${root}/one/single`], [root]);
    expect(links[0]).to.deep.include({ linkCount: 1, complete: true, names: [inRoot('one/single')] });
    expect(searchedItems).to.equal(0);
  });

  it('searches once for many files, and stops when all is known', async () => {
    const paths = Array.from({ length: 50 }, (_, i) => inRoot(`two/file${i}`));
    for (const path of paths) {
      writeFileSync(path, path);
      linkSync(path, `${path}.link`);
    }
    for (let i = 0; i < 300; i++) writeFileSync(`${root}/one/deep/noise${i}`, '');
    const all = await findLinks(engine(), [...paths, `${root}/one/a`], [root, `${root}/one`, root]);
    expect(all.links).to.have.length(51);
    expect(all.links.every(({ complete }) => complete)).to.equal(true);
    expect(all.searchedItems).to.be.lessThan(450);
    const few = await findLinks(engine(), [paths[0]], [`${root}/two`, `${root}/one`]);
    expect(few.searchedItems).to.be.lessThan(410);
    expect(few.links[0]?.names).to.deep.equal([paths[0], `${paths[0]}.link`]);
  });

  it('answers for each path that was asked, also when two are one file', async () => {
    const { links } = await findLinks(engine(), [`${root}/one/a`, `${root}/two/c`], [root]);
    expect(links.map(({ path }) => path)).to.deep.equal([`${root}/one/a`, `${root}/two/c`]);
    expect(links[0]?.names).to.deep.equal(links[1]?.names);
    expect(links[0]?.names).to.have.length(3);
  });

  it('counts a name once, by whatever way it is reached', async function () {
    notUnderWine(this, 'it makes no symlinks');
    symlinkSync('one', `${root}/way`);
    const { links } = await findLinks(engine(), [`${root}/way/a`], [`${root}/way`, `${root}/two`]);
    expect(links[0]).to.deep.include({
      path: `${root}/way/a`,
      complete: true,
      names: [`${root}/one/a`, `${root}/one/deep/b`, `${root}/two/c`],
    });
  });

  it('finds names that are not text', async function () {
    requires(this, 'linux');
    linkSync(`${root}/one/a`, Buffer.concat([Buffer.from(`${root}/two/`), Buffer.from([0xff, 0x0a])]));
    const { links } = await findLinks(engine(), [`${root}/two/␛FF\n`], [root]);
    expect(links[0]).to.include({ linkCount: 4, complete: true });
    expect(links[0]?.names).to.include(`${root}/two/␛FF\n`);
  });

  it('reports files it cannot look at and goes on with the others', async () => {
    const { links, errors } = await findLinks(engine(), [`${root}/missing`, `${root}/one`, `${root}/one/a`], [root]);
    expect(errors.map(({ id, path }) => [id, path])).to.deep.equal([
      ['FileNotFound', `${root}/missing`],
      ['PathIsDirectory', `${root}/one`],
    ]);
    expect(links).to.have.length(1);
  });

  it('refuses a root that is no folder', async () => {
    for (const wrong of [`${root}/missing`, `${root}/one/a`]) {
      const error = await refusal(findLinks(engine(), [`${root}/one/a`], [wrong]));
      expect(error.data).to.include({ id: 'FolderNotFound', path: wrong });
    }
  });

  it('does not leave the file system, and takes none twice', async function () {
    requires(this, 'image:ext4', 'tool:mount');
    const at = mountImage(sandbox().path('image'), `${root}/two/mounted`, 'ext4');
    writeFileSync(`${at}/x`, 'x');
    linkSync(`${at}/x`, `${at}/y`);
    const outside = await findLinks(engine(), [`${at}/x`], [root]);
    expect(outside.links[0]).to.deep.include({ linkCount: 2, complete: false, names: [`${at}/x`] });
    const inside = await findLinks(engine(), [`${at}/x`, `${root}/one/a`], [root, at]);
    expect(inside.links.map(({ complete }) => complete)).to.deep.equal([true, true]);
  });

  it('warns of folders it may not search', async function () {
    requires(this, 'root', 'tool:setpriv');
    chmodSync(sandbox().root, 0o755);
    chmodSync(`${root}/two`, 0o700);
    const through = ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups'];
    await withEngine({ through, environment: { HOME: root } }, async (other) => {
      const { links, warnings } = await findLinks(other, [`${root}/one/a`], [root]);
      expect(links[0]).to.include({ linkCount: 3, complete: false });
      expect(warnings.map(({ id, path }) => [id, path])).to.deep.equal([['FoldersNotSearched', `${root}/two`]]);
    });
  });

  it('can be cancelled', async () => {
    const everything = process.platform === 'win32' ? 'C:\\' : '/usr';
    const { id, answer } = engine().start('getHardLinks', { paths: [`${root}/one/a`], roots: [everything] });
    engine().notify('$/cancelRequest', { id });
    expect((await refusal(answer)).data.id).to.equal('Cancelled');
  });
});
