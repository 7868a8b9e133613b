// Checks the module's and the tests' scripts against Windows PowerShell 5.1, which cannot run on Linux.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { dotnetTool } from './dotnet-tool.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const checker = dotnetTool({
  project: 'module/check',
  output: 'build/check',
  executable: 'mbcheck',
  publish: ['-p:PublishReadyToRun=true'],
  missing: 'dotnet was not found: install the .NET SDK 10 (https://dot.net) to check the PowerShell scripts.',
});

const given = process.argv.slice(2);
const files =
  given.length > 0
    ? ['--module', ...given]
    : ['--module', ...scriptsIn('module/MirrorBackup'), '--tests', ...scriptsIn('Pester')];
process.exitCode = spawnSync(checker, files, { cwd: root, stdio: 'inherit' }).status ?? 1;

function scriptsIn(folder) {
  const found = fs.readdirSync(path.join(root, folder), { recursive: true }).map(String);
  return found
    .filter((name) => /\.(ps1|psm1|psd1)$/.test(name))
    .sort()
    .map((name) => path.join(folder, name));
}
