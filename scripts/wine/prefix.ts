import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { winePrefix } from './places.ts';
import { runWindowsProgram } from './run.ts';

const ready = join(winePrefix, '.mirrorbackup-ready');
/** Programs that need later versions than Wine's default, Windows 7, look here. */
const VERSION = 'win10';

/** Makes Wine's machine, once: it takes some ten seconds. */
export async function makePrefix(): Promise<void> {
  if (existsSync(ready)) return;
  rmSync(winePrefix, { recursive: true, force: true });
  mkdirSync(winePrefix, { recursive: true });
  await run('wineboot.exe', '--init');
  await run('reg.exe', 'add', 'HKCU\\Software\\Wine', '/v', 'Version', '/d', VERSION, '/f');
  writeFileSync(ready, '');
}

async function run(program: string, ...args: string[]): Promise<void> {
  // It need not offer to install .NET and a browser.
  const env = { WINEDLLOVERRIDES: 'mscoree,mshtml=' };
  const { exitCode, stdout, stderr } = await runWindowsProgram(program, args, { cwd: winePrefix, env });
  if (exitCode !== 0) throw new Error(`${program} ${args.join(' ')} ended with ${exitCode}:\n${stdout}${stderr}`);
}
