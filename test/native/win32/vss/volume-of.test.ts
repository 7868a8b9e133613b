import { expect } from 'chai';
import { rootOf, volumeOf } from '../../../../native/win32/vss/volume-of.ts';
import { needsWindows } from '../../../support/win32/folders.ts';

describe('native/win32: volumes', () => {
  before(function () {
    needsWindows(this);
  });

  it('are found by a path on them, and by their name', () => {
    const { volume, root } = volumeOf('C:\\windows\\system32');
    expect(root).to.equal('C:\\');
    expect(volume).to.match(/^\\\\\?\\Volume\{[0-9a-f-]{36}\}\\$/);
    expect(rootOf(volume)).to.equal('C:\\');
  });

  it('that are not there have no place', () => {
    expect(rootOf('\\\\?\\Volume{01234567-89ab-cdef-0123-456789abcdef}\\')).to.equal(undefined);
  });
});
