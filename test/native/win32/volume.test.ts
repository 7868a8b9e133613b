import { expect } from 'chai';
import { statfsSync } from 'node:fs';
import { Win32 } from '../../../native/win32/errors.ts';
import { bootId } from '../../../native/win32/boot-id.ts';
import { flushCopy, syncDirectory, syncVolume } from '../../../native/win32/flush.ts';
import { enablePrivileges, TOKEN_PRIVILEGES_SIZE } from '../../../native/win32/privileges.ts';
import { volumeOf } from '../../../native/win32/volume.ts';
import { Folders, needsWindows } from '../../support/win32/folders.ts';

describe('native/win32: a volume', () => {
  let folders: Folders;

  before(function () {
    needsWindows(this);
  });
  beforeEach(() => {
    folders = new Folders();
  });
  afterEach(() => folders[Symbol.dispose]());

  it('is known by its serial number, and has the room node:fs says', () => {
    const volume = volumeOf(folders.open('reference'));
    expect(volume.id).to.match(/^[0-9a-f]{16}$/);
    expect(volume.type).to.equal('NTFS');
    expect(volume.readOnly).to.be.false;
    const { blocks, bsize, bavail } = statfsSync(folders.root);
    expect(volume.totalBytes).to.equal(blocks * bsize);
    expect(volume.freeBytes).to.be.within(bavail * bsize * 0.9, bavail * bsize * 1.1);
    expect(volumeOf(folders.open('reference')).id).to.equal(volume.id);
  });

  it('is flushed as far as it can be', () => {
    folders.write('d/f', 'content');
    const directory = folders.open('fill', 'd');
    syncVolume(directory);
    syncDirectory(directory);
    expect(flushCopy(directory.handle, directory)).to.equal(0);
  });
});

describe('native/win32: the machine and the account', () => {
  before(function () {
    needsWindows(this);
  });

  it('was started once', () => {
    expect(bootId())
      .to.match(/^[0-9a-f]{10,}$/)
      .and.to.equal(bootId());
  });

  it('has privileges that are enabled one by one', () => {
    const privileges = enablePrivileges();
    expect([...privileges.keys()]).to.deep.equal([
      'SeBackupPrivilege',
      'SeRestorePrivilege',
      'SeSecurityPrivilege',
      'SeCreateSymbolicLinkPrivilege',
      'SeManageVolumePrivilege',
    ]);
    for (const code of privileges.values())
      expect(code).to.be.oneOf([0, Win32.ERROR_NOT_ALL_ASSIGNED, Win32.ERROR_NO_SUCH_PRIVILEGE]);
    // A count, a LUID of two words, attributes.
    expect(TOKEN_PRIVILEGES_SIZE).to.equal(4 + 8 + 4);
  });
});
