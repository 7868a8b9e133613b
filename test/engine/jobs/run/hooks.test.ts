import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { until } from '../../../support/fixture.ts';
import { isAlive } from '../../../support/is-alive.ts';
import { hook, useJob } from '../../../support/job.ts';
import { requires } from '../../../support/requires.ts';

/** Writes what a hook finds around it into a file. */
const TELL = `import fs from 'node:fs';
const own = Object.entries(process.env).filter(([name]) => name.startsWith('MIRRORBACKUP_JOB'));
const result = process.env.MIRRORBACKUP_JOB_RESULT_FILE;
const found = result ? JSON.parse(fs.readFileSync(result, 'utf8')) : null;
fs.writeFileSync(process.argv[1], JSON.stringify({ ...Object.fromEntries(own), cwd: process.cwd(), found }));`;

/** Two processes in sessions of their own, of which one does not listen; they write their ids into the file that is `$0`. */
const LEAVE_THE_SESSION = `setsid sh -c 'echo $$ >>"$0"; exec sleep 60' "$0" &
  setsid sh -c 'trap "" TERM; echo $$ >>"$0"; while :; do sleep 1; done' "$0" &
  until [ "$(wc -l <"$0")" = 2 ]; do sleep 0.05; done`;

function startedBy(file: string): number[] {
  return readFileSync(file, 'utf8').trim().split('\n').map(Number);
}

