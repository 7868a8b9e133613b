import { mkdirSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { FidelityLoss } from '../../../native/item-record.ts';
import { finishDirectory } from '../../../native/win32/finish-directory.ts';
import { digestDirectoryMetadata } from '../../../native/win32/metadata-digest.ts';
import { closeHandle } from '../../../native/win32/library.ts';
import { CopySandbox, digestIn, openFolder } from '../../support/win32/copy-sandbox.ts';
import { descriptor, type Entry } from '../../support/win32/security-descriptor.ts';
import { extendedAttributes } from '../../support/win32/extended-attributes.ts';
import { NtfsDouble, withoutDouble } from '../../support/win32/ntfs-double.ts';
import { skip } from '../../support/requires.ts';

const ADMINISTRATORS = 'S-1-5-32-544';
const ALICE = 'S-1-5-21-1-2-3-1001';
const USERS = 'S-1-5-32-545';
const EVERYONE = 'S-1-1-0';
const LOW = 'S-1-16-4096';
const Control = { AutoInherited: 0x400, AuditInherited: 0x800, Protected: 0x1000 } as const;

const read: Entry = { type: 0, flags: 0, mask: 0x12_00a9, who: ALICE };
const inherited: Entry = { type: 0, flags: 0x10, mask: 0x1f_01ff, who: ADMINISTRATORS };
const audit: Entry = { type: 2, flags: 0xc0, mask: 0x1f_01ff, who: EVERYONE };
const label: Entry = { type: 17, flags: 0, mask: 1, who: LOW };

const plain = descriptor({ control: Control.AutoInherited, owner: ALICE, group: USERS, dacl: [read, inherited] });
const audited = descriptor({
  control: Control.AutoInherited | Control.AuditInherited,
  owner: ALICE,
  group: USERS,
  dacl: [read, inherited],
  sacl: [audit, label],
});

describe('native/win32: security descriptors (on the double of NTFS)', () => {
  let sandbox: CopySandbox;
  let ntfs: NtfsDouble;

  beforeEach(function () {
    if (withoutDouble !== undefined) return skip(this, withoutDouble);
    sandbox = new CopySandbox();
    ntfs = new NtfsDouble(sandbox.double);
    writeFileSync(sandbox.from('f'), 'x');
  });

  afterEach(() => {
    if (withoutDouble === undefined) sandbox[Symbol.dispose]();
  });

  it('keeps owner, group, entries in their order, and what is inherited', () => {
    ntfs.put(sandbox.from('f'), 'security', plain);
    expect(sandbox.copy('f')).to.include({ code: 0, losses: 0 });
    expect(ntfs.get(sandbox.to('f'), 'security')?.toString('hex')).to.equal(plain.toString('hex'));
  });

  it('keeps a protected list', () => {
    const locked = descriptor({ control: Control.Protected, owner: ALICE, group: USERS, dacl: [read] });
    ntfs.put(sandbox.from('f'), 'security', locked);
    expect(sandbox.copy('f').losses).to.equal(0);
    expect(ntfs.get(sandbox.to('f'), 'security')?.equals(locked)).to.be.true;
  });

  it('keeps audit entries and the integrity label', () => {
    ntfs.put(sandbox.from('f'), 'security', audited);
    expect(sandbox.copy('f')).to.include({ code: 0, losses: 0 });
    expect(ntfs.get(sandbox.to('f'), 'security')?.toString('hex')).to.equal(audited.toString('hex'));
  });

  it('keeps the label without the right to audit, and reports that audit entries are unknown', () => {
    ntfs.put(sandbox.from('f'), 'security', audited);
    ntfs.set('PRIVILEGES', 'SeBackupPrivilege,SeRestorePrivilege');
    expect(sandbox.copy('f')).to.include({ code: 0, losses: FidelityLoss.SystemAcl });
    const kept = descriptor({
      control: Control.AutoInherited,
      owner: ALICE,
      group: USERS,
      dacl: [read, inherited],
      sacl: [label],
    });
    const found = ntfs.get(sandbox.to('f'), 'security');
    expect(found?.subarray(20).toString('hex')).to.equal(kept.subarray(20).toString('hex'));
  });

  it('reports an owner that may not be set, and keeps the list', () => {
    ntfs.put(sandbox.from('f'), 'security', plain);
    ntfs.set('PRIVILEGES', 'SeSecurityPrivilege');
    expect(sandbox.copy('f')).to.include({ code: 0, losses: FidelityLoss.Owner });
    const kept = descriptor({
      control: Control.AutoInherited,
      owner: ADMINISTRATORS,
      group: USERS,
      dacl: [read, inherited],
    });
    expect(ntfs.get(sandbox.to('f'), 'security')?.toString('hex')).to.equal(kept.toString('hex'));
  });

  it('reports a destination without security', () => {
    ntfs.put(sandbox.from('f'), 'security', plain);
    ntfs.fail('SetKernelObjectSecurity:1+:50');
    const { code, losses } = sandbox.copy('f');
    expect(code).to.equal(0);
    expect(losses & FidelityLoss.AccessControlList).to.not.equal(0);
    expect(losses & FidelityLoss.Owner).to.not.equal(0);
  });

  it('lets nobody else read what is being copied', () => {
    const seen: (Buffer | undefined)[] = [];
    sandbox.copy('f', () => {
      seen.push(ntfs.get(`${sandbox.root}\\temporary\\copy-0`, 'security'));
      return true;
    });
    const entry = (who: string): Entry => ({ type: 0, flags: 0, mask: 0x1f_01ff, who });
    const dacl = [entry('S-1-3-4'), entry('S-1-5-18'), entry(ADMINISTRATORS)];
    const expected = descriptor({ control: Control.Protected, owner: ADMINISTRATORS, group: ADMINISTRATORS, dacl });
    expect(seen[0]?.subarray(52, 52 + 84).toString('hex')).to.equal(expected.subarray(52, 52 + 84).toString('hex'));
  });

  it('has a digest that is the same for the copy', () => {
    ntfs.put(sandbox.from('f'), 'security', audited);
    ntfs.put(sandbox.from('f'), ':s', Buffer.from('stream'));
    ntfs.put(sandbox.from('f'), 'ea', extendedAttributes({ A: 'b' }));
    const { record } = sandbox.copy('f');
    expect(digestIn(record)).to.equal(sandbox.digest(sandbox.source, 'f'));
    expect(sandbox.digest(sandbox.target, 'f')).to.equal(digestIn(record));
  });

  const changes: [string, () => void][] = [
    [
      'an entry',
      () => ntfs.put(sandbox.from('f'), 'security', descriptor({ owner: ALICE, group: USERS, dacl: [inherited] })),
    ],
    [
      'the owner',
      () =>
        ntfs.put(sandbox.from('f'), 'security', descriptor({ owner: USERS, group: USERS, dacl: [read, inherited] })),
    ],
    ['an audit entry', () => ntfs.put(sandbox.from('f'), 'security', audited)],
    ['a stream', () => ntfs.put(sandbox.from('f'), ':s', Buffer.from('1'))],
    ['an empty stream', () => ntfs.put(sandbox.from('f'), ':e', Buffer.alloc(0))],
    ['an extended attribute', () => ntfs.put(sandbox.from('f'), 'ea', extendedAttributes({ A: '1' }))],
  ];
  for (const [what, change] of changes) {
    it(`has another digest after a change of ${what}`, () => {
      ntfs.put(sandbox.from('f'), 'security', plain);
      const before = sandbox.digest(sandbox.source, 'f');
      expect(sandbox.digest(sandbox.source, 'f')).to.equal(before);
      change();
      expect(sandbox.digest(sandbox.source, 'f')).to.not.equal(before);
    });
  }

  it('gives a filled directory the metadata of its source', () => {
    mkdirSync(sandbox.from('d'));
    mkdirSync(sandbox.to('d'));
    ntfs.put(sandbox.from('d'), 'security', audited);
    ntfs.put(sandbox.from('d'), ':s', Buffer.from('stream of a directory'));
    ntfs.put(sandbox.from('d'), 'ea', extendedAttributes({ A: 'b' }));
    ntfs.addAttributes(sandbox.from('d'), 0x802);
    ntfs.setTimes(sandbox.from('d'), 126_256_324_001_234_567n, 127_625_652_007_654_321n);
    const record = sandbox.scan(sandbox.source, 'd');
    const [from, to] = [openFolder(sandbox.from('d')), openFolder(sandbox.to('d'))];
    expect(finishDirectory(from, to, record, 0)).to.equal(0);
    const digests = [from, to].map((directory) => {
      const found = new Uint32Array(record);
      expect(digestDirectoryMetadata(directory, found, 0)).to.equal(0);
      return digestIn(found);
    });
    for (const { handle } of [from, to]) closeHandle(handle);
    expect(record[24], 'losses').to.equal(0);
    expect(digests[1]).to.equal(digests[0]);
    expect(ntfs.get(sandbox.to('d'), 'security')?.equals(audited)).to.be.true;
    expect(ntfs.get(sandbox.to('d'), ':s')?.toString()).to.equal('stream of a directory');
    expect(ntfs.attributes(sandbox.to('d')) & 0x802).to.equal(0x802);
    const copied = sandbox.scan(sandbox.target, 'd');
    expect(copied.slice(4, 7)).to.deep.equal(record.slice(4, 7));
    expect(copied.slice(13, 16)).to.deep.equal(record.slice(13, 16));
  });
});
