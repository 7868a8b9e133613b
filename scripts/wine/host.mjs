// Builds the console host for Windows, once per state of its sources; run, it says where it is.
import { pathToFileURL } from 'node:url';
import { dotnetTool } from '../dotnet-tool.mjs';

/** The path of the console host for Windows, built if it is not there yet. Ends the process if it cannot be. */
export function ensureWindowsHost() {
  return dotnetTool({
    project: 'module/host',
    output: 'build/host-windows',
    executable: 'mbpwsh',
    runtime: 'win-x64',
    publish: ['-p:PublishReadyToRun=true'],
    missing: 'dotnet was not found: install the .NET SDK 10 (https://dot.net) to test the module for Windows.',
  });
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) console.log(ensureWindowsHost());
