import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  cpSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { expect } from 'chai';
import { root, windowsNode } from '../../scripts/wine/places.ts';
import { runWindowsProgram, windowsPath } from '../../scripts/wine/run.ts';
import * as packages from '../support/package.ts';
import { requires, skip } from '../support/requires.ts';
import { makeSandbox, type Sandbox } from '../support/sandbox.ts';

interface Used {
  moduleBase: string;
  version: string;
  commands: string[];
  states: string[];
  files: number;
  linked: number;
  changes: string[];
  removed: string;
  left: string[];
  second: string;
  help: string;
}

const fixture = join(root, 'test/fixtures/use-installed-module.ps1');
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };

/** A machine on which nothing is but the package: no checkout above it, no home, and no PATH. */
describe('@slow the installed package', function () {
  this.timeout(600_000);
  let sandbox: Sandbox;
  let modules: string;
  let installed: string;
  let powerShell: string;
  let environment: Record<string, string>;

  before(function () {
    requires(this, 'linux');
    const found = packages.findPowerShell();
    if (found === undefined) return skip(this, 'needs PowerShell 7 or the .NET SDK');
    powerShell = found;
    sandbox = makeSandbox();
    packages.makePackage(sandbox.path('dist'));
    modules = sandbox.path('Modules');
    installed = packages.installPackage(sandbox.path('dist'), modules, version);
    mkdirSync(sandbox.path('home'));
    mkdirSync(sandbox.path('node'));
    symlinkSync(process.execPath, sandbox.path('node/node'));
    // A tree of its own: the sources of the project.
    for (const folder of ['docs', 'engine'])
      cpSync(join(root, folder), sandbox.path('files', folder), { recursive: true });
    environment = { HOME: sandbox.path('home'), PSModulePath: modules, PATH: sandbox.path('nothing') };
  });
  after(() => sandbox?.remove());

  const run = (args: string[], variables: Record<string, string> = {}): packages.PowerShellResult =>
    packages.runPowerShell(powerShell, args, sandbox.root, { ...environment, ...variables });

  const expectUsed = (used: Used, base: string): void => {
    expect(used).to.include({ moduleBase: base, version, removed: 'Remove' });
    expect(used.states).to.deep.equal(['Complete', 'Complete']);
    expect(used.files).to.be.greaterThan(100);
    expect(used.linked).to.equal(used.files - 1);
    expect(used.changes).to.include('Added files/new.txt');
    expect(used.left).to.deep.equal([used.second]);
    expect(used.commands).to.include('New-MirrorBackup');
    expect(used.help).to.match(/^Makes a backup/);
  };

  it('makes, compares and removes generations', () => {
    const args = ['-File', fixture, '-Source', sandbox.path('files'), '-SetPath', sandbox.path('set')];
    const used = packages.lastObject<Used>(run(args, { PATH: sandbox.path('node') }));
    expectUsed(used, installed);
    expect(readFileSync(sandbox.path('set', used.second, 'files/new.txt'), 'utf8')).to.equal('new');
  });

  it('runs the demo', async () => {
    const demo = sandbox.path('demo');
    mkdirSync(demo);
    const prepare = new URL('../../scripts/demo/copy-real-tree.mjs', import.meta.url).href;
    const { copyRealTree } = (await import(prepare)) as { copyRealTree(target: string, packages: string): object };
    writeFileSync(
      join(demo, 'changes.json'),
      JSON.stringify(copyRealTree(join(demo, 'files'), join(root, 'node_modules'))),
    );
    const { exitCode, stdout, stderr } = packages.runPowerShell(
      powerShell,
      ['-File', join(root, 'scripts/demo/demo.ps1'), '-ChangeFile', join(demo, 'changes.json')],
      demo,
      { ...environment, PATH: `${sandbox.path('node')}:/usr/bin:/bin` },
    );
    expect(exitCode, stdout + stderr).to.equal(0);
    expect(stdout).to.include('The demo has ended');
  });

  it('starts no process when it is imported', () => {
    // A Node.js that leaves a trace.
    const trap = sandbox.path('trap/node');
    mkdirSync(dirname(trap));
    writeFileSync(trap, `#!/bin/sh\n: > '${sandbox.path('started')}'\n`, { mode: 0o755 });
    const command = `Import-Module MirrorBackup; @{ count = (Get-Command -Module MirrorBackup).Count } | ConvertTo-Json -Compress`;
    const { count } = packages.lastObject<{ count: number }>(
      run(['-Command', command], { PATH: dirname(trap), MIRRORBACKUP_NODE: trap }),
    );
    expect(count).to.be.greaterThan(15);
    expect(packages.filesBelow(sandbox.root)).to.not.include('started');
  });

  describe('where its binary for the platform', () => {
    const binary = (): string => join(installed, `engine/koffi/linux-${process.arch}.node`);
    const away = (): string => sandbox.path('binary.node');

    beforeEach(() => renameSync(binary(), away()));
    afterEach(() => renameSync(away(), binary()));

    const expectRefused = (reason: string): void => {
      const failed = errorOf(run(['-Command', listing], { PATH: sandbox.path('node') }));
      expect(failed.id).to.equal('PlatformNotSupported,Measure-BackupGeneration');
      expect(failed.message).to.include(`linux-${process.arch}`).and.include(reason).and.not.include('\n');
      expect(failed.hint).to.include('x64 and arm64');
    };

    it('is missing, says so', () => {
      expectRefused(`'${binary()}' is missing`);
    });

    it('cannot be loaded, says why', () => {
      copyFileSync(join(installed, 'engine/koffi/win32-x64.node'), binary());
      expectRefused('invalid ELF header');
    });
  });

  it('has the version of the package in the engine, too', () => {
    const initialize = { jsonrpc: '2.0', id: 1, method: 'initialize', params: {} };
    const input = `${JSON.stringify(initialize)}\n`;
    const { stdout } = spawnSync(process.execPath, [join(installed, 'engine/main.mjs')], { encoding: 'utf8', input });
    const { result } = JSON.parse(stdout) as { result: { engine: { version: string } } };
    expect(result.engine.version).to.equal(version);
  });

  describe('finds Node.js', () => {
    let bundled: string;

    before(() => {
      bundled = join(installed, `engine/node/linux-${process.arch}/node`);
      mkdirSync(dirname(bundled), { recursive: true });
    });
    const pack = (mode: number): void => {
      copyFileSync(process.execPath, bundled);
      chmodSync(bundled, mode);
    };
    afterEach(() => rmSync(bundled, { force: true }));
    const started = (variables: Record<string, string>): string[] => {
      const { stdout } = run(['-Command', `$DebugPreference = 'Continue'; ${listing}`], variables);
      return [...stdout.matchAll(/Starting '([^']+)'/g)].map(([, path]) => path ?? '');
    };

    it('on PATH', () => {
      expect(started({ PATH: sandbox.path('node') })).to.deep.equal([sandbox.path('node/node')]);
    });

    it('that is packed with it, before PATH', () => {
      pack(0o755);
      expect(started({ PATH: sandbox.path('node') })).to.deep.equal([bundled]);
      expect(started({})).to.deep.equal([bundled]);
    });

    it('that MIRRORBACKUP_NODE names, before all others', () => {
      pack(0o755);
      mkdirSync(sandbox.path('other'));
      symlinkSync(process.execPath, sandbox.path('other/node'));
      const MIRRORBACKUP_NODE = sandbox.path('other/node');
      expect(started({ PATH: sandbox.path('node'), MIRRORBACKUP_NODE })).to.deep.equal([MIRRORBACKUP_NODE]);
    });

    it('on PATH, where the one that is packed cannot be run', () => {
      pack(0o644);
      expect(started({ PATH: sandbox.path('node') }).at(-1)).to.equal(sandbox.path('node/node'));
    });

    it('or says how to install it', () => {
      const failed = errorOf(run(['-Command', listing]));
      expect(failed.id).to.equal('NodeNotFound,Measure-BackupGeneration');
      expect(failed.hint).to.match(
        /^Install Node\.js 22\.13 or newer \(see https:\/\/nodejs\.org\/en\/download\), or set/,
      );
    });

    it('that is packed with it, when an old one is given the engine', function () {
      const old = '/usr/bin/node';
      const { stdout } = spawnSync(old, ['--version'], { encoding: 'utf8' });
      if (!/^v(1\d|20|21)\./.test(stdout ?? '')) return skip(this, `needs a Node.js 21 or older at ${old}`);
      const ask = (): string =>
        spawnSync(old, [join(installed, 'engine/main.mjs')], {
          encoding: 'utf8',
          input: `${JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'initialize', params: {} })}\n`,
        }).stdout;
      expect(ask()).to.include('"id":"NodeTooOld"');
      pack(0o755);
      expect(ask()).to.include(`"node":"${process.version}"`);
    });
  });

  describe('under Wine', () => {
    let windows: string;

    before(function () {
      requires(this, 'wine');
      const found = packages.findWindowsPowerShell();
      if (found === undefined) return skip(this, 'needs the .NET SDK');
      windows = found;
    });

    const use = async (name: string, variables: Record<string, string>): Promise<Used> => {
      const files = sandbox.path(name, 'files');
      for (const folder of ['docs', 'engine']) cpSync(join(root, folder), join(files, folder), { recursive: true });
      const parameters = ['-Source', windowsPath(files), '-SetPath', windowsPath(sandbox.path(name, 'set'))];
      const args = ['-NoLogo', '-NoProfile', '-File', windowsPath(fixture), ...parameters];
      const { exitCode, stdout, stderr } = await runWindowsProgram(windows, args, {
        cwd: sandbox.root,
        // No Node.js on the PATH of Windows.
        env: { PSModulePath: windowsPath(modules), WINEPATH: 'C:\\windows', ...variables },
      });
      return packages.lastObject<Used>({ exitCode, stdout, stderr });
    };

    it('makes, compares and removes generations', async () => {
      const used = await use('wine', { MIRRORBACKUP_NODE: windowsPath(windowsNode) });
      expectUsed(used, windowsPath(installed));
      expect(readFileSync(sandbox.path('wine/set', used.second, 'files/new.txt'), 'utf8')).to.equal('new');
    });

    it('finds the Node.js that is packed with it', async () => {
      const bundled = join(installed, 'engine/node/win32-x64/node.exe');
      mkdirSync(dirname(bundled), { recursive: true });
      copyFileSync(windowsNode, bundled);
      expectUsed(await use('wine-packed', { MIRRORBACKUP_NODE: '' }), windowsPath(installed));
    });
  });
});

/** A command that needs all of the engine; what it says when it cannot have it. */
const listing = [
  'try { Measure-BackupGeneration ./set 5>&1 }',
  'catch { @{ id = $_.FullyQualifiedErrorId; message = $_.Exception.Message; hint = $_.ErrorDetails.RecommendedAction } | ConvertTo-Json -Compress }',
].join(' ');

function errorOf(result: packages.PowerShellResult): { id: string; message: string; hint: string } {
  return packages.lastObject(result);
}
