import { chmodSync, chownSync, lchownSync, linkSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { richAcl, setAcl } from './acl.ts';
import { posix } from './posix.ts';

/** 2001-02-03 04:05:06 with all nine digits of the fraction in use. */
export const EXACT_NS = 981_173_106_123_456_789n;

const MODES = [0o000, 0o111, 0o200, 0o444, 0o600, 0o777, 0o1644, 0o2755, 0o4755, 0o6751, 0o7777];

/** Modes with setuid, setgid and sticky, foreign owners, times to the nanosecond before and after the usual range. */
export function buildModesOwnersTimes(root: string): void {
  mkdirSync(root);
  for (const mode of MODES) {
    const name = mode.toString(8);
    write(join(root, `file-${name}`), name, mode);
    mkdirSync(join(root, `folder-${name}`));
    chmodSync(join(root, `folder-${name}`), mode);
  }
  write(join(root, 'owned'), 'owned', 0o4755, 1234, 4321);
  symlinkSync('nowhere', join(root, 'owned-link'));
  lchownSync(join(root, 'owned-link'), 1234, 4321);
  setTimes(join(root, 'owned-link'), EXACT_NS + 7n);
  setTimes(join(root, 'owned'), EXACT_NS);
  for (const [name, time] of Object.entries({
    before1970: -1_000_000_001n,
    epoch: 0n,
    after2038: 4_102_444_800_000_000_003n,
  })) {
    write(join(root, name), name, 0o644);
    setTimes(join(root, name), time);
  }
  setTimes(join(root, 'folder-777'), EXACT_NS + 1n);
}

/** Extended attributes of every class on files and directories, empty and large values, and both kinds of ACLs. */
export function buildAttributes(root: string): void {
  mkdirSync(root);
  const file = join(root, 'attributes');
  write(file, 'attributes', 0o640);
  const values = {
    'user.one': 'value',
    'user.empty': '',
    'user.bytes': '\0\xff\n',
    'trusted.note': 'kept',
    'security.note': 'kept',
  };
  for (const [name, value] of Object.entries(values))
    posix.setXattr(Buffer.from(file), name, Buffer.from(value, 'latin1'));
  posix.setXattr(Buffer.from(file), 'user.large', Buffer.alloc(2000, 0x61));
  write(join(root, 'acl'), 'acl', 0o640);
  setAcl(Buffer.from(join(root, 'acl')), 'access', richAcl());
  const folder = Buffer.from(join(root, 'folder'));
  mkdirSync(folder);
  posix.setXattr(folder, 'user.folder', Buffer.from('yes'));
  setAcl(folder, 'access', richAcl(77));
  setAcl(folder, 'default', richAcl(78));
  write(join(root, 'folder', 'plain'), 'its ACL is not what the default of its folder would give', 0o604);
  posix.removeXattr(Buffer.from(join(root, 'folder', 'plain')), 'system.posix_acl_access');
  chmodSync(join(root, 'folder', 'plain'), 0o604);
}

/** Names of one file in several directories, of a symlink and of a FIFO. */
export function buildHardLinks(root: string): void {
  for (const folder of ['', 'a', 'a/b', 'c']) mkdirSync(join(root, folder));
  write(join(root, 'a', 'first'), 'three names', 0o644);
  linkSync(join(root, 'a', 'first'), join(root, 'a', 'b', 'second'));
  linkSync(join(root, 'a', 'first'), join(root, 'c', 'third'));
  symlinkSync('target', join(root, 'link'));
  linkSync(join(root, 'link'), join(root, 'c', 'link'));
  posix.makeNode(Buffer.from(join(root, 'pipe')), 0o010644);
  linkSync(join(root, 'pipe'), join(root, 'c', 'pipe'));
}

function write(path: string, text: string, mode: number, uid = 0, gid = 0): void {
  writeFileSync(path, text);
  if (uid !== 0) chownSync(path, uid, gid);
  chmodSync(path, mode);
}

function setTimes(path: string, ns: bigint): void {
  posix.setTimes(Buffer.from(path), ns, ns);
}
