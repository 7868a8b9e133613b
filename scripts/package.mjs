// npm run package [-- --with-node[=win32-x64,linux-x64,linux-arm64]] [--output folder]: makes dist/MirrorBackup, the module
// as it is published and installed, and a zip file of it.
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { nodeBinaries, packageModule } from './package/package-module.mjs';
import { size, summaryLines } from './package/summary.mjs';
import { writePackage } from './package/write-package.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));

async function run(args) {
  const { output, withNode } = parse(args);
  const packed = await packageModule(withNode);
  const archive = writePackage(packed, output);
  console.log(`MirrorBackup ${packed.version}: ${join(output, 'MirrorBackup')}\n`);
  for (const line of summaryLines(packed)) console.log(line);
  console.log(`\n${archive.path}  ${size(archive.bytes)}\nSHA-256 ${archive.sha256}`);
  if (packed.projectUri === undefined)
    console.log('\nIts manifest has no ProjectUri: set "homepage" in package.json before it is published.');
}

function parse(args) {
  const result = { output: join(root, 'dist'), withNode: [] };
  for (let i = 0; i < args.length; i++) {
    const [name, value] = args[i].split(/=(.*)/s, 2);
    if (name === '--with-node') result.withNode = value?.split(',') ?? Object.keys(nodeBinaries.packages);
    else if (name === '--output' && (value ?? args[i + 1])) result.output = value ?? args[++i];
    else throw new Error(`'${args[i]}' is not an option: --with-node[=platform,…], --output folder.`);
  }
  return result;
}

await run(process.argv.slice(2)).catch((error) => {
  console.error(`Packaging failed: ${error.message}`);
  process.exitCode = 1;
});
