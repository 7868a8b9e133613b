import { posix } from './posix.ts';

export interface AclEntry {
  who: 'owner' | 'user' | 'group' | 'namedGroup' | 'mask' | 'other';
  id?: number;
  /** As in chmod: 4 read, 2 write, 1 execute. */
  allow: number;
}

const TAGS = { owner: 0x01, user: 0x02, group: 0x04, namedGroup: 0x08, mask: 0x10, other: 0x20 };
const NO_ID = 0xffffffff;

/**
 * POSIX ACLs are xattrs with a binary value, so setting them needs no setfacl.
 * Layout: https://github.com/torvalds/linux/blob/master/include/uapi/linux/posix_acl_xattr.h
 */
export function setAcl(path: Buffer, kind: 'access' | 'default', entries: AclEntry[]): void {
  const value = Buffer.alloc(4 + entries.length * 8);
  value.writeUInt32LE(2, 0);
  entries.forEach((entry, index) => {
    const at = 4 + index * 8;
    value.writeUInt16LE(TAGS[entry.who], at);
    value.writeUInt16LE(entry.allow, at + 2);
    value.writeUInt32LE(entry.id ?? NO_ID, at + 4);
  });
  posix.setXattr(path, `system.posix_acl_${kind}`, value);
}

/** An ACL that cannot be said in mode bits: one more user and one more group. */
export function richAcl(userId = 4321): AclEntry[] {
  return [
    { who: 'owner', allow: 6 },
    { who: 'user', id: userId, allow: 4 },
    { who: 'group', allow: 4 },
    { who: 'namedGroup', id: 8765, allow: 6 },
    { who: 'mask', allow: 6 },
    { who: 'other', allow: 0 },
  ];
}
