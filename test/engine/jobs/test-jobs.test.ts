import { expect } from 'chai';
import { randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { loadNative } from '../../../native/index.ts';
import { readJobState, updateJobState } from '../../../engine/jobs/job-state.ts';
import type { JobResult } from '../../../engine/types/protocol.ts';
import { BackupSet, refusal, withEngine } from '../../support/backup-set.ts';
import { useFixture } from '../../support/fixture.ts';
import { mountImage } from '../../support/mounts.ts';
import { expectSameLines, untouched } from '../../support/oracle-mirror.ts';
import { requires } from '../../support/requires.ts';
import { addDated } from '../../support/dated-generation.ts';
import { buildTree } from '../../support/tree-everything.ts';

interface Check {
  job?: string;
  check: string;
  status: string;
  message: string;
}
interface Tested {
  checks: Check[];
  storedSecrets: object[];
  jobs: object[];
}

/** A program that is on PATH. */
const SHELL = process.platform === 'win32' ? 'cmd' : 'sh';

/** The set's own folder for what is under way gets a new write time, because links are tried there. */
function apartFromWork(lines: string[]): string[] {
  return lines.filter((line) => !line.includes('.mirrorbackup/work: '));
}

describe('testJobs', () => {
  const fixture = useFixture();

  function jobFile(settings: object = {}): string {
    const { sandbox, source, set } = fixture();
    const file = sandbox.path('jobs.yml');
    const job = { sources: [source], destination: set.path, snapshot: 'None', retention: { keepLast: 3 }, ...settings };
    writeFileSync(file, JSON.stringify({ version: 1, jobs: { docs: job } }));
    return file;
  }

  async function test(file: string, more: object = {}): Promise<Tested> {
    return fixture().engine.request<Tested>('testJobs', { paths: [file], ...more });
  }

  function of(kind: string, { checks }: Tested): string {
    return checks
      .filter(({ check }) => check === kind)
      .map(({ status, message }) => `${status}: ${message}`)
      .join('\n');
  }

  it('looks at everything, and changes nothing on disk', async () => {
    const { source, set, sandbox } = fixture();
    buildTree(source, { a: 'a' });
    await set.run();
    const file = jobFile({
      hooks: { before: [{ run: SHELL }] },
      notify: { mail: { server: '127.0.0.1', from: 'a@b.c', to: ['a@b.c'], password: { secret: 'Mail' } } },
    });
    const before = apartFromWork(untouched(sandbox.root));
    const tested = await test(file, { maximumAge: '1h' });
    expectSameLines(apartFromWork(untouched(sandbox.root)), before, 'after the test');
    expect(
      tested.checks.filter(({ check }) => check !== 'Rights').map(({ check, status }) => `${check} ${status}`),
    ).to.deep.equal([
      'File Passed',
      'Source Passed',
      'SetId Passed',
      'Destination Passed',
      'Space Passed',
      'Snapshot Passed',
      'Retention Passed',
      'Hook Passed',
      'Notify Passed',
      'Age Passed',
    ]);
    expect(tested.storedSecrets).to.deep.equal([
      { job: 'docs', file, setPath: set.path, key: 'notify.mail.password', name: 'Mail' },
    ]);
    const job = { job: 'docs', file, setPath: set.path, scheduled: false, enabled: true };
    expect(tested.jobs).to.deep.equal([job]);
    const scheduled = await test(jobFile({ schedule: { at: ['02:30'] }, enabled: false }));
    expect(scheduled.jobs).to.deep.equal([{ ...job, scheduled: true, enabled: false }]);
  });

  it('finds sources that are missing, empty, or hold the set', async () => {
    const { source, sandbox } = fixture();
    buildTree(source, {});
    const text = of(
      'Source',
      await test(jobFile({ sources: [source, sandbox.path('nowhere'), { path: sandbox.root, name: 'all' }] })),
    );
    expect(text).to.equal(
      [
        `Warning: '${source}' is empty.`,
        `Failed: The source '${sandbox.path('nowhere')}' does not exist.`,
        `Failed: The destination '${sandbox.path('set')}' lies inside the source '${sandbox.root}'.`,
      ].join('\n'),
    );
  });

  it('finds another set than the one that is expected, and looks no further there', async () => {
    const { source, set } = fixture();
    buildTree(source, { a: 'a' });
    const setId = randomUUID();
    const tested = await test(jobFile({ setId }));
    expect(of('SetId', tested)).to.equal(
      `Failed: There is no backup set in '${set.path}'; the set ${setId} was expected there.`,
    );
    expect(of('Destination', tested)).to.equal('');
    expect(readdirSync(set.path)).to.deep.equal([]);
  });

  it('finds a destination without hard links', async function () {
    requires(this, 'image:exfat');
    const { source, sandbox } = fixture();
    buildTree(source, { a: 'a' });
    const disk = mountImage(sandbox.path('image'), sandbox.path('disk'), 'exfat');
    expect(of('Destination', await test(jobFile({ destination: `${disk}/set` })))).to.match(
      /^Failed: The file system of .* cannot make hard links/,
    );
    expect(readdirSync(disk)).to.deep.equal([]);
  });

  it('finds less space than a late run needed', async function () {
    requires(this, 'image:ext4');
    const { source, sandbox, engine } = fixture();
    buildTree(source, { a: 'a' });
    const disk = mountImage(sandbox.path('image'), sandbox.path('disk'), 'ext4', 16);
    const set = new BackupSet(engine, `${disk}/set`, source);
    await set.run();
    writeFileSync(`${source}/big`, Buffer.alloc(8 << 20, 1));
    await set.run();
    expect(of('Space', await test(jobFile({ destination: set.path })))).to.match(
      /^Warning: .* are free at .*, the largest of late 8\.0 MiB\.$/,
    );
  });

  it('finds hooks, hosts and variables that are not there', async () => {
    const { source, sandbox } = fixture();
    buildTree(source, { a: 'a' });
    writeFileSync(sandbox.path('plain'), '', { mode: 0o600 });
    const tested = await test(
      jobFile({
        hooks: { before: [{ run: 'no-such-program' }, { run: './plain' }], failure: [{ script: 'missing.ps1' }] },
        notify: {
          webhook: [{ url: 'https://nowhere.invalid/', headers: { 'X-Key': { env: 'MIRRORBACKUP_NOT_SET' } } }],
        },
      }),
    );
    expect(of('Hook', tested)).to.equal(
      [
        "Failed: The program 'no-such-program' (hooks.before) is not on PATH.",
        process.platform === 'win32'
          ? `Failed: The program '${sandbox.path('plain')}' (hooks.before) is not there.`
          : `Failed: '${sandbox.path('plain')}' (hooks.before) may not be run.`,
        `Failed: The script '${sandbox.path('missing.ps1')}' (hooks.failure) is not there.`,
      ].join('\n'),
    );
    expect(of('Notify', tested)).to.match(/^Warning: The name 'nowhere\.invalid' has no address here \(\w+\)\.$/);
    expect(of('Secret', tested)).to.equal(
      "Failed: The environment variable 'MIRRORBACKUP_NOT_SET' (notify.webhook[0].headers.X-Key) is not set.",
    );
  });

  it('finds the program of a hook as the system does', async () => {
    const { source, sandbox } = fixture();
    buildTree(source, { a: 'a' });
    writeFileSync(sandbox.path(process.platform === 'win32' ? 'tool.cmd' : 'tool'), '', { mode: 0o700 });
    expect(of('Hook', await test(jobFile({ hooks: { before: [{ run: './tool' }] } })))).to.match(
      /^Passed: The program '.*tool(\.cmd)?' \(hooks\.before\) is there\.$/i,
    );
  });

  it('says what would be read, of which nothing has been yet', async () => {
    buildTree(fixture().source, { a: 'a' });
    expect(of('Snapshot', await test(jobFile()))).to.equal('Passed: Live files, as asked for.');
  });

  it('reports a job that is wrong as a check that failed', async () => {
    const tested = await test(jobFile({ snapshot: 'None', requireSnapshot: 1 }));
    expect(tested.checks.map(({ job, check, status }) => [job, check, status])).to.deep.equal([
      ['docs', 'File', 'Failed'],
    ]);
  });

  describe('with maximumAge', () => {
    const ageOf = async (maximumAge: string): Promise<string> => {
      const { engine, set } = fixture();
      return of('Age', await engine.request<Tested>('testJobs', { setPaths: [set.path], maximumAge }));
    };

    it('tells whether the newest complete generation is young enough', async () => {
      const { source, set } = fixture();
      expect(await ageOf('1h')).to.equal(`Failed: There is no backup set in '${set.path}'.`);
      buildTree(source, { a: 'a' });
      const { generation } = await set.run();
      expect(await ageOf('1h')).to.match(
        new RegExp(
          `^Passed: The newest complete generation, ${generation.name}, is \\d+ s old; at most 1 h is allowed\\.$`,
        ),
      );
    });

    it('says that a generation is old, partial, or of a time to come', async () => {
      const { source, set } = fixture();
      buildTree(source, { a: 'a' });
      const { generation } = await set.run();
      const hours = (count: number): string => new Date(Date.now() + count * 3_600_000).toISOString();
      const old = addDated(set, generation, hours(-50));
      addDated(set, generation, hours(-1), { state: 'Partial' });
      await set.remove([generation.name], { force: true });
      expect(await ageOf('26h')).to.equal(
        `Failed: The newest complete generation, ${old}, is 2 d 2 h old; at most 26 h is allowed.`,
      );
      const ahead = addDated(set, { ...generation, name: old }, hours(3.5));
      expect(await ageOf('26h')).to.match(
        new RegExp(`^Failed: The newest complete generation, ${ahead}, is 3 h \\d+ min in the future\\.$`),
      );
    });

    it('needs it for sets', async () => {
      const { engine, set } = fixture();
      expect((await refusal(engine.request('testJobs', { setPaths: [set.path] }))).data.id).to.equal(
        'InvalidParameter',
      );
    });
  });
});

describe('what a machine remembers of a job', () => {
  const fixture = useFixture();

  it('is the last result and the set, told by readJobs, of that file and name only', async () => {
    const { sandbox, source, set } = fixture();
    const state = sandbox.path('state');
    const file = sandbox.path('jobs.yml');
    mkdirSync(source);
    const job = { sources: [source], destination: set.path };
    writeFileSync(file, JSON.stringify({ version: 1, jobs: { docs: job, other: job } }));
    const native = await loadNative();
    const old = process.env['MIRRORBACKUP_STATE'];
    process.env['MIRRORBACKUP_STATE'] = state;
    try {
      expect(readJobState(native, { file, name: 'docs' })).to.deep.equal({});
      const time = '2026-11-26T10:00:00.000Z';
      const common = {
        file,
        computer: 'pc',
        destination: set.path,
        startedAt: time,
        endedAt: time,
        freedBytes: 0,
        removed: [],
        damage: 0,
      };
      const lastResult: JobResult = {
        ...common,
        job: 'docs',
        state: 'Partial',
        exitCode: 3,
        hooks: [],
        reports: [],
        notifications: [],
        problems: [],
      };
      updateJobState(native, { file, name: 'docs' }, { setId: 'x' });
      updateJobState(native, { file, name: 'docs' }, { lastResult });
      expect(readJobState(native, { file, name: 'docs' })).to.include({ setId: 'x' });
      await withEngine({ environment: { MIRRORBACKUP_STATE: state } }, async (engine) => {
        const { jobs } = await engine.request<{ jobs: { name: string; lastResult?: JobResult }[] }>('readJobs', {
          paths: [file],
        });
        expect(jobs.map(({ name, lastResult: last }) => [name, last?.state])).to.deep.equal([
          ['docs', 'Partial'],
          ['other', undefined],
        ]);
        // A file elsewhere is another job.
        renameSync(file, sandbox.path('moved.yml'));
        const moved = await engine.request<{ jobs: { lastResult?: JobResult }[] }>('readJobs', {
          paths: [sandbox.path('moved.yml')],
        });
        expect(moved.jobs[0].lastResult).to.equal(undefined);
      });
      const [kept] = readdirSync(`${state}/jobs`);
      writeFileSync(`${state}/jobs/${kept}`, readFileSync(`${state}/jobs/${kept}`, 'utf8').slice(0, 20));
      expect(readJobState(native, { file, name: 'docs' })).to.deep.equal({});
    } finally {
      if (old === undefined) delete process.env['MIRRORBACKUP_STATE'];
      else process.env['MIRRORBACKUP_STATE'] = old;
    }
  });
});
