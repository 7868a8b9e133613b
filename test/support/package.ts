import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, readdirSync, realpathSync } from 'node:fs';
import { delimiter, dirname, join, relative } from 'node:path';
import { root } from '../../scripts/wine/places.ts';

/** Runs `npm run package`; returns what it said. */
export function makePackage(output: string, ...options: string[]): string {
  const args = [join(root, 'scripts/package.mjs'), '--output', output, ...options];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8' });
  if (status !== 0) throw new Error(`Packaging ended with ${status}: ${stdout}${stderr}`);
  return stdout;
}

/** Copies a package into a folder of modules, as users do; returns the module's folder. */
export function installPackage(output: string, modules: string, version: string): string {
  const folder = join(modules, 'MirrorBackup', version);
  cpSync(join(output, 'MirrorBackup'), folder, { recursive: true });
  return folder;
}

/** Paths of all files below a folder, with `/`, in order. */
export function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
    .sort();
}

/** PowerShell on this machine: pwsh, or the console host. Undefined where there is neither. */
export function findPowerShell(): string | undefined {
  const onPath = findProgram('pwsh');
  if (onPath !== undefined) return onPath;
  return findProgram('dotnet') === undefined ? undefined : builtHost('scripts/host.mjs');
}

/** The console host for Windows. Undefined where it cannot be built. */
export function findWindowsPowerShell(): string | undefined {
  return findProgram('dotnet') === undefined ? undefined : builtHost('scripts/wine/host.mjs');
}

/** These scripts say where it is, first. */
function builtHost(script: string): string {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, script)], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${script} ended with ${status}: ${stderr}`);
  return stdout.split('\n')[0] ?? '';
}

export interface PowerShellResult {
  exitCode: number | null;
  stdout: string;
  stderr: string;
}

/** Runs PowerShell with nothing but these variables: no module, no Node.js and no home of this machine. */
export function runPowerShell(
  program: string,
  args: string[],
  cwd: string,
  variables: Record<string, string>,
): PowerShellResult {
  const dotnet = findProgram('dotnet');
  const { status, stdout, stderr } = spawnSync(program, ['-NoLogo', '-NoProfile', ...args], {
    cwd,
    encoding: 'utf8',
    env: { ...(dotnet !== undefined && { DOTNET_ROOT: dirname(realpathSync(dotnet)) }), ...variables },
  });
  return { exitCode: status, stdout, stderr };
}

/** The object that a script wrote as JSON, on a line of its own. */
export function lastObject<T>({ exitCode, stdout, stderr }: PowerShellResult): T {
  const line = stdout.split(/\r?\n/).findLast((text) => text.startsWith('{'));
  if (exitCode !== 0 || line === undefined) throw new Error(`PowerShell ended with ${exitCode}: ${stdout}${stderr}`);
  return JSON.parse(line) as T;
}

function findProgram(name: string): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  return folders.map((folder) => join(folder, name)).find((path) => existsSync(path));
}
