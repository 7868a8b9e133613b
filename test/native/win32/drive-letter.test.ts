import { expect } from 'chai';
import { NativeError } from '../../../native/index.ts';
import { mountLetter, targetOfLetter, unmountLetter } from '../../../native/win32/drive-letter.ts';
import { needsWindows } from '../../support/win32/folders.ts';

/** Of the kernel's names. */
const NAMESPACE = '\\\\?\\GLOBALROOT';

describe('native/win32: drive letters', () => {
  let device = '';
  let letter = '';

  before(function () {
    needsWindows(this);
    device = `${NAMESPACE}${targetOfLetter('C:') ?? ''}`;
    letter = freeLetter();
  });
  afterEach(() => {
    if (letter !== '') unmountLetter(letter, device);
  });

  it('lead to a device until they are taken back', () => {
    mountLetter(letter, device);
    expect(targetOfLetter(letter)).to.equal(targetOfLetter('C:'));
    expect(unmountLetter(letter, `${device}\\`)).to.equal(true);
    expect(targetOfLetter(letter)).to.equal(undefined);
    expect(unmountLetter(letter, device)).to.equal(false);
  });

  it('that are in use are left as they are', () => {
    const before = targetOfLetter('C:');
    const error = failure(() => mountLetter('C:', `${NAMESPACE}\\Device\\HarddiskVolumeShadowCopy1`));
    expect(error.native.name).to.equal('ERROR_ALREADY_EXISTS');
    expect(error.path).to.equal('C:');
    expect(targetOfLetter('C:')).to.equal(before);
    mountLetter(letter, device);
    expect(failure(() => mountLetter(letter, device)).native.name).to.equal('ERROR_ALREADY_EXISTS');
  });

  it('that lead elsewhere are not ours to take back', () => {
    mountLetter(letter, device);
    for (const other of ['\\Device\\HarddiskVolumeShadowCopy1', '\\Device', targetOfLetter('C:')?.slice(0, -1)])
      expect(unmountLetter(letter, `${NAMESPACE}${other}`), other).to.equal(false);
    expect(targetOfLetter(letter)).to.equal(targetOfLetter('C:'));
  });
});

function freeLetter(): string {
  const found = [...'ZYXWVUTSRQPONMLKJIHG']
    .map((name) => `${name}:`)
    .find((name) => targetOfLetter(name) === undefined);
  if (found === undefined) throw new Error('All drive letters are in use.');
  return found;
}

function failure(action: () => void): NativeError {
  try {
    action();
  } catch (error) {
    if (error instanceof NativeError) return error;
    throw error;
  }
  throw new Error('It did not fail.');
}
