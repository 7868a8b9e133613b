import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import type { JobResult } from '../../../../engine/types/protocol.ts';
import type { EngineProcess } from '../../../support/engine-process.ts';
import { until } from '../../../support/fixture.ts';
import { isAlive } from '../../../support/is-alive.ts';
import { hook, readLog, useJob, type JobFixture } from '../../../support/job.ts';
import { mountImage, unmount } from '../../../support/mounts.ts';
import { requires } from '../../../support/requires.ts';
import { straceCommand } from '../../../support/strace.ts';
import { buildMany } from '../../../support/tree-everything.ts';

/** Says that it is there, and stays until it is ended. */
const STAY = `import fs from 'node:fs'; fs.writeFileSync(process.argv[1], String(process.pid)); setInterval(() => {}, 1000);`;
const SAY = `import fs from 'node:fs'; fs.appendFileSync(process.argv[1], process.argv[2] + process.env.MIRRORBACKUP_JOB_STATE + ' ');`;

/** Starts the job, and does something as soon as something is so. */
async function whenSo(
  job: JobFixture,
  engine: EngineProcess,
  isSo: () => boolean,
  act: (id: number) => void,
): Promise<JobResult> {
  await engine.request('initialize', {});
  const { id, answer } = engine.start<JobResult>('runJob', job.params());
  await until(isSo);
  act(id);
  return answer;
}

const cancel =
  (engine: EngineProcess) =>
  (id: number): void =>
    engine.notify('$/cancelRequest', { id });

