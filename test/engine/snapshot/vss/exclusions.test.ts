import { expect } from 'chai';
import { excludedByRegistry, exclusionsOf } from '../../../../engine/snapshot/vss/exclusions.ts';
import type { PlacedSource } from '../../../../engine/snapshot/vss/volumes.ts';

const CONTROL = 'SYSTEM\\CurrentControlSet\\Control\\BackupRestore';
const PROFILES = 'SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\ProfileList';

describe('files that the registry leaves out', () => {
  let keys: Record<string, Record<string, string[]>>;
  const registry = {
    readTextValues: (key: string): Map<string, string[]> => new Map(Object.entries(keys[key] ?? {})),
    readKeyNames: (key: string): string[] =>
      Object.keys(keys)
        .filter((name) => name.startsWith(`${key}\\`))
        .map((name) => name.slice(key.length + 1)),
  };

  beforeEach(() => {
    keys = {
      [`${PROFILES}\\S-1-5-21-1`]: { ProfileImagePath: ['C:\\Users\\ada'] },
      [`${PROFILES}\\S-1-5-21-2`]: { ProfileImagePath: ['%HOMES_OF_TEST%\\bo'] },
      [`${PROFILES}\\broken`]: {},
    };
    process.env['HOMES_OF_TEST'] = 'D:\\Users';
  });
  afterEach(() => Reflect.deleteProperty(process.env, 'HOMES_OF_TEST'));

  /** Patterns for a source. */
  function patterns(entries: string[], source: string, writers: string[] = [], list = 'FilesNotToSnapshot'): string[] {
    keys[`${CONTROL}\\${list}`] = { Application: entries };
    const placed: PlacedSource = { path: source, realPath: source, volume: '', rest: '', root: source.slice(0, 3) };
    return exclusionsOf(excludedByRegistry(registry, writers), [placed]).map(({ pattern }) => pattern);
  }

  for (const [what, entry, source, expected] of [
    ['$UserProfile$', '$UserProfile$\\Cache\\*.ost', 'C:\\Users', ['/ada/Cache/*.ost', '!/ada/Cache/*.ost/']],
    ['its case', '$userprofile$\\Cache\\* /s', 'C:\\Users\\ada', ['/Cache/**']],
    ['variables in a profile', '$UserProfile$\\Cache\\* /S', 'D:\\', ['/Users/bo/Cache/**']],
    ['$UserProfile$ of nobody here', '$UserProfile$\\Cache\\* /s', 'E:\\', []],
    ['$AllVolumes$', '$AllVolumes$\\Temporary\\*.* /s', 'E:\\', ['/Temporary/**']],
    ['$AllVolumes$ not at the root', '$AllVolumes$\\Temporary\\*.* /s', 'E:\\data', []],
    ['a name at the root of any volume', '\\Pagefile.sys', 'E:\\', ['/Pagefile.sys', '!/Pagefile.sys/']],
    ['a name anywhere', 'index.dat /s', 'E:\\data', ['**/index.dat', '!**/index.dat/']],
    ['a variable', '%HOMES_OF_TEST%\\bo\\temp\\* /s', 'D:\\Users\\bo', ['/temp/**']],
    ['a variable nobody knows', '%NO_SUCH_VARIABLE%\\* /s', 'D:\\', []],
    ['a folder that was named', 'D:\\data\\* /s', 'D:\\data', []],
    ['a folder around it', 'D:\\* /s', 'D:\\data', []],
    ['brackets and spaces', 'D:\\a [b]\\c ?.tmp', 'D:\\', ['/a \\[b\\]/c ?.tmp', '!/a \\[b\\]/c ?.tmp/']],
  ] as const)
    it(`by ${what}`, () => expect(patterns([entry], source)).to.deep.equal(expected));

  it('of a writer that takes part are not left out, but for what is not in snapshots', () => {
    const entry = ['D:\\db\\*.log'];
    expect(patterns(entry, 'D:\\', ['application'], 'FilesNotToBackup')).to.deep.equal([]);
    expect(patterns(entry, 'D:\\', ['another'], 'FilesNotToBackup')).to.deep.equal(['/db/*.log', '!/db/*.log/']);
    expect(patterns(entry, 'D:\\', ['application'])).to.deep.equal(['/db/*.log', '!/db/*.log/']);
  });
});
