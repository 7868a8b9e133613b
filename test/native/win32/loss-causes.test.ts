import { writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { FidelityLoss } from '../../../native/item-record.ts';
import { lossCause, type LossCause } from '../../../native/loss-causes.ts';
import { skip } from '../../support/requires.ts';
import { CopySandbox } from '../../support/win32/copy-sandbox.ts';
import { extendedAttributes } from '../../support/win32/extended-attributes.ts';
import { NtfsDouble, withoutDouble } from '../../support/win32/ntfs-double.ts';
import { descriptor } from '../../support/win32/security-descriptor.ts';

const COMPRESSED = 0x800;
const ENCRYPTED = 0x4000;
const HIDDEN = 2;
const OWNER = 'S-1-5-21-1-2-3-1001';

describe('native/win32: why something is lost (on the double of NTFS)', () => {
  let sandbox: CopySandbox;
  let ntfs: NtfsDouble;

  beforeEach(function () {
    if (withoutDouble !== undefined) return skip(this, withoutDouble);
    sandbox = new CopySandbox();
    ntfs = new NtfsDouble(sandbox.double);
    writeFileSync(sandbox.from('f'), 'content');
  });

  afterEach(() => {
    if (withoutDouble === undefined) sandbox[Symbol.dispose]();
  });

  const cases: [what: string, loss: number, cause: LossCause, arrange: () => void][] = [
    [
      'the right to audit is missing',
      FidelityLoss.SystemAcl,
      { code: 1314, side: 'source' },
      () => ntfs.set('PRIVILEGES', 'SeBackupPrivilege,SeRestorePrivilege'),
    ],
    [
      'the owner may not be set',
      FidelityLoss.Owner,
      { code: 1307, side: 'target' },
      () => {
        ntfs.put(sandbox.from('f'), 'security', descriptor({ owner: OWNER, group: OWNER, dacl: [] }));
        ntfs.fail('SetKernelObjectSecurity:1+:1307');
      },
    ],
    [
      'the destination has no security',
      FidelityLoss.AccessControlList,
      { code: 50, side: 'target' },
      () => ntfs.fail('SetKernelObjectSecurity:1+:50'),
    ],
    [
      'the destination has no streams',
      FidelityLoss.AlternateStreams,
      { code: 123, side: 'target' },
      () => {
        ntfs.put(sandbox.from('f'), ':s', Buffer.from('stream'));
        ntfs.set('STREAMS', 'refuse');
        ntfs.fail('BackupWrite:1+:123');
      },
    ],
    [
      'the destination has no extended attributes',
      FidelityLoss.ExtendedAttributes,
      { code: 282, side: 'target' },
      () => {
        ntfs.put(sandbox.from('f'), 'ea', extendedAttributes({ A: 'b' }));
        ntfs.fail('BackupWrite:1+:123,NtSetEaFile:1+:0xC000004F');
      },
    ],
    [
      'the destination cannot compress',
      FidelityLoss.Compression,
      { code: 1, side: 'target' },
      () => {
        ntfs.addAttributes(sandbox.from('f'), COMPRESSED);
        ntfs.set('COMPRESSION', 'refuse');
      },
    ],
    [
      'the destination cannot encrypt',
      FidelityLoss.Encryption,
      { code: 6014, side: 'target' },
      () => {
        ntfs.addAttributes(sandbox.from('f'), ENCRYPTED);
        ntfs.set('EFS', 'refuse');
      },
    ],
    [
      'attributes may not be set',
      FidelityLoss.Attributes,
      { code: 5, side: 'target' },
      () => {
        ntfs.addAttributes(sandbox.from('f'), HIDDEN);
        ntfs.fail('SetFileInformationByHandle:1+:5');
      },
    ],
  ];
  for (const [what, loss, cause, arrange] of cases) {
    it(`is known when ${what}`, () => {
      arrange();
      const copied = sandbox.copy('f');
      expect(copied.losses & loss, `losses ${copied.losses}, code ${copied.code}`).to.equal(loss);
      expect(lossCause(loss)).to.deep.equal(cause);
    });
  }

  it('is forgotten with the next item', () => {
    ntfs.set('PRIVILEGES', 'SeBackupPrivilege,SeRestorePrivilege');
    sandbox.copy('f');
    ntfs.set('PRIVILEGES', '');
    expect(sandbox.copy('f').losses).to.equal(0);
    expect(lossCause(FidelityLoss.SystemAcl)).to.equal(undefined);
  });
});