describe('hooks of a job', () => {
  const job = useJob();

  it('find the job around them, and at the end what became of it', async () => {
    const [before, after] = [job().sandbox.path('before'), job().sandbox.path('after')];
    job().write({ hooks: { before: [hook(TELL, {}, before)], after: [hook(TELL, {}, after)] } });
    const { generation } = await job().run();
    const early = JSON.parse(readFileSync(before, 'utf8')) as Record<string, string>;
    expect(early).to.include({
      MIRRORBACKUP_JOB: 'docs',
      MIRRORBACKUP_JOB_FILE: job().file,
      MIRRORBACKUP_JOB_DESTINATION: job().set,
      MIRRORBACKUP_JOB_STAGE: 'Before',
      MIRRORBACKUP_JOB_STATE: '',
      cwd: job().sandbox.root,
    });
    expect(JSON.parse(early['MIRRORBACKUP_JOB_SOURCES'])).to.deep.equal([{ path: job().source, name: 'docs' }]);
    const late = JSON.parse(readFileSync(after, 'utf8')) as Record<string, string> & { found: object };
    expect(late).to.include({
      MIRRORBACKUP_JOB_STAGE: 'After',
      MIRRORBACKUP_JOB_STATE: 'Complete',
      MIRRORBACKUP_JOB_EXIT_CODE: '0',
      MIRRORBACKUP_JOB_GENERATION: generation?.name,
      MIRRORBACKUP_JOB_GENERATION_PATH: generation?.path,
    });
    expect(late.found).to.deep.include({ job: 'docs', state: 'Complete', exitCode: 0, generation });
    expect(existsSync(late['MIRRORBACKUP_JOB_RESULT_FILE'])).to.be.false;
  });

  it('get their arguments as they are', async () => {
    const given = ['', 'a b', '"', "'", '$HOME', '%PATH%', '*', '\\', '; exit 9', '--x=${y}'];
    const escaped = given.map((text) => text.replaceAll('%', '%%').replaceAll('${', () => '$${'));
    const out = job().sandbox.path('out');
    const code = `import fs from 'node:fs'; fs.writeFileSync(process.argv[1], JSON.stringify(process.argv.slice(2)))`;
    job().write({ hooks: { before: [hook(code, {}, out, ...escaped)] } });
    expect(await job().run()).to.include({ state: 'Complete' });
    expect(JSON.parse(readFileSync(out, 'utf8'))).to.deep.equal(given);
  });

  it('that fail before the backup stop it, and those at the end run', async () => {
    const said = job().sandbox.path('said');
    const say = (word: string): object =>
      hook(`import fs from 'node:fs'; fs.appendFileSync(process.argv[1], process.argv[2])`, {}, said, `${word} `);
    job().write({
      hooks: {
        before: [hook(`console.log('no'); console.error('disk'); process.exit(7)`), say('second')],
        failure: [say('failure')],
        after: [say('after')],
      },
    });
    const result = await job().run();
    expect(result).to.include({ state: 'Failed', exitCode: 1 });
    expect(result).not.to.have.property('generation');
    expect(existsSync(job().set)).to.be.false;
    expect(readFileSync(said, 'utf8')).to.equal('failure after ');
    expect(result.hooks.map(({ stage, exitCode }) => `${stage} ${exitCode}`)).to.deep.equal([
      'Before 7',
      'Failure 0',
      'After 0',
    ]);
    expect(result.hooks[0].message)
      .to.match(/^It ended with 7\. It wrote last: .*no.*/)
      .and.match(/disk/);
    expect(result.problems[0]).to.include({ id: 'HookFailed', path: process.execPath });
  });

  it('that fail and may do so leave a warning', async () => {
    job().write({ hooks: { before: [hook('process.exit(2)', { onError: 'Continue' })] } });
    const engine = job().engine();
    const result = await job().run({}, engine);
    expect(result).to.include({ state: 'Complete' });
    expect(result.hooks[0]).to.include({ exitCode: 2 });
    expect(engine.notes.map(({ params }) => params['id'])).to.include('HookFailed');
  });

  it('that fail at the end make it partial, and all of them run', async () => {
    job().write({ hooks: { after: [hook('process.exit(1)'), hook('')] } });
    const result = await job().run();
    expect(result).to.include({ state: 'Partial', exitCode: 3 });
    expect(result.hooks.map(({ exitCode }) => exitCode)).to.deep.equal([1, 0]);
  });

  it('that do not exist say so', async () => {
    const run = job().sandbox.path('no-such-program');
    job().write({ hooks: { before: [{ run }] } });
    const { hooks, problems } = await job().run();
    expect(problems[0].message).to.include(run);
    // Windows starts it by cmd.exe, and Wine's has an exit code of its own for that.
    if (process.platform === 'win32') expect(hooks[0].exitCode).not.to.equal(0);
    else expect(hooks[0].message).to.match(/could not be started: .*ENOENT/);
  });

  it('past their time limit are ended, with what they have started', async function () {
    requires(this, 'linux');
    const pids = job().sandbox.path('pids');
    const code = `import fs from 'node:fs'; import { spawn } from 'node:child_process';
      process.on('SIGTERM', () => {});
      const child = spawn('sh', ['-c', 'trap "" TERM; sleep 60 & echo $! >>"$0"; wait', process.argv[1]], { stdio: 'inherit' });
      fs.appendFileSync(process.argv[1], process.pid + '\\n' + child.pid + '\\n');
      setInterval(() => {}, 1000);`;
    job().write({ hooks: { before: [hook(code, { timeout: '2s' }, pids)] } });
    const result = await job().run();
    expect(result).to.include({ state: 'Failed' });
    expect(result.hooks[0]).to.include({ exitCode: null });
    expect(result.hooks[0].message).to.include('longer than 2s');
    const started = startedBy(pids);
    expect(started).to.have.length(3);
    await until(() => !started.some(isAlive));
  });

  it('past their time limit are ended with what has made a session of its own, and nothing else is', async function () {
    requires(this, 'linux');
    const [pids, others] = [job().sandbox.path('pids'), job().sandbox.path('others')];
    writeFileSync(pids, '');
    writeFileSync(others, '');
    job().write({
      hooks: {
        before: [
          { run: '/bin/sh', arguments: ['-c', LEAVE_THE_SESSION, others] },
          { run: '/bin/sh', arguments: ['-c', `${LEAVE_THE_SESSION}; wait`, pids], timeout: '4s' },
        ],
      },
    });
    const result = await job().run();
    try {
      expect(result.hooks.map(({ exitCode }) => exitCode)).to.deep.equal([0, null]);
      expect(startedBy(pids)).to.have.length(2);
      expect(startedBy(pids).filter(isAlive)).to.deep.equal([]);
      expect(startedBy(others).filter(isAlive)).to.have.length(2);
    } finally {
      for (const pid of [...startedBy(pids), ...startedBy(others)].filter(isAlive)) process.kill(pid, 'SIGKILL');
    }
  });

  it('of a job that a hook of another job started can be told by both', async () => {
    const out = job().sandbox.path('out');
    const code = `import fs from 'node:fs'; fs.writeFileSync(process.argv[1], process.env.MIRRORBACKUP_HOOK_ID)`;
    job().write({ hooks: { before: [hook(code, {}, out)] } });
    await job().run({}, job().engine({ environment: { MIRRORBACKUP_HOOK_ID: 'outer' } }));
    expect(readFileSync(out, 'utf8')).to.match(/^outer [0-9a-f-]{36}$/);
  });

  it('that end by themselves may leave something running; it is not waited for', async function () {
    requires(this, 'linux');
    const pidFile = job().sandbox.path('pid');
    job().write({
      hooks: { before: [{ run: '/bin/sh', arguments: ['-c', 'sleep 60 & echo $! >"$0"; echo said', pidFile] }] },
    });
    const result = await job().run();
    expect(result).to.include({ state: 'Complete' });
    const pid = Number(readFileSync(pidFile, 'utf8'));
    expect(isAlive(pid)).to.be.true;
    process.kill(pid);
    expect(
      job()
        .log(result)
        .filter(({ event, message }) => event === 'hook.output' && message === 'said'),
    ).to.have.length(1);
  });

  it('may write whatever they like: the log takes lines, and a bounded number of them', async () => {
    const odd = `process.stdout.write(Buffer.from([0x61, 0xff, 0x62, 0x0a]));
      process.stdout.write('caf'); process.stdout.write(Buffer.from([0xc3])); process.stdout.write(Buffer.from([0xa9, 0x0d, 0x0a]));
      process.stdout.write('x'.repeat(100000) + '\\n');
      process.stdout.write('no end')`;
    const much = `for (let n = 0; n < 60000; n++) process.stdout.write('line ' + n + ' ' + '-'.repeat(60) + '\\n')`;
    job().write({ hooks: { before: [hook(odd), hook(much)] } });
    const result = await job().run();
    expect(result).to.include({ state: 'Complete' });
    const lines = job()
      .log(result)
      .filter(({ event }) => event === 'hook.output')
      .map(({ message }) => message);
    expect(lines.slice(0, 2)).to.deep.equal(['a\ufffdb', 'café']);
    expect(lines[2]).to.have.length(4096);
    expect(lines[3]).to.equal('no end');
    expect(lines.at(-1)).to.match(/^… and \d+ more lines$/);
    expect(lines.length).to.be.within(10_000, 30_000);
  });

  it('may be scripts, which the given shell runs', async function () {
    requires(this, 'linux');
    const shell = job().sandbox.path('shell');
    const out = job().sandbox.path('out');
    writeFileSync(shell, `#!/bin/sh\nprintf '%s|' "$@" >'${out}'\nexit 4\n`);
    chmodSync(shell, 0o755);
    job().write({ hooks: { after: [{ script: 'hooks/after.ps1', arguments: ['-Mode', 'a b'] }] } });
    const result = await job().run({ shell: { path: shell, arguments: ['-NoProfile', '-File'] } });
    expect(result.hooks[0]).to.include({ command: join(job().sandbox.root, 'hooks', 'after.ps1'), exitCode: 4 });
    const script = join(job().sandbox.root, 'hooks', 'after.ps1');
    expect(readFileSync(out, 'utf8')).to.equal(`-NoProfile|-File|${script}|-Mode|a b|`);
  });

  it('that are scripts fail where there is no shell', async () => {
    job().write({ hooks: { before: [{ script: 'x.ps1' }] } });
    const result = await job().run();
    expect(result).to.include({ state: 'Failed' });
    expect(result.hooks[0].message).to.include('no PowerShell');
  });
});
