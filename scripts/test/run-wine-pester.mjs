import { join } from 'node:path';
import { ensureWindowsHost } from '../wine/host.mjs';
import { root, windowsNode } from '../wine/places.ts';
import { prepareWine } from '../wine/prepare-wine.mjs';
import { runWindowsProgram, windowsPath } from '../wine/run.ts';
import { isInstalled } from '../debian-packages.mjs';
import { prepareDoubles } from './doubles.mjs';
import { PesterOutput } from './pester-output.ts';
import { underWine } from './summary.ts';

/** A suite that says nothing for so long hangs. */
const silenceLimitMs = 5 * 60_000;

/** Runs the Pester suites in PowerShell for Windows with the engine for Windows, on Wine; returns what `runPester` does. */
export async function runWinePester() {
  const reason = (await prepareWine()) ?? (isInstalled('dotnet') ? undefined : 'needs the .NET SDK 10');
  if (reason !== undefined) return { skipped: [{ title: 'Pester under Wine', reason }] };
  const { ntfs = '', vss = '' } = prepareDoubles();
  const output = new PesterOutput();
  let rest = '';
  const { exitCode } = await runWindowsProgram(
    ensureWindowsHost(),
    ['-NoLogo', '-NoProfile', '-File', windowsPath(join(root, 'Pester/Run.ps1'))],
    {
      env: {
        MIRRORBACKUP_NODE: windowsPath(windowsNode),
        // What MIRRORBACKUP_NATIVE_LIBRARIES may say: suites that need a double let the engine load it.
        MIRRORBACKUP_TEST_NTFS: ntfs,
        MIRRORBACKUP_TEST_VSS: vss,
        PSModulePath: windowsPath(join(root, 'module')),
      },
      silenceLimitMs,
      onOutput: (chunk, stream) => {
        if (stream === 'stderr') return void process.stderr.write(chunk);
        const lines = `${rest}${chunk}`.split(/\r?\n/);
        rest = lines.pop();
        for (const line of lines) if (output.take(line)) console.log(line);
      },
    },
  );
  return underWine(output.result('Pester', exitCode));
}
