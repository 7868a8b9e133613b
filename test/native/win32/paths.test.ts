import { expect } from 'chai';
import fc from 'fast-check';
import { win32 } from 'node:path';
import { PathError } from '../../../native/path-rules.ts';
import { textToBytes } from '../../../native/path-text.ts';
import { win32Paths as paths } from '../../../native/win32/paths.ts';

const shadow = '\\\\?\\GLOBALROOT\\Device\\HarddiskVolumeShadowCopy7';
const volume = '\\\\?\\Volume{0a1b2c3d-0000-1111-2222-333344445555}';

/** Names that Win32 takes as they are. */
const plainName = fc
  .string({ minLength: 1, maxLength: 12, unit: 'grapheme' })
  .filter((name) => paths.problemWithName(name) === undefined && !name.includes('␛'));
/** Names that exist on NTFS, but that Win32 reads only behind `\\?\`. */
const oddName = fc.oneof(
  plainName.map((name) => `${name}.`),
  plainName.map((name) => `${name} `),
  fc.constantFrom('con', 'NUL.txt', 'com1', 'LPT9 .log', 'aux', '...', ' '),
);
const names = fc.array(plainName, { maxLength: 6 });
const root = fc.oneof(
  fc.constantFrom('C:\\', 'd:\\', 'Z:/').map((text) => [text, `${text[0].toUpperCase()}:\\`]),
  fc.constantFrom('\\\\server\\share', '//nas.local/d$').map((text) => [text, text.replaceAll('/', '\\')]),
  fc.constantFrom(shadow, volume).map((text) => [text, `${text}\\`]),
);
const separator = fc.constantFrom('\\', '/', '\\\\', '\\.\\', '/./');

function join(base: string, parts: readonly string[]): string {
  return parts.length === 0 ? base : `${base.replace(/\\$/, '')}\\${parts.join('\\')}`;
}

