import { linuxPaths } from './linux/paths.ts';
import type { PathRules } from './path-rules.ts';
import { win32Paths } from './win32/paths.ts';

export { PathError, type FsPath, type PathRules } from './path-rules.ts';

/** The rules of this platform. Here and not in {@link Native}, because they need no foreign functions. */
export const paths: PathRules = process.platform === 'win32' ? win32Paths : linuxPaths;
