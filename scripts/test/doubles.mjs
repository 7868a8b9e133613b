import { buildDoubles, findCompiler, standIn } from '../../test/doubles/build.ts';
import { windowsPath } from '../wine/run.ts';

/**
 * Windows' libraries with functions that Wine lacks, built from the project's own sources.
 * @returns values of MIRRORBACKUP_NATIVE_LIBRARIES by the name of the double; none where they cannot be built
 */
export function prepareDoubles() {
  if (findCompiler() === undefined) {
    console.log('Doubles of Windows libraries are not built: needs g++-mingw-w64-x86-64-posix.');
    return {};
  }
  const doubles = buildDoubles();
  const entries = (name) => standIn(name, windowsPath(doubles[name]));
  return { ntfs: entries('ntfs'), vss: entries('vss') };
}