describe('paths on Windows', () => {
  describe('have one form', () => {
    for (const [given, form] of [
      ['c:\\', 'C:\\'],
      ['C:\\a\\b\\', 'C:\\a\\b'],
      ['C:/a//b/.', 'C:\\a\\b'],
      ['C:\\a\\..\\..\\b', 'C:\\b'],
      ['\\\\server\\share', '\\\\server\\share'],
      ['\\\\server\\share\\', '\\\\server\\share'],
      ['//server/share/set/', '\\\\server\\share\\set'],
      ['\\\\server\\share\\..\\..\\set', '\\\\server\\share\\set'],
      ['\\\\?\\C:\\a', 'C:\\a'],
      ['\\\\?\\c:', 'C:\\'],
      ['\\\\.\\C:\\a', 'C:\\a'],
      ['\\\\?\\UNC\\server\\share\\a', '\\\\server\\share\\a'],
      ['\\\\?\\C:\\a.\\b', '\\\\?\\C:\\a.\\b'],
      ['\\\\?\\unc\\server\\share\\con', '\\\\?\\UNC\\server\\share\\con'],
      [shadow, `${shadow}\\`],
      [`${shadow}\\Users\\`, `${shadow}\\Users`],
      [volume, `${volume}\\`],
      ['C:\\half \ud800 name', 'C:\\half ␛ED␛A0␛80 name'],
    ])
      it(`${given} is ${form}`, () => {
        expect(paths.normalize(given)).to.equal(form);
      });

    it('whatever separators, prefixes and empty segments they are given with', () => {
      fc.assert(
        fc.property(
          root,
          names,
          fc.array(separator, { minLength: 6, maxLength: 6 }),
          ([given, base], parts, between) => {
            const path = given.replace(/[\\/]$/, '') + parts.map((part, i) => between[i] + part).join('');
            const end = parts.length === 0 ? '\\' : '';
            const form = paths.normalize(path + end);
            expect(form).to.equal(join(base, parts));
            expect(paths.normalize(form)).to.equal(form);
          },
        ),
      );
    });

    it('as Node.js normalizes them', () => {
      const piece = fc.oneof(plainName, fc.constantFrom('.', '..', ''));
      fc.assert(
        fc.property(
          fc.constantFrom('C:\\', '\\\\server\\share\\'),
          fc.array(piece, { maxLength: 8 }),
          (base, parts) => {
            // No segment before the share may be empty, else it is another share.
            const path = base + parts.join('\\');
            expect(paths.normalize(path)).to.equal(win32.normalize(path).replace(/(?<=[^:])\\$/, ''));
          },
        ),
      );
    });

    it('with names that Win32 would read as others, too, when they are literal', () => {
      fc.assert(
        fc.property(
          fc.constantFrom('\\\\?\\C:\\', '\\\\?\\UNC\\server\\share\\'),
          oddName,
          names,
          (base, odd, rest) => {
            const path = join(base, [odd, ...rest]);
            expect(paths.normalize(path)).to.equal(path);
            expect(paths.toFs(path)).to.deep.equal(path.includes('␛') ? textToBytes(path) : path);
            expect(() => paths.normalize(path.replace('\\\\?\\UNC', '\\').replace('\\\\?\\', ''))).to.throw(PathError);
          },
        ),
      );
    });
  });

  describe('are refused', () => {
    for (const [path, why] of [
      ['C:', 'current folder of its drive'],
      ['C:foo', 'current folder of its drive'],
      ['foo', 'not absolute'],
      ['\\foo', 'not absolute'],
      ['NUL', 'not absolute'],
      ['/srv/data', 'not absolute'],
      ['', 'not absolute'],
      ['C:\\NUL', 'device'],
      ['C:\\a\\con.txt', 'device'],
      ['C:\\a\\Com1 .log\\b', 'device'],
      ['C:\\a.\\b', 'drops the dot'],
      ['C:\\a \\b', 'drops the dot or space'],
      ['C:\\a:b', 'stream'],
      ['C:\\a*', 'holds *'],
      ['C:\\a?b', 'holds ?'],
      ['C:\\<a>', 'holds <'],
      ['C:\\a"', 'holds "'],
      ['C:\\a|b', 'holds |'],
      ['\\\\?\\C:\\a*', 'holds *'],
      ['C:\\a\nb', 'control character'],
      ['C:\\a\0b', 'control character'],
      ['C:\\a␛00b', 'control character'],
      ['C:\\a␛3Ab', 'stream'],
      ['C:\\a␛FFb', 'UTF-16'],
      ['C:\\a␛ED␛A0␛BD␛ED␛B2␛80', 'UTF-16'],
      [`C:\\${'x'.repeat(256)}`, 'longer than 255'],
      ['\\\\server', 'no share'],
      ['\\\\', 'no share'],
      ['\\\\server\\a*b\\c', 'no server or share'],
      ['\\\\.\\PhysicalDrive0', 'device'],
      ['\\\\.\\NUL', 'device'],
      ['\\\\?\\GLOBALROOT\\Device', 'device'],
      ['\\??\\C:\\a', 'not absolute'],
    ])
      it(`${JSON.stringify(path)}: ${why}`, () => {
        expect(() => paths.normalize(path)).to.throw(PathError, why);
      });

    it('or normal, but nothing else', () => {
      const text = fc.string({ unit: fc.constantFrom(...'aC:\\/.?* \0␛2E\ud800'), maxLength: 20 });
      fc.assert(
        fc.property(fc.constantFrom('', 'C:\\', '\\\\', '\\\\?\\', '\\\\.\\'), text, (prefix, rest) => {
          try {
            const form = paths.normalize(prefix + rest);
            expect(paths.normalize(form)).to.equal(form);
            expect(paths.parent(form).length).to.be.at.most(form.length);
          } catch (error) {
            expect(error).to.be.instanceOf(PathError);
          }
        }),
        { numRuns: 2000 },
      );
    });
  });

  it('lead up to a root, and down again', () => {
    fc.assert(
      fc.property(root, names, ([, base], parts) => {
        let path = join(base, parts);
        for (let i = parts.length; i > 0; i--) {
          expect(paths.leaf(path)).to.equal(parts[i - 1]);
          expect(paths.join(paths.parent(path), paths.leaf(path))).to.equal(path);
          path = paths.parent(path);
        }
        expect(path).to.equal(base);
        expect(paths.parent(path)).to.equal(base);
      }),
    );
  });

  it('name a source that is a root by what people call it', () => {
    expect(paths.leaf('C:\\')).to.equal('C');
    expect(paths.leaf('\\\\server\\data$')).to.equal('data$');
    expect(paths.leaf(`${shadow}\\`)).to.equal('HarddiskVolumeShadowCopy7');
    expect(paths.leaf('\\\\?\\C:\\a\\con')).to.equal('con');
  });

  it('reach the file system behind a prefix, at any length', () => {
    const name = 'x'.repeat(200);
    expect(paths.toFs(`C:\\${name}\\${name}`)).to.equal(`\\\\?\\C:\\${name}\\${name}`);
    expect(paths.toFs('C:\\')).to.equal('C:\\');
    expect(paths.toFs('\\\\server\\share\\set')).to.equal('\\\\?\\UNC\\server\\share\\set');
    expect(paths.toFs(`${shadow}\\a`)).to.equal(`${shadow}\\a`);
    expect(paths.join('C:\\', '.mirrorbackup/work', 'a')).to.equal('C:\\.mirrorbackup\\work\\a');
    expect(paths.toFs('C:\\␛ED␛A0␛80')).to.deep.equal(Buffer.from('\\\\?\\C:\\\xed\xa0\x80', 'latin1'));
  });

  it('are the same whatever their case', () => {
    expect(paths.key('c:\\Straße')).to.equal(paths.key('C:\\STRAßE'));
    expect(paths.key('Straße')).not.to.equal(paths.key('STRASSE'));
    expect(paths.key('C:\\Data')).not.to.equal(paths.key('C:\\Dato'));
  });
});

describe('names on Windows', () => {
  for (const name of [
    '',
    '.',
    '..',
    'a/b',
    'a\\b',
    'a:b',
    'con',
    'Nul.txt',
    'a.',
    'a ',
    'a*',
    'x'.repeat(256),
    'a␛5Cb',
  ])
    it(`${JSON.stringify(name)} cannot be one`, () => {
      expect(paths.problemWithName(name)).to.be.a('string');
    });

  for (const name of [
    'C',
    'data$',
    'con1',
    'nulls',
    'a.b',
    '.a',
    'x'.repeat(255),
    '␛ED␛A0␛80',
    '\u{1f480}'.repeat(127),
  ])
    it(`${JSON.stringify(name)} can be one`, () => {
      expect(paths.problemWithName(name)).to.equal(undefined);
    });
});
