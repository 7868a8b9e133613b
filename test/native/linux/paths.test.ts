import { expect } from 'chai';
import fc from 'fast-check';
import { posix } from 'node:path';
import { linuxPaths as paths } from '../../../native/linux/paths.ts';
import { PathError } from '../../../native/path-rules.ts';

describe('paths on Linux', () => {
  it('have the form Node.js normalizes them to', () => {
    const piece = fc.oneof(fc.constantFrom('.', '..', '', '\\', 'C:'), fc.string({ minLength: 1, maxLength: 5 }));
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), (parts) => {
        const path = `/${parts.join('/')}`.replaceAll('\0', '');
        const form = paths.normalize(path);
        expect(form).to.equal(posix.normalize(path).replace(/(?<=.)\/$/, ''));
        expect(paths.parent(form)).to.equal(posix.dirname(form));
        expect(paths.leaf(form)).to.equal(posix.basename(form) || 'root');
        expect(paths.join(paths.parent(form), posix.basename(form))).to.equal(form);
      }),
    );
  });

  it('hide no separator and no segment behind an escape', () => {
    expect(paths.normalize('/a␛2Fb')).to.equal('/a/b');
    expect(paths.normalize('/a/␛2E␛2E/b')).to.equal('/b');
    expect(paths.normalize('/a␛FF')).to.equal('/a␛FF');
    expect(paths.toFs('/a␛FF')).to.deep.equal(Buffer.from('/a\xff', 'latin1'));
  });

  for (const path of ['', 'a', 'C:\\a', '\\\\server\\share', '/a\0b', '/a␛00b'])
    it(`are refused: ${JSON.stringify(path)}`, () => {
      expect(() => paths.normalize(path)).to.throw(PathError);
    });

  for (const name of ['', '.', '..', 'a/b', 'a␛2Fb', '␛2E', 'a\0', 'ü'.repeat(128)])
    it(`cannot name a folder: ${JSON.stringify(name)}`, () => {
      expect(paths.problemWithName(name)).to.be.a('string');
    });

  for (const name of ['con', 'a:b', 'a\\b', ' ', '␛FF'])
    it(`can name a folder: ${JSON.stringify(name)}`, () => {
      expect(paths.problemWithName(name)).to.equal(undefined);
    });
});
