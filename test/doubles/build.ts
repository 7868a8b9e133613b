/** Builds the doubles of Windows' libraries: mingw DLLs that Windows programs under Wine load in place of the system's. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..', '..');
/** Debian: g++-mingw-w64-x86-64. The posix flavour has std::mutex. */
const COMPILERS = ['x86_64-w64-mingw32-g++-posix', 'x86_64-w64-mingw32-g++'];
const FLAGS = ['-std=c++17', '-O1', '-Wall', '-Wextra', '-D_WIN32_WINNT=0x0A00', '-shared', '-static'];
/** Which libraries of Windows a double stands in for as a whole; the others are asked for single functions. */
const REPLACED = { ntfs: ['kernel32', 'advapi32', 'ntdll'], vss: ['vssapi'] } as const;
const LIBRARIES = ['-lntdll', '-ladvapi32', '-lole32', '-loleaut32', '-luuid'];

/**
 * Builds what is older than its sources, into build/doubles.
 * @returns path of each double by the name of its folder
 * @throws Error with the compiler's words when a source does not compile
 */
export function buildDoubles(): Record<string, string> {
  const output = join(root, 'build', 'doubles');
  mkdirSync(output, { recursive: true });
  const doubles: Record<string, string> = {};
  for (const entry of readdirSync(import.meta.dirname, { withFileTypes: true })) {
    if (!entry.isDirectory()) continue;
    const library = join(output, `${entry.name}.dll`);
    build(join(import.meta.dirname, entry.name), library);
    doubles[entry.name] = library;
  }
  return doubles;
}

/**
 * What MIRRORBACKUP_NATIVE_LIBRARIES says to let a double stand in.
 * @param file where Windows finds it
 */
export function standIn(double: keyof typeof REPLACED, file: string): string {
  return REPLACED[double].map((library) => `${library}=${file}`).join(';');
}

/** The compiler on this machine, or undefined: then tests with doubles are skipped. */
export function findCompiler(): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(':');
  return COMPILERS.find((name) => folders.some((folder) => existsSync(join(folder, name))));
}

function build(folder: string, library: string): void {
  const files = readdirSync(folder).map((name) => join(folder, name));
  const newest = Math.max(...files.map((file) => statSync(file).mtimeMs));
  if (existsSync(library) && statSync(library).mtimeMs > newest) return;
  const compiler = findCompiler();
  if (compiler === undefined) throw new Error(`None of ${COMPILERS.join(', ')} is installed.`);
  const sources = files.filter((file) => /\.(cpp|def)$/.test(file));
  execFileSync(compiler, [...FLAGS, '-o', library, ...sources, ...LIBRARIES], { stdio: ['ignore', 'inherit', 'pipe'] });
}

if (import.meta.main) console.log(Object.values(buildDoubles()).join('\n'));
