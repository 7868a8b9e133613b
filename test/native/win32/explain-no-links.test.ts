import { expect } from 'chai';
import { explainFacts } from '../../../native/win32/explain-no-links.ts';

const NTFS = 0x03e7_06ff;
const FAT = 0x0000_0206;

describe('why a volume on Windows has no hard links', () => {
  it('is told of file systems that have none', () => {
    for (const fileSystem of ['FAT', 'FAT32', 'exFAT'])
      expect(explainFacts({ fileSystem, flags: FAT, share: undefined })).to.equal(
        `it is ${fileSystem}, which has none`,
      );
    expect(explainFacts({ fileSystem: 'UDF', flags: FAT, share: undefined })).to.contain('UDF');
  });

  it('is told of shares that refuse them whatever is behind', () => {
    expect(explainFacts({ fileSystem: 'NTFS', flags: NTFS, share: 0x10 })).to.contain('continuously available');
    expect(explainFacts({ fileSystem: 'CSVFS', flags: NTFS, share: 0x20 })).to.contain('scale-out');
    expect(explainFacts({ fileSystem: 'NTFS', flags: FAT, share: 0 })).to.contain('server');
  });

  it('is not made up where there should be some', () => {
    expect(explainFacts({ fileSystem: 'NTFS', flags: NTFS, share: undefined })).to.equal(undefined);
    expect(explainFacts({ fileSystem: 'ReFS', flags: NTFS, share: 0 })).to.equal(undefined);
  });
});
