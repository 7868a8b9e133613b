import { expect } from 'chai';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { SnapshotEntry } from '../../../engine/snapshot/journal.ts';
import { until } from '../../support/fixture.ts';
import { useFrozen, type Frozen } from '../../support/frozen.ts';
import { reasonAgainst, requires } from '../../support/requires.ts';
import { buildTree } from '../../support/tree-everything.ts';

const POWERSHELL = fileURLToPath(new URL('../../../scripts/pwsh.mjs', import.meta.url));
const MINUTE = 60;

describe('Use-ShadowCopy', function () {
  this.timeout(120_000);
  const frozen = useFrozen();
  let child: ChildProcess | undefined;

  afterEach(() => {
    if (child?.pid !== undefined && child.exitCode === null) process.kill(-child.pid, 'SIGKILL');
    child = undefined;
  });

  interface Session {
    machine: Frozen;
    /** Of the console, its engine and what they start. */
    group: ChildProcess;
    said(): string;
    ended: Promise<number | null>;
  }

  /** A console of its own that runs a block; `ready` is a file of the block's. */
  function use(machine: Frozen, block: string, after = ''): Session {
    const { disk } = machine;
    buildTree(disk.makeSubvolume('data'), { file: 'frozen' });
    const command = `Import-Module MirrorBackup; Use-ShadowCopy '${disk.path('data')}' ${block}${after}`;
    const group = spawn(process.execPath, [POWERSHELL, '-Command', command], {
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...disk.environment },
    });
    child = group;
    let text = '';
    for (const stream of [group.stdout, group.stderr])
      stream?.on('data', (chunk: Buffer) => (text += chunk.toString()));
    const ended = once(group, 'close').then(([code]) => code as number | null);
    return { machine, group, ended, said: () => text };
  }

  /** A block that says that it runs, and goes on for a minute. */
  const waiting = ({ disk }: Frozen): string =>
    `{ [IO.File]::WriteAllText('${disk.path('ready')}', $ShadowCopy.Count); Start-Sleep ${MINUTE}; 'went on' }`;

  async function running(machine: Frozen): Promise<Session> {
    const session = use(machine, waiting(machine));
    await until(() => existsSync(machine.disk.path('ready')), MINUTE);
    expect(machine.disk.snapshots()).to.have.length(1);
    return session;
  }

  function expectNothingLeft({ disk }: Frozen): void {
    expect(disk.snapshots(), 'snapshots').to.deep.equal([]);
    expect(disk.journal(), 'journal').to.deep.equal([]);
  }

  function needs(context: Parameters<typeof frozen>[0]): Frozen {
    if (reasonAgainst('tool:pwsh') !== null) requires(context, 'tool:dotnet');
    return frozen(context);
  }

  it('hands the block what it needs', async function () {
    const machine = needs(this);
    const session = use(
      machine,
      '{ param($copies) "$($copies[0].Id -eq $ShadowCopy[0].Id) $(Get-Content "$env:SHADOW_DEVICE_1/file") [$env:SHADOW_DEVICE_2]" }',
      '; "after: [$env:SHADOW_DEVICE_1] [$ShadowCopy]"',
    );
    expect(await session.ended, session.said()).to.equal(0);
    expect(session.said()).to.contain('True frozen []').and.to.contain('after: [] []');
    expectNothingLeft(machine);
  });

  for (const [what, block, after, code] of [
    ['throws', "{ throw 'out of it' }", '', 1],
    ['exits', '{ exit 5 }', '', 5],
    ['runs a program that fails', "-FilePath sh -ArgumentList '-c', 'exit 7'", '; exit $LASTEXITCODE', 7],
  ] as const)
    it(`gives back what it made when the block ${what}, and hands out ${code}`, async function () {
      const machine = needs(this);
      const session = use(machine, block, after);
      expect(await session.ended, session.said()).to.equal(code);
      expectNothingLeft(machine);
    });

  it('gives back what it made on Ctrl+C', async function () {
    const machine = needs(this);
    const { group, ended, said } = await running(machine);
    process.kill(-(group.pid ?? 0), 'SIGINT');
    await ended;
    expect(said()).not.to.contain('went on');
    expectNothingLeft(machine);
  });

  it('leaves nothing when PowerShell is killed: its engine notices', async function () {
    const machine = needs(this);
    const { group, ended } = await running(machine);
    const engine = Number(/\d+/.exec(entry(machine).owner)?.[0]);
    const console = parentOf(engine);
    expect(console).not.to.equal(group.pid);
    process.kill(console, 'SIGKILL');
    await ended;
    await until(() => !existsSync(`/proc/${engine}`), MINUTE);
    expectNothingLeft(machine);
  });

  it('says so when the engine is killed, and the next start leaves nothing', async function () {
    const machine = needs(this);
    const { disk, start } = machine;
    const block = `{ Stop-Process -Force -Id ([regex]::Match($ShadowCopy.Owner, '\\d+').Value); Start-Sleep 1; 'went on' }`;
    const session = use(machine, block);
    await session.ended;
    expect(session.said())
      .to.contain('went on')
      .and.to.match(/The engine stopped/);
    expect(disk.snapshots()).to.have.length(1);
    await start().request('repairSet', { removeStaging: false, whatIf: false });
    expectNothingLeft(machine);
  });
});

function entry({ disk }: Frozen): SnapshotEntry {
  const [name = ''] = disk.journal();
  const file = `${disk.environment['MIRRORBACKUP_STATE'] ?? ''}/snapshots/${name}`;
  return JSON.parse(readFileSync(file, 'utf8')) as SnapshotEntry;
}

function parentOf(process: number): number {
  return Number(/^PPid:\s*(\d+)/m.exec(readFileSync(`/proc/${process}/status`, 'utf8'))?.[1]);
}
