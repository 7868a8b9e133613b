import { buildDoubles, findCompiler } from '../../test/doubles/build.ts';
import { installDebianPackages } from '../debian-packages.mjs';
import { windowsPath } from '../wine/run.ts';

/** Which libraries of Windows each double stands in for. */
const replaced = { ntfs: ['kernel32', 'advapi32', 'ntdll'], vss: ['vssapi'] };

/**
 * Windows' libraries with functions that Wine lacks, built from the project's own sources.
 * @returns values of MIRRORBACKUP_NATIVE_LIBRARIES by the name of the double; none where they cannot be built
 */
export function prepareDoubles() {
  installDebianPackages({ 'x86_64-w64-mingw32-g++-posix': 'g++-mingw-w64-x86-64-posix' });
  if (findCompiler() === undefined) {
    console.log('Doubles of Windows libraries are not built: needs g++-mingw-w64-x86-64-posix.');
    return {};
  }
  const doubles = buildDoubles();
  const entries = (name) => replaced[name].map((library) => `${library}=${windowsPath(doubles[name])}`).join(';');
  return { ntfs: entries('ntfs'), vss: entries('vss') };
}