describe('a run of a job that is disturbed', () => {
  const job = useJob();

  it('by a second run of it: that one fails, runs no hook, and says who is at work', async () => {
    const [sign, said] = [job().sandbox.path('sign'), job().sandbox.path('said')];
    job().write({ hooks: { before: [hook(STAY, {}, sign)], after: [hook(SAY, {}, said, 'after')] } });
    const engine = job().engine();
    let second: JobResult | undefined;
    const first = await whenSo(
      job(),
      engine,
      () => existsSync(sign),
      (id) => {
        void job()
          .run()
          .then((result) => {
            second = result;
            expect(existsSync(said)).to.be.false;
            cancel(engine)(id);
          });
      },
    );
    expect(first).to.include({ state: 'Cancelled', exitCode: 130 });
    expect(second).to.include({ state: 'Failed', exitCode: 1 });
    expect(second?.hooks).to.deep.equal([]);
    expect(second?.problems[0]).to.include({ id: 'JobBusy', category: 'ResourceBusy' });
    expect(second?.problems[0].message).to.match(new RegExp(`by process ${engine.process.pid}, since 20`));
  });

  it('by another writer to its set: fails, and says who that is', async function () {
    requires(this, 'root', 'tool:strace');
    buildMany(job().source, 5, 20);
    job().write({});
    const slow = job().engine({ through: straceCommand([{ calls: ['utimensat'], delayBeforeMs: 20 }]) });
    await slow.request('initialize', {});
    const other = slow.start('createGeneration', { setPath: job().set, sources: [{ path: job().source }] });
    await until(() => slow.notes.some(({ params }) => params['phase'] === 'Copying'));
    const result = await job().run();
    expect(result).to.include({ state: 'Failed', exitCode: 1 });
    expect(result.problems[0]).to.include({ id: 'SetBusy' });
    expect(result.problems[0].message).to.match(/in use by process \d+/);
    slow.notify('$/cancelRequest', { id: other.id });
    await other.answer.catch(() => undefined);
  });

  it('by kill -9 leaves a log as far as it came; the next run says so, and completes', async () => {
    const sign = job().sandbox.path('sign');
    job().write({ hooks: { before: [hook(STAY, {}, sign)] } });
    const engine = job().engine();
    const { answer } = engine.start('runJob', job().params());
    const ended = answer.catch(() => undefined);
    await until(() => existsSync(sign) && readFileSync(sign, 'utf8') !== '');
    engine.kill();
    await ended;
    process.kill(Number(readFileSync(sign, 'utf8')));
    const [left] = job().logFiles();
    expect(readLog(left).map(({ event }) => event)).to.deep.equal(['run.start', 'hook.start']);
    job().write({});
    const next = job().engine();
    const result = await job().run({}, next);
    expect(result).to.include({ state: 'Complete' });
    const warning = next.notes.find(({ params }) => params['id'] === 'RunUnfinished')?.params;
    expect(warning).to.include({ id: 'RunUnfinished', path: left });
    const again = job().engine();
    await job().run({}, again);
    expect(again.notes.filter(({ params }) => params['id'] === 'RunUnfinished')).to.deep.equal([]);
  });

  it('by a cancellation in a hook before the backup: it is ended, and those at the end run', async () => {
    const [sign, said] = [job().sandbox.path('sign'), job().sandbox.path('said')];
    job().write({
      hooks: {
        before: [hook(STAY, {}, sign)],
        failure: [hook(SAY, {}, said, 'failure')],
        after: [hook(SAY, {}, said, 'after')],
      },
    });
    const engine = job().engine();
    const result = await whenSo(job(), engine, () => existsSync(sign), cancel(engine));
    expect(result).to.include({ state: 'Cancelled', exitCode: 130 });
    expect(result.problems[0]).to.include({ id: 'Cancelled' });
    expect(readFileSync(said, 'utf8')).to.equal('failureCancelled afterCancelled ');
    expect(existsSync(job().set)).to.be.false;
    expect(job().log(result).at(-1)).to.include({ event: 'run.end' });
  });

  it('by a cancellation in a hook that has made a session of its own: that is ended, too', async function () {
    requires(this, 'linux');
    const sign = job().sandbox.path('sign');
    const leave = `setsid sh -c 'echo $$ >"$0.new"; mv "$0.new" "$0"; exec sleep 60' "$0" & wait`;
    job().write({ hooks: { before: [{ run: '/bin/sh', arguments: ['-c', leave, sign] }] } });
    const engine = job().engine();
    const result = await whenSo(job(), engine, () => existsSync(sign), cancel(engine));
    expect(result).to.include({ state: 'Cancelled' });
    expect(isAlive(Number(readFileSync(sign, 'utf8')))).to.be.false;
  });

  it('by a cancellation of its backup: what was copied is used by the next run', async function () {
    requires(this, 'root', 'tool:strace');
    buildMany(job().source, 10, 20);
    job().write({ retention: { keepLast: 1 } });
    const engine = job().engine({ through: straceCommand([{ calls: ['utimensat'], delayBeforeMs: 10 }]) });
    const copying = (): boolean => engine.notes.some(({ params }) => params['phase'] === 'Copying');
    const result = await whenSo(job(), engine, copying, cancel(engine));
    expect(result).to.include({ state: 'Cancelled' });
    expect(result).not.to.have.property('generation');
    const next = await job().run();
    expect(next).to.include({ state: 'Complete' });
    expect(next.generation?.files).to.equal(201);
  });

  it('by a cancellation of its retention: the backup stays in the result', async function () {
    requires(this, 'root', 'tool:strace');
    buildMany(job().source, 10, 20);
    job().write({});
    await job().run();
    job().write({ retention: { keepLast: 1 } });
    const engine = job().engine({ through: straceCommand([{ calls: ['unlink', 'unlinkat'], delayBeforeMs: 20 }]) });
    const removing = (): boolean => engine.notes.some(({ params }) => params['phase'] === 'Removing');
    const result = await whenSo(job(), engine, removing, cancel(engine));
    expect(result).to.include({ state: 'Cancelled', exitCode: 130 });
    expect(result.generation).to.include({ state: 'Complete' });
    expect(await job().run()).to.include({ state: 'Complete' });
  });

  it('by a cancellation in a hook at the end: that one may go on for a while', async () => {
    const sign = job().sandbox.path('sign');
    const end = `import fs from 'node:fs'; fs.writeFileSync(process.argv[1], ''); setTimeout(() => {}, 500);`;
    job().write({ hooks: { after: [hook(end, {}, sign)] } });
    const engine = job().engine();
    const result = await whenSo(job(), engine, () => existsSync(sign), cancel(engine));
    expect(result).to.include({ state: 'Complete' });
    expect(result.hooks[0]).to.include({ stage: 'After', exitCode: 0 });
  });

  it('because whoever started it has gone: hooks at the end run, the log says what happened, the engine ends', async () => {
    const [sign, said] = [job().sandbox.path('sign'), job().sandbox.path('said')];
    job().write({ hooks: { before: [hook(STAY, {}, sign)], after: [hook(SAY, {}, said, 'after')] } });
    const engine = job().engine();
    await engine.request('initialize', {});
    const ended = engine.start('runJob', job().params()).answer.catch(() => undefined);
    await until(() => existsSync(sign));
    engine.process.stdin?.end();
    expect(await engine.exited).to.include({ code: 0 });
    await ended;
    expect(readFileSync(said, 'utf8')).to.equal('afterCancelled ');
    const [file] = job().logFiles();
    expect(readLog(file).at(-1)).to.deep.include({ event: 'run.end', level: 'Error' });
  });

  it('by a destination that is full: fails, and its hooks at the end run', async function () {
    requires(this, 'image:ext4');
    const at = job().sandbox.path('disk');
    const said = job().sandbox.path('said');
    mountImage(job().sandbox.path('image'), at, 'ext4', 8);
    try {
      buildMany(job().source, 4, 20, 200_000);
      job().write({ destination: join(at, 'set'), hooks: { after: [hook(SAY, {}, said, 'after')] } });
      const result = await job().run();
      expect(result).to.include({ state: 'Failed', exitCode: 1 });
      expect(result.problems[0]).to.include({ id: 'DestinationFull' });
      expect(readFileSync(said, 'utf8')).to.equal('afterFailed ');
    } finally {
      unmount(at);
    }
  });
});
