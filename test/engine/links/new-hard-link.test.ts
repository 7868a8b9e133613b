import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { expect } from 'chai';
import { refusal, useEngine, withEngine } from '../../support/backup-set.ts';
import { fileIdText, makeLink } from '../../support/hard-links.ts';
import { mountImage } from '../../support/mounts.ts';
import { notUnderWine, requires } from '../../support/requires.ts';
import { straceCommand } from '../../support/strace.ts';
import { useSandbox } from '../../support/sandbox.ts';

describe('newHardLink', () => {
  const sandbox = useSandbox();
  const engine = useEngine();

  function file(name: string, text = name): string {
    const path = sandbox().path(name);
    writeFileSync(path, text);
    return path;
  }

  it('gives a file one more name and tells what it is now', async () => {
    const target = file('a', 'content');
    const path = sandbox().path('b');
    const link = await makeLink(engine(), path, target);
    const { ino, nlink } = lstatSync(path, { bigint: true });
    expect(nlink).to.equal(2n);
    expect(ino).to.equal(lstatSync(target, { bigint: true }).ino);
    expect(link).to.include({ path, linkCount: 2, fileId: fileIdText(ino), length: 7, complete: true });
    expect(link.names).to.deep.equal([path, target]);
    expect(link.volume).to.match(process.platform === 'win32' ? /^[0-9A-F]{4}-[0-9A-F]{4}$/ : /^\d+:\d+$/);
  });

  it('counts names it does not know', async () => {
    const target = file('a');
    linkSync(target, sandbox().path('other'));
    const link = await makeLink(engine(), sandbox().path('b'), target);
    expect(link).to.include({ linkCount: 3, complete: false });
  });

  it('takes names that are not text', async function () {
    requires(this, 'linux');
    const bytes = Buffer.concat([Buffer.from(`${sandbox().root}/caf`), Buffer.from([0xe9])]);
    writeFileSync(bytes, 'x');
    const link = await makeLink(engine(), `${sandbox().root}/new␛FF`, `${sandbox().root}/caf␛E9`);
    expect(link.names).to.deep.equal([`${sandbox().root}/new␛FF`, `${sandbox().root}/caf␛E9`]);
    const made = Buffer.concat([Buffer.from(`${sandbox().root}/new`), Buffer.from([0xff])]);
    expect(lstatSync(made).ino).to.equal(lstatSync(bytes).ino);
  });

  it('links a symbolic link itself', async function () {
    notUnderWine(this, 'it makes no symlinks');
    file('a');
    symlinkSync('a', sandbox().path('pointer'));
    const path = sandbox().path('b');
    await makeLink(engine(), path, sandbox().path('pointer'));
    expect(lstatSync(path).isSymbolicLink()).to.equal(true);
  });

  it('replaces a file only when told so, and leaves nothing beside it', async () => {
    const target = file('a', 'new');
    const path = file('b', 'old');
    const error = await refusal(makeLink(engine(), path, target));
    expect(error.data).to.include({ id: 'PathExists', path });
    expect(readFileSync(path, 'utf8')).to.equal('old');
    const link = await makeLink(engine(), path, target, { force: true });
    expect(link).to.include({ linkCount: 2, complete: true });
    expect(readFileSync(path, 'utf8')).to.equal('new');
    await makeLink(engine(), path, target, { force: true });
    await makeLink(engine(), target, target, { force: true });
    expect(readdirSync(sandbox().root).sort()).to.deep.equal(['a', 'b']);
    expect(lstatSync(path).nlink).to.equal(2);
  });

  it('leaves the old file where the new name cannot be made', async () => {
    const path = file('b', 'old');
    const error = await refusal(makeLink(engine(), path, sandbox().path('missing'), { force: true }));
    expect(error.data.id).to.equal('FileNotFound');
    expect(readFileSync(path, 'utf8')).to.equal('old');
  });

  const refused: [what: string, id: string, path: string, target: string][] = [
    ['a target that does not exist', 'FileNotFound', 'b', 'missing'],
    ['a target below a file', 'FileNotFound', 'b', 'a/below'],
    ['a target that is a folder', 'PathIsDirectory', 'b', 'folder'],
    ['a new name in a folder that does not exist', 'FolderNotFound', 'missing/b', 'a'],
    ['a new name below a file', 'FolderNotFound', 'a/b', 'a'],
    ['a new name that is too long', 'PathInvalid', 'b'.repeat(300), 'a'],
    ['a new name that no file system takes', 'PathInvalid', 'b'.repeat(3000), 'a'],
    ['a new name that exists', 'PathExists', 'other', 'a'],
    ['a root as the target', 'PathIsDirectory', 'b', '../../../../../../../../..'],
  ];
  for (const [what, id, path, target] of refused) {
    it(`refuses ${what}`, async () => {
      file('a');
      file('other');
      mkdirSync(sandbox().path('folder'));
      const error = await refusal(makeLink(engine(), sandbox().path(path), sandbox().path(target)));
      expect(error.data.id).to.equal(id);
      expect(error.data.hint).to.be.a('string');
      expect(readdirSync(sandbox().root).sort()).to.deep.equal(['a', 'folder', 'other']);
    });
  }

  it('never replaces a folder', async () => {
    const target = file('a');
    mkdirSync(sandbox().path('folder'));
    const error = await refusal(makeLink(engine(), sandbox().path('folder'), target, { force: true }));
    expect(error.data.id).to.equal('PathIsDirectory');
    expect(readdirSync(sandbox().root).sort()).to.deep.equal(['a', 'folder']);
  });

  it('says when the name would be on another volume', async function () {
    requires(this, 'image:ext4');
    const at = mountImage(sandbox().path('image'), sandbox().path('mount'), 'ext4');
    const error = await refusal(makeLink(engine(), `${at}/b`, file('a')));
    expect(error.data).to.deep.include({ id: 'LinkAcrossVolumes' });
    expect(error.data.native?.name).to.equal('EXDEV');
  });

  it('says when the file system has no hard links', async function () {
    requires(this, 'image:exfat');
    const at = mountImage(sandbox().path('image'), sandbox().path('mount'), 'exfat');
    writeFileSync(`${at}/a`, 'a');
    const error = await refusal(makeLink(engine(), `${at}/b`, `${at}/a`));
    expect(error.data.id).to.equal('LinkNotSupported');
    expect(readdirSync(at)).to.deep.equal(['a']);
  });

  it('tells a file system without hard links from a refusal, which have the same error', async function () {
    requires(this, 'tool:strace');
    const target = file('a');
    const through = straceCommand([{ calls: ['link', 'linkat'], error: 'EPERM' }]);
    await withEngine({ through }, async (other) => {
      const error = await refusal(makeLink(other, sandbox().path('b'), target));
      expect(error.data).to.include({ id: 'LinkNotSupported' });
      expect(readdirSync(sandbox().root)).to.deep.equal(['a']);
    });
  });

  it('says when a file has too many names', async function () {
    requires(this, 'tool:strace');
    const target = file('a');
    const through = straceCommand([{ calls: ['linkat'], error: 'EMLINK' }]);
    await withEngine({ through }, async (other) => {
      const error = await refusal(makeLink(other, sandbox().path('b'), target));
      expect(error.data).to.include({ id: 'LinkLimitReached' });
      expect(error.data.native?.name).to.equal('EMLINK');
    });
  });

  it('says when the file may not be linked', async function () {
    requires(this, 'root', 'tool:chattr');
    const target = file('a');
    execFileSync('chattr', ['+i', target]);
    try {
      const error = await refusal(makeLink(engine(), sandbox().path('b'), target));
      expect(error.data.id).to.equal('LinkNotPermitted');
      expect(existsSync(sandbox().path('b'))).to.equal(false);
      expect(readdirSync(sandbox().root)).to.deep.equal(['a']);
    } finally {
      execFileSync('chattr', ['-i', target]);
    }
  });

  it('says when the folder is closed to the account', async function () {
    requires(this, 'root', 'tool:setpriv');
    const target = file('a');
    chmodSync(sandbox().root, 0o755);
    mkdirSync(sandbox().path('closed'), { mode: 0o700 });
    const through = ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups'];
    await withEngine({ through, environment: { HOME: sandbox().root } }, async (other) => {
      for (const path of [sandbox().path('closed', 'b'), sandbox().path('b')]) {
        const error = await refusal(makeLink(other, path, target));
        expect(error.data).to.include({ id: 'DestinationNotWritable', category: 'PermissionDenied' });
      }
    });
  });
});
