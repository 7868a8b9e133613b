import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readProperties, writeProperties } from './ntfs-properties.ts';
import type { NtfsProperties } from './ntfs-properties.ts';
import { extendedAttributes } from './win32/extended-attributes.ts';
import { descriptor } from './win32/security-descriptor.ts';
import { foreign, junction, microsoft, symbolicLink } from './win32/reparse-data.ts';

/** What an item is given; the rest is what the driver made it with. */
type Given = Partial<NtfsProperties> & { kind?: 'folder'; content?: string };

const ADMINISTRATORS = 'S-1-5-32-544';
const SYSTEM = 'S-1-5-18';
const EVERYONE = 'S-1-1-0';
const SOMEBODY = 'S-1-5-21-1111111111-2222222222-3333333333-1001';
const DOMAIN_USERS = 'S-1-5-21-1111111111-2222222222-3333333333-513';
const LOW = 'S-1-16-4096';

const [ALLOW, DENY, AUDIT, LABEL] = [0, 1, 2, 17];
/** OBJECT_INHERIT_ACE and CONTAINER_INHERIT_ACE; INHERITED_ACE; both kinds of auditing. */
const [TO_ALL, INHERITED, AUDITED] = [0x03, 0x10, 0xc0];
const [ALL, READ, DELETE, NO_WRITE_UP] = [0x1f01ff, 0x120089, 0x10000, 1];
/** SE_DACL_AUTO_INHERITED, SE_DACL_PROTECTED, SE_SACL_AUTO_INHERITED. */
const [AUTO_INHERITED, PROTECTED, SACL_AUTO_INHERITED] = [0x0400, 0x1000, 0x0800];

const OWNED = { owner: ADMINISTRATORS, group: SYSTEM };
const FULL = { type: ALLOW, flags: 0, mask: ALL, who: ADMINISTRATORS };

export const DESCRIPTORS = {
  inherited: descriptor({
    ...OWNED,
    control: AUTO_INHERITED,
    dacl: [
      { type: ALLOW, flags: 0, mask: READ, who: SOMEBODY },
      { ...FULL, flags: INHERITED },
      { type: ALLOW, flags: INHERITED, mask: READ, who: EVERYONE },
    ],
  }),
  protected: descriptor({ ...OWNED, control: PROTECTED, dacl: [FULL] }),
  denied: descriptor({
    ...OWNED,
    dacl: [
      { type: DENY, flags: 0, mask: DELETE, who: EVERYONE },
      { type: DENY, flags: 0, mask: ALL, who: SOMEBODY },
      FULL,
    ],
  }),
  empty: descriptor({ ...OWNED, control: PROTECTED, dacl: [] }),
  audited: descriptor({
    ...OWNED,
    control: SACL_AUTO_INHERITED,
    dacl: [FULL],
    sacl: [
      { type: AUDIT, flags: AUDITED, mask: ALL, who: EVERYONE },
      { type: AUDIT, flags: AUDITED | INHERITED, mask: DELETE, who: SOMEBODY },
      { type: LABEL, flags: 0, mask: NO_WRITE_UP, who: LOW },
    ],
  }),
  owned: descriptor({ owner: SOMEBODY, group: DOMAIN_USERS, dacl: [FULL, { ...FULL, who: SOMEBODY }] }),
  folder: descriptor({
    ...OWNED,
    control: PROTECTED,
    dacl: [
      { ...FULL, flags: TO_ALL },
      { type: ALLOW, flags: TO_ALL, mask: READ, who: SOMEBODY },
    ],
  }),
} as const;

const Attribute = { ReadOnly: 1, Hidden: 2, System: 4, Archive: 0x20, Normal: 0x80, NotIndexed: 0x2000 } as const;
/** 2001-02-03 04:05:06, with all seven digits of the fraction that NTFS has. */
const CREATED = 126_256_467_061_234_567n;
const UNKNOWN = 0x8000_0f99;
const VENDOR = 0x0000_1234;

const streams = (...entries: [name: string, data: string | Buffer][]): Pick<Given, 'streams'> => ({
  streams: new Map(entries.map(([name, data]) => [name, Buffer.from(data)])),
});

export const NTFS_ITEMS: Record<string, Given> = {
  plain: {},
  inherited: { security: DESCRIPTORS.inherited },
  protected: { security: DESCRIPTORS.protected },
  denied: { security: DESCRIPTORS.denied },
  'for nobody': { security: DESCRIPTORS.empty },
  audited: { security: DESCRIPTORS.audited },
  owned: { security: DESCRIPTORS.owned },
  'empty stream': streams(['nothing', '']),
  'several streams': streams(['one', '1'], ['ä 漢 🙂', 'unicode'], ['large', Buffer.alloc(300_000, 'large')]),
  'read-only, hidden': { attributes: Attribute.ReadOnly | Attribute.Hidden | Attribute.Archive },
  'system, not indexed': { attributes: Attribute.System | Attribute.NotIndexed },
  'archive off': { attributes: Attribute.Normal },
  old: { created: CREATED },
  extended: { extended: extendedAttributes({ FIRST: 'one', 'THE.SECOND': 'two of them' }) },
  junction: { kind: 'folder', reparse: junction('C:\\Users') },
  'link to a file': { content: '', reparse: symbolicLink('plain') },
  'link to a folder': { kind: 'folder', reparse: symbolicLink('empty folder') },
  unknown: { reparse: microsoft(UNKNOWN, 'no filter knows this') },
  vendor: { reparse: foreign(VENDOR, 'data of a vendor') },
  'empty folder': {
    kind: 'folder',
    security: DESCRIPTORS.folder,
    created: CREATED,
    attributes: Attribute.Hidden,
    ...streams(['of a folder', 'data']),
  },
};

/** Items that have each thing of NTFS that Windows' tools can give them, on a volume of ntfs-3g. */
export function buildNtfsTree(root: string): void {
  mkdirSync(root);
  for (const [name, { kind, content, ...given }] of Object.entries(NTFS_ITEMS)) {
    const path = join(root, name);
    if (kind === 'folder') mkdirSync(path);
    else writeFileSync(path, content ?? `content of ${name}`);
    writeProperties(path, { ...readProperties(path), ...given });
  }
}
