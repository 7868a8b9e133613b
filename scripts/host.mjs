// Builds the console host in module/host, once per state of its sources.
import { spawnSync } from 'node:child_process';
import { pathToFileURL } from 'node:url';
import { dotnetTool } from './dotnet-tool.mjs';

/** The path of the host's executable, built if it is not there yet. Ends the process if it cannot be. */
export function ensureHost() {
  return dotnetTool({
    project: 'module/host',
    output: 'build/host',
    executable: 'mbpwsh',
    publish: ['-p:PublishReadyToRun=true'],
    missing:
      'Neither pwsh nor dotnet was found: install PowerShell 7 (https://aka.ms/powershell) or the .NET SDK 10 (https://dot.net).',
  });
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const executable = ensureHost();
  console.log(executable);
  process.exitCode = spawnSync(executable, ['-Version'], { stdio: 'inherit' }).status ?? 1;
}
