import { expect } from 'chai';
import { existsSync, readFileSync } from 'node:fs';
import { documentedHresults } from '../../../native/vss/hresults.ts';
import { skip } from '../../support/requires.ts';

const HEADER = '/usr/share/mingw-w64/include/vsserror.h';

describe('HRESULTs of VSS', () => {
  it('have the codes of the header', function () {
    if (!existsSync(HEADER)) skip(this, `needs ${HEADER}`);
    const codes = new Map(
      [...readFileSync(HEADER, 'utf8').matchAll(/#define (VSS_E_\w+) \(\(HRESULT\)(0x[0-9A-F]{8})\)/g)].map(
        ([, name = '', code]) => [name, Number(code) | 0],
      ),
    );
    const ours = documentedHresults.filter(({ name }) => name.startsWith('VSS_E_'));
    for (const { name, code } of ours) expect(codes.get(name), name).to.equal(code);
    // The rest is about restoring a whole computer.
    const missing = [...codes.keys()].filter((name) => !ours.some((one) => one.name === name));
    expect(missing.filter((name) => !name.includes('ASRERROR'))).to.deep.equal([
      'VSS_E_CRITICAL_VOLUME_ON_INVALID_DISK',
    ]);
  });
});
