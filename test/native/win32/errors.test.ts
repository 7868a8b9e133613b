import { expect } from 'chai';
import {
  codeOfStatus,
  describeError,
  isFull,
  isMissing,
  isUnknownRequest,
  Win32,
} from '../../../native/win32/errors.ts';
import { needsWindows } from '../../support/win32/folders.ts';

describe('native/win32: errors', () => {
  before(function () {
    needsWindows(this);
  });

  it('have a code, a name, and the text of the system', () => {
    const described = describeError(5);
    expect(described).to.include({ code: 5, name: 'ERROR_ACCESS_DENIED' });
    expect(described.text)
      .to.match(/\S{3}/)
      .and.not.match(/[\r\n]|^error/);
    expect(describeError(1142)).to.include({ name: 'ERROR_TOO_MANY_LINKS' });
  });

  it('are described by their number where nothing more is known', () => {
    expect(describeError(999_999)).to.deep.equal({ code: 999_999, name: 'ERROR_999999', text: 'error 999999' });
  });

  it('are the same codes when the kernel reports them', () => {
    const status = (value: number): number => codeOfStatus(value | 0);
    expect(status(0xc0000034)).to.equal(Win32.ERROR_FILE_NOT_FOUND);
    expect(status(0xc0000043)).to.equal(Win32.ERROR_SHARING_VIOLATION);
    expect(status(0xc0000056)).to.equal(Win32.ERROR_DELETE_PENDING);
    expect(status(0xc0000265)).to.equal(Win32.ERROR_TOO_MANY_LINKS);
    expect(status(0xc0000061)).to.equal(Win32.ERROR_PRIVILEGE_NOT_HELD);
  });

  it('mean what the engine asks about', () => {
    expect([112, 39, 1295].every(isFull)).to.be.true;
    expect([2, 3, 303].every(isMissing)).to.be.true;
    // The share is gone, not what is on it.
    expect([53, 64, 67, 59, 21, 1167].some(isMissing)).to.be.false;
    expect([87, 1, 50, 120].every(isUnknownRequest)).to.be.true;
    expect(isUnknownRequest(5)).to.be.false;
  });
});
