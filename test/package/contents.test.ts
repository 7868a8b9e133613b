import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect } from 'chai';
import { root } from '../../scripts/wine/places.ts';
import { filesBelow, findPowerShell, lastObject, makePackage, runPowerShell } from '../support/package.ts';
import { requires, skip } from '../support/requires.ts';
import { makeSandbox, type Sandbox } from '../support/sandbox.ts';

describe('@slow the package', function () {
  this.timeout(600_000);
  let sandbox: Sandbox;
  let output: string;
  let folder: string;
  let said: string;
  let files: string[];
  const { version, homepage } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    version: string;
    homepage?: string;
  };
  const read = (path: string): string => readFileSync(join(folder, path), 'utf8');

  before(function () {
    requires(this, 'linux');
    sandbox = makeSandbox();
    output = sandbox.path('first');
    said = makePackage(output);
    folder = join(output, 'MirrorBackup');
    files = filesBelow(folder);
  });
  after(() => sandbox?.remove());

  it('is the same, byte for byte, when it is made again', () => {
    makePackage(sandbox.path('second'));
    const digests = (path: string): string[] => filesBelow(path).map((name) => `${name} ${digest(join(path, name))}`);
    expect(digests(sandbox.path('second'))).to.deep.equal(digests(output));
  });

  it('has the engine, its binaries for all platforms, help and licences, and no sources or tests', () => {
    expect(files).to.include.members([
      'LICENSE.txt',
      'MirrorBackup.psd1',
      'MirrorBackup.psm1',
      'THIRD-PARTY-NOTICES.txt',
      'en-US/about_MirrorBackup.help.txt',
      'engine/main.mjs',
      'engine/worker.mjs',
      ...['linux-arm64', 'linux-x64', 'win32-arm64', 'win32-x64'].map((name) => `engine/koffi/${name}.node`),
    ]);
    // NuGet leaves out what starts with a dot.
    expect(
      files.filter((path) => /\.ts$|[Tt]ests?\.|\.map$|(^|\/)\.|node_modules|^(Public|Private)\//.test(path)),
    ).to.deep.equal([]);
  });

  it('names no folder of the machine that made it', () => {
    for (const path of files) expect(readFileSync(join(folder, path)).includes(root), path).to.equal(false);
  });

  it('has the binary of each platform', () => {
    const start = (name: string): string =>
      readFileSync(join(folder, `engine/koffi/${name}.node`)).toString('latin1', 0, 4);
    expect(start('win32-x64').slice(0, 2)).to.equal('MZ');
    expect(start('win32-arm64').slice(0, 2)).to.equal('MZ');
    const machine = (name: string): number => readFileSync(join(folder, `engine/koffi/${name}.node`)).readUInt16LE(18);
    expect(machine('linux-x64')).to.equal(0x3e);
    expect(machine('linux-arm64')).to.equal(0xb7);
  });

  it('names everything that was bundled, with its licence', () => {
    const notices = read('THIRD-PARTY-NOTICES.txt');
    // esbuild leaves the path of a module in front of it, or as its name.
    const code = files.filter((path) => path.endsWith('.mjs')).map(read);
    const names = code.flatMap((text) =>
      [...text.matchAll(/(?:\/\/ |")node_modules\/((?:@[^/\s]+\/)?[^/\s]+)\//g)].map(([, name]) => name ?? ''),
    );
    expect(names).to.include.members(['ajv', 'execa', 'koffi']);
    for (const name of new Set(names)) {
      const installed = join(root, 'node_modules', name);
      const { version: found } = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8')) as {
        version: string;
      };
      expect(notices).to.include(`\n${name} ${found}\n`);
      const licence = filesBelow(installed).find((path) => /^(licen[cs]e|copying)/i.test(path)) ?? '';
      expect(notices, name).to.include(readFileSync(join(installed, licence), 'utf8').replaceAll('\r\n', '\n').trim());
    }
  });

  it('has a manifest that is complete and true', function () {
    const powerShell = findPowerShell();
    if (powerShell === undefined) return skip(this, 'needs PowerShell 7 or the .NET SDK');
    const manifest = lastObject<Manifest>(
      runPowerShell(
        powerShell,
        ['-Command', `Import-PowerShellDataFile '${folder}/MirrorBackup.psd1' | ConvertTo-Json -Depth 5 -Compress`],
        folder,
        { HOME: sandbox.root, PATH: '/usr/bin' },
      ),
    );
    expect(manifest.ModuleVersion).to.equal(version);
    expect(manifest.GUID).to.match(/^[0-9a-f-]{36}$/);
    expect(manifest.Author).to.not.equal('');
    expect(manifest.PowerShellVersion).to.equal('5.1');
    expect(manifest.CompatiblePSEditions).to.have.members(['Core', 'Desktop']);
    expect([...manifest.FileList].sort()).to.deep.equal(files);
    expect(manifest.FunctionsToExport.filter((name) => !/^[A-Z][a-z]+-[A-Za-z]+$/.test(name))).to.deep.equal([]);
    for (const name of manifest.FunctionsToExport) expect(read('MirrorBackup.psm1')).to.include(`\nfunction ${name} {`);
    expect([manifest.CmdletsToExport, manifest.AliasesToExport, manifest.VariablesToExport]).to.deep.equal([
      [],
      [],
      [],
    ]);
    const { LicenseUri, ProjectUri, ReleaseNotes, Tags } = manifest.PrivateData.PSData;
    expect(LicenseUri).to.match(/^https:/);
    expect(ProjectUri).to.equal(homepage);
    expect(Tags).to.include.members(['PSEdition_Core', 'PSEdition_Desktop', 'Windows', 'Linux']);
    expect(ReleaseNotes).to.include('New-MirrorBackup makes a generation');
    // What the Gallery takes.
    expect(ReleaseNotes.length).to.be.lessThan(35_000);
  });

  it('has the version of the manifest in the checkout', () => {
    const manifest = readFileSync(join(root, 'module/MirrorBackup/MirrorBackup.psd1'), 'utf8');
    expect(/ModuleVersion *= '(.*)'/.exec(manifest)?.[1]).to.equal(version);
  });

  it('says that there is no page of the project as long as there is none', () => {
    expect(said.includes('no ProjectUri')).to.equal(homepage === undefined);
  });

  it('has scripts that Windows PowerShell 5.1 can read', function () {
    if (findPowerShell() === undefined) return skip(this, 'needs the .NET SDK');
    const scripts = files.filter((path) => /\.ps[md]?1$/.test(path)).map((path) => join(folder, path));
    expect(scripts).to.include.members(['MirrorBackup.psd1', 'MirrorBackup.psm1'].map((name) => join(folder, name)));
    const { status, stdout } = spawnSync(process.execPath, ['scripts/check-powershell.mjs', ...scripts], { cwd: root });
    expect(status, String(stdout)).to.equal(0);
    for (const path of scripts) expect(/^[\n\x20-\x7e]*$/.test(readFileSync(path, 'utf8')), path).to.equal(true);
  });

  it('is the same in the zip file, whose digest is beside it', function () {
    requires(this, 'tool:python3');
    const zip = join(output, `MirrorBackup-${version}.zip`);
    expect(readFileSync(`${zip}.sha256`, 'utf8')).to.equal(`${digest(zip)}  MirrorBackup-${version}.zip\n`);
    const target = sandbox.path('unpacked');
    expect(spawnSync('python3', ['-m', 'zipfile', '--extract', zip, target]).status).to.equal(0);
    const unpacked = join(target, 'MirrorBackup', version);
    expect(filesBelow(unpacked)).to.deep.equal(files);
    for (const path of files) expect(digest(join(unpacked, path)), path).to.equal(digest(join(folder, path)));
  });

  it('lists what is in it, and how large that is', () => {
    expect(said).to.match(/engine\/\*\.mjs +\d+ files +[\d.]+ [KM]iB\n/);
    expect(said).to.include(`in all${`${files.length} files`.padStart(38)}`);
    expect(said).to.include(digest(join(output, `MirrorBackup-${version}.zip`)));
  });

  it('takes the place of a package only, not of sources or installed versions', () => {
    const theirs = sandbox.path('theirs/MirrorBackup/0.0.1/MirrorBackup.psd1');
    mkdirSync(dirname(theirs), { recursive: true });
    writeFileSync(theirs, '');
    expect(() => makePackage(sandbox.path('theirs'))).to.throw('is not a package, and is left alone');
    expect(filesBelow(sandbox.path('theirs'))).to.deep.equal(['MirrorBackup/0.0.1/MirrorBackup.psd1']);
  });

  for (const [options, reason] of [
    ['--with-node=plan9-mips', "There is no Node.js to pack for 'plan9-mips'"],
    ['--with-nodes', "'--with-nodes' is not an option"],
  ] as const) {
    it(`refuses ${options}, and leaves what is there`, () => {
      expect(() => makePackage(output, options)).to.throw(`Packaging failed: ${reason}`);
      expect(filesBelow(folder)).to.deep.equal(files);
    });
  }
});

interface Manifest {
  ModuleVersion: string;
  GUID: string;
  Author: string;
  PowerShellVersion: string;
  CompatiblePSEditions: string[];
  FileList: string[];
  FunctionsToExport: string[];
  CmdletsToExport: string[];
  AliasesToExport: string[];
  VariablesToExport: string[];
  PrivateData: { PSData: { LicenseUri: string; ProjectUri?: string; ReleaseNotes: string; Tags: string[] } };
}

function digest(path: string): string {
  return createHash('sha256').update(readFileSync(path)).digest('hex');
}
