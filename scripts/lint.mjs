// npm run lint: ESLint, Prettier, and the rules for PowerShell files.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { generate } from './generate.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Runs all checks; returns whether all of them passed. */
export async function lint() {
  // Rules that know types need the generated ones.
  await generate();
  return [
    run('ESLint', 'node_modules/eslint/bin/eslint.js', ['.']),
    run('Prettier', 'node_modules/prettier/bin/prettier.cjs', [
      '--check',
      '--log-level=warn',
      '--cache',
      '--cache-strategy=content',
      '.',
    ]),
    run('PowerShell', 'scripts/check-powershell.mjs', []),
  ].every((passed) => passed);
}

function run(name, script, args) {
  if (!existsSync(join(root, script))) {
    console.log(`${name}: not checked, ${script} does not exist.`);
    return true;
  }
  const { status } = spawnSync(process.execPath, [join(root, script), ...args], { cwd: root, stdio: 'inherit' });
  console.log(`${name}: ${status === 0 ? 'passed' : 'failed'}.`);
  return status === 0;
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) process.exitCode = (await lint()) ? 0 : 1;
