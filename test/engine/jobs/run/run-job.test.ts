import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { rewriteInPlace } from '../../../support/edit.ts';
import { hook, useJob } from '../../../support/job.ts';
import { requires } from '../../../support/requires.ts';
import { straceCommand } from '../../../support/strace.ts';

describe('a run of a job', () => {
  const job = useJob();

  it('makes a generation, and says what it did in its result and in its log', async () => {
    job().write();
    const result = await job().run();
    expect(result).to.include({
      job: 'docs',
      file: job().file,
      destination: job().set,
      state: 'Complete',
      exitCode: 0,
    });
    expect(result.problems).to.deep.equal([]);
    expect(result.generation).to.include({ state: 'Complete', files: 1, setPath: job().set });
    expect(Date.parse(result.endedAt)).to.be.at.least(Date.parse(result.startedAt));
    const log = job().log(result);
    const events = log.map(({ event }) => event).filter((event) => !['warning', 'note'].includes(event));
    expect(events).to.deep.equal(['run.start', 'backup.start', 'backup.end', 'run.end']);
    expect(log.at(-1)).to.deep.include({ level: 'Info', message: "The job 'docs' has ended: Complete." });
    expect(log.every(({ time }) => !Number.isNaN(Date.parse(time)))).to.be.true;
  });

  it('takes from the settings what to leave out, and how old files may be', async () => {
    writeFileSync(join(job().source, 'b.tmp'), 'b');
    writeFileSync(join(job().source, 'large.bin'), Buffer.alloc(4096));
    job().write({ exclude: ['*.tmp'], maximumSize: '2KB', newerThan: '1h', olderThan: '2999-01-01' });
    expect((await job().run()).generation).to.include({ files: 1 });
    job().write({ exclude: ['*.tmp'], maximumSize: '2KB', olderThan: '1h' });
    expect((await job().run()).generation).to.include({ files: 0 });
  });

  it('applies retention after a backup that is complete', async () => {
    job().write({ retention: { keepLast: 2 } });
    const names: (string | undefined)[] = [];
    for (let run = 0; run < 3; run++) names.push((await job().run()).generation?.name);
    writeFileSync(join(job().source, 'new.txt'), 'new');
    const result = await job().run();
    expect(result).to.include({ state: 'Complete' });
    expect(result.removed).to.deep.equal([names[1]]);
    expect(existsSync(join(job().set, String(names[1])))).to.be.false;
    expect(
      job()
        .log(result)
        .filter(({ event }) => event === 'retention.generation'),
    ).to.have.length(1);
  });

  it('that retention refuses keeps its backup, and is partial', async () => {
    job().write({ retention: { keepLast: 1 } });
    await job().run();
    job().write({ retention: { keepLast: 1, maximumRemovals: 0 } });
    const result = await job().run();
    expect(result).to.include({ state: 'Partial', exitCode: 3 });
    expect(result.problems[0]).to.include({ id: 'TooManyRemovals', category: 'LimitsExceeded' });
    expect(result.generation).to.include({ state: 'Complete' });
    expect(result.removed).to.deep.equal([]);
  });

  it('whose items cannot be read is partial, removes nothing, and lists them in its log', async function () {
    requires(this, 'root', 'tool:strace');
    job().write({ retention: { keepLast: 1 } });
    const { generation: first } = await job().run();
    writeFileSync(join(job().source, 'b.txt'), 'b');
    const engine = job().engine({ through: straceCommand([{ calls: ['openat'], error: 'EIO' }], ['b.txt']) });
    const result = await job().run({}, engine);
    expect(result).to.include({ state: 'Partial', exitCode: 3 });
    expect(result.problems).to.have.length(1);
    expect(result.problems[0]).to.include({ id: 'BackupPartial' });
    expect(result.problems[0].message).to.match(/1 items failed, the first: .*b\.txt/);
    expect(result.removed).to.deep.equal([]);
    expect(existsSync(String(first?.path))).to.be.true;
    expect(
      job()
        .log(result)
        .filter(({ event }) => event === 'item.failed'),
    ).to.have.length(1);
  });

  it('whose source is gone fails; hooks for that and notifications still have their turn', async () => {
    const said = job().sandbox.path('said');
    job().write({
      hooks: {
        failure: [hook(`import fs from 'node:fs'; fs.appendFileSync(process.argv[1], 'failure ')`, {}, said)],
        after: [hook(`import fs from 'node:fs'; fs.appendFileSync(process.argv[1], 'after')`, {}, said)],
      },
    });
    rmSync(job().source, { recursive: true });
    const result = await job().run();
    expect(result).to.include({ state: 'Failed', exitCode: 1 });
    expect(result).not.to.have.property('generation');
    expect(result.problems[0]).to.include({ id: 'SourceNotFound' });
    expect(readFileSync(said, 'utf8')).to.equal('failure after');
    expect(job().log(result).at(-1)).to.include({ event: 'run.end', level: 'Error' });
  });

  it('tests the new generation, and with damage removes nothing', async () => {
    job().write({ retention: { keepLast: 1 }, verify: { content: true }, skipUnchanged: true });
    const { generation } = await job().run();
    const copy = join(String(generation?.path), 'docs', 'a.txt');
    rewriteInPlace(copy, 'b', true);
    const result = await job().run();
    expect(result).to.include({ state: 'Partial', exitCode: 3 });
    expect(result.damage).to.be.at.least(1);
    expect(result.problems[0]).to.include({ id: 'DamageFound' });
    expect(result.removed).to.deep.equal([]);
    const events = job()
      .log(result)
      .map(({ event }) => event);
    expect(events).to.include('verify.damage');
    expect(events).to.include('retention.skipped');
  });

  it('finds nothing changed, if it may, and is complete all the same', async () => {
    job().write({ skipUnchanged: true });
    const { generation } = await job().run();
    const again = await job().run();
    expect(again).to.include({ state: 'Complete' });
    expect(again.generation).to.include({ name: generation?.name, skipped: true });
  });

  it('does not fail because its log cannot be written', async () => {
    const file = job().sandbox.path('file');
    writeFileSync(file, '');
    job().write({ log: { folder: join(file, 'logs') } });
    const engine = job().engine();
    const result = await job().run({}, engine);
    expect(result).to.include({ state: 'Complete' });
    expect(result).not.to.have.property('logFile');
    expect(engine.notes.map(({ params }) => params['id'])).to.include('JobLogNotWritable');
  });

  it('does not fail because this machine remembers nothing: its folder belongs to somebody else', async function () {
    requires(this, 'root', 'linux');
    const { chownSync, mkdirSync } = await import('node:fs');
    mkdirSync(job().state);
    chownSync(job().state, 12_345, 12_345);
    job().write();
    const engine = job().engine();
    expect(await job().run({}, engine)).to.include({ state: 'Complete' });
    const ids = engine.notes.filter(({ method }) => method === 'warning').map(({ params }) => params['id']);
    expect(ids).to.include('JobNotLocked');
  });

  it('is refused where there is no such job', async () => {
    job().write();
    const refused = await job()
      .engine()
      .request('runJob', { path: job().file, name: 'other' })
      .catch((error: unknown) => error);
    expect(refused).to.have.nested.property('data.id', 'JobNotFound');
    expect(readdirSync(job().sandbox.root)).not.to.include('set');
  });
});
