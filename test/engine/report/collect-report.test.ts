import { expect } from 'chai';
import { execFileSync } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync, rmSync, truncateSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { refusal, withEngine } from '../../support/backup-set.ts';
import { age, rewriteInPlace } from '../../support/edit.ts';
import { until, useFixture } from '../../support/fixture.ts';
import { expectSchema, reportOn, reportText } from '../../support/report.ts';
import { requires } from '../../support/requires.ts';
import { measure } from '../../support/set-space.ts';
import { straceCommand } from '../../support/strace.ts';
import { writeSyntheticSet } from '../../support/synthetic-set.ts';
import { buildMany, buildTree } from '../../support/tree-everything.ts';
import type { Report } from '../../../engine/types/report.ts';

describe('exportReport', () => {
  const fixture = useFixture();

  it('tells what the other methods tell', async () => {
    const { set, source, engine } = fixture();
    buildTree(source, { docs: { a: 'one', b: 'two' }, big: 'x'.repeat(9000) });
    await set.run();
    writeFileSync(`${source}/docs/c`, 'three');
    rmSync(`${source}/docs/b`);
    await set.run();
    await set.run();
    const names = await set.names();
    await set.pin([names[0] ?? ''], 'the first');
    const answer = await engine.request<{ text: string; status: string; path: null; length: number }>('exportReport', {
      setPath: set.path,
      format: 'Json',
      policy: { keepLast: 1 },
    });
    const report = JSON.parse(answer.text) as Report;
    expectSchema(report);
    expect(answer).to.include({ status: report.health.status, path: null, length: Buffer.byteLength(answer.text) });
    const generations = await set.list();
    const space = await measure(set);
    expect(report.generations).to.have.length(3);
    report.generations.forEach((told, g) => {
      for (const key of [
        'name',
        'createdAt',
        'state',
        'base',
        'files',
        'bytes',
        'added',
        'removed',
        'failed',
        'pinned',
      ] as const)
        expect(told[key]).to.equal(generations[g]?.[key as never], key);
      const row = space.generations[g];
      expect([told.diskBytes, told.newBytes, told.uniqueBytes]).to.deep.equal([
        row?.bytes,
        row?.introduced,
        row?.uniqueBytes,
      ]);
    });
    expect(report.generations[0]?.pinReason).to.equal('the first');
    expect(report.space.bytes).to.equal(space.total.bytes);
    expect(report.growingFolders).to.deep.equal(space.total.growingFolders);
    expect(report.links).to.deep.equal(space.total.linkForecast);
    expect(report.lastComplete?.name).to.equal(names[2]);
    expect(report.set.sources).to.deep.equal([{ name: 'source', path: source }]);
    expect(report.set.volume?.totalBytes).to.be.greaterThan(0);
    const { results } = await set.prune({ policy: { keepLast: 1 }, whatIf: true });
    expect(report.retention?.decisions).to.deep.equal(
      results.map(({ name, action, reasons }) => ({ name, action, reasons })),
    );
    expect(report.retention).to.include({ kept: 2, removed: 1 });
    expect(report.calendar.flatMap((day) => day.generations)).to.deep.equal(names);
    expect(await set.names()).to.deep.equal(names);
  });

  it('tells of the items that failed, from the logs as long as they are there', async function () {
    requires(this, 'root', 'tool:strace');
    const { set, source } = fixture();
    buildTree(source, { victim: 'before', other: 'other' });
    await set.run();
    rewriteInPlace(`${source}/victim`, 'after it');
    const through = straceCommand([{ calls: ['openat'], error: 'EIO' }], ['victim']);
    const { generation } = await withEngine({ through }, (engine) => set.through(engine).run());
    const report = await reportOn(set.path);
    expect(report.failures).to.have.length(1);
    expect(report.failures[0]).to.deep.include({ generation: generation.name, failed: 1, stale: 1 });
    expect(report.failures[0]?.items[0]).to.include({ id: 'ItemIOError', path: 'source/victim' });
    expect(report.health.findings.map(({ id }) => id)).to.include('LastRunPartial');
    expect(report.lastComplete?.name).to.equal(generation.base);
    rmSync(join(set.path, `.mirrorbackup/logs/${generation.name}.jsonl`));
    expect((await reportOn(set.path)).failures[0]?.items).to.deep.equal([]);
  });

  it('reads logs as far as they can be read', async function () {
    const { sandbox } = fixture();
    const set = sandbox.path('synthetic');
    const names = writeSyntheticSet(set, {
      generations: 4,
      end: new Date(),
      more: () => ({ state: 'Partial', failed: 30 }),
    });
    const log = (g: number): string => join(set, `.mirrorbackup/logs/${names[g]}.jsonl`);
    const line = (n: number): string =>
      JSON.stringify({ kind: 'error', id: 'ItemIOError', path: `ann/${n}`, message: 'x'.repeat(9000) });
    const change = JSON.stringify({ kind: 'change', path: 'y'.repeat(70_000), action: 'Copied' });
    writeFileSync(log(0), Array.from({ length: 30 }, (_, n) => `${change}\n${line(n)}\n`).join(''));
    writeFileSync(log(1), `${line(1)}\n{"kind":"error","id":1}\n\u0000\n${line(2).slice(0, 50)}`);
    mkdirSync(log(2));
    if (process.platform === 'linux') execFileSync('mkfifo', [log(3)]);
    const { failures } = await reportOn(set);
    expect(failures.map(({ items }) => items.map(({ path }) => path))).to.deep.equal([
      [],
      [],
      ['ann/1'],
      Array.from({ length: 20 }, (_, n) => `ann/${n}`),
    ]);
  });

  it('tells of damage that is known', async () => {
    const { set, source } = fixture();
    buildTree(source, { good: 'good', bad: 'bad!' });
    age(source);
    await set.run();
    const { generation } = await set.run();
    const copy = set.at(generation, 'source/bad');
    const file = openSync(copy, 'r+');
    writeSync(file, 'BAD!');
    closeSync(file);
    await set.test({ names: await set.names(), content: true });
    const report = await reportOn(set.path);
    expect(report.damage).to.have.length(1);
    expect(report.damage[0]?.names.map(({ path }) => path)).to.deep.equal(['source/bad', 'source/bad']);
    expect(report.generations.map(({ damagedItems }) => damagedItems)).to.deep.equal([1, 1]);
    expect(report.health.status).to.equal('Bad');
    expect(report.health.findings.map(({ id }) => id)).to.include('Damaged');
  });

  it('leaves out a generation whose manifest cannot be read, wherever it is damaged', async () => {
    const { sandbox } = fixture();
    const set = sandbox.path('synthetic');
    const names = writeSyntheticSet(set, { generations: 5, end: new Date() });
    const manifest = (g: number): string => join(set, `.mirrorbackup/manifests/${names[g]}.manifest`);
    truncateSync(manifest(1), 1000);
    rmSync(manifest(2));
    const bytes = readFileSync(manifest(3));
    bytes[200] ^= 0xff;
    writeFileSync(manifest(3), bytes);
    const report = await reportOn(set);
    expect(report.generations.map(({ name }) => name)).to.deep.equal([names[0], names[4]]);
    expect(report.unreadable.map(({ name }) => name).sort()).to.deep.equal(names.slice(1, 4));
    expect(report.space.estimated).to.equal(true);
    expect(report.health.findings.map(({ id }) => id)).to.include('GenerationNotRead');
    const { warnings } = await reportText(set, 'Prometheus');
    expect(warnings.map(({ id }) => id)).to.deep.equal(Array(3).fill('GenerationNotRead'));
  });

  it('knows days in the zone that is asked for', async () => {
    const { sandbox } = fixture();
    const set = sandbox.path('synthetic');
    writeSyntheticSet(set, { generations: 2, end: new Date('2026-03-02T23:30:00Z'), hours: 1 });
    expect((await reportOn(set)).calendar.map(({ date }) => date)).to.deep.equal(['2026-03-02', '2026-03-03']);
    expect((await reportOn(set, { timeZone: 'UTC' })).calendar.map(({ date }) => date)).to.deep.equal(['2026-03-02']);
  });

  it('tells of a run that has not finished', async () => {
    const { set, source } = fixture();
    buildTree(source, { a: 'a' });
    await set.run();
    const staged = join(set.path, '.mirrorbackup/staging/2099-01-01T000000Z');
    buildTree(staged, { source: {} });
    const report = await reportOn(set.path);
    expect(report.incomplete.map(({ name }) => name)).to.deep.equal(['2099-01-01T000000Z']);
    expect(report.health.findings.map(({ id }) => id)).to.include('LastRunIncomplete');
  });

  it('tells a run that is at work from one that was interrupted', async function () {
    requires(this, 'root', 'tool:strace');
    const { set, source, engine } = fixture();
    buildMany(source, 5, 20);
    const through = straceCommand([{ calls: ['utimensat'], delayBeforeMs: 50 }]);
    const atWork = await withEngine({ through }, async (slow) => {
      await slow.request('initialize', {});
      const { answer } = slow.start('createGeneration', { setPath: set.path, sources: [{ path: source }] });
      const ended = answer.catch(() => undefined);
      await until(() => slow.notes.some(({ params }) => params['phase'] === 'Copying'));
      const report = await reportOn(set.path);
      expect(report.incomplete).to.deep.equal([]);
      expect(report.health.findings.map(({ id }) => id)).not.to.include('LastRunIncomplete');
      expect((await reportText(set.path, 'Html')).text).to.contain('A run is at work since');
      expect((await reportText(set.path, 'Prometheus')).text).to.match(/^mirrorbackup_run_in_progress\{.*\} 1$/m);
      slow.kill();
      await ended;
      return report.running?.name;
    });
    const report = await reportOn(set.path);
    expect(report).to.deep.include({ running: null });
    expect(report.incomplete.map(({ name }) => name)).to.deep.equal([atWork]);
    expect(report.health.findings.map(({ id }) => id)).to.include('LastRunIncomplete');
    await set.through(engine).run();
    expect(await reportOn(set.path)).to.deep.include({ running: null, incomplete: [] });
  });

  it('of a set without a generation says that there is none', async () => {
    const { sandbox } = fixture();
    const set = sandbox.path('synthetic');
    writeSyntheticSet(set, { generations: 0, end: new Date() });
    const report = await reportOn(set);
    expect(report).to.deep.include({ lastComplete: null, lastRun: null, generations: [], calendar: [] });
    expect(report.health.findings.map(({ id }) => id)).to.include('NoCompleteGeneration');
    for (const format of ['Html', 'Prometheus'] as const)
      expect((await reportText(set, format)).status).to.equal('Bad');
  });

  it('refuses what it cannot do', async () => {
    const { set, source, engine, sandbox } = fixture();
    buildTree(source, { a: 'a' });
    await set.run();
    const ask = (params: object): Promise<unknown> => engine.request('exportReport', { setPath: set.path, ...params });
    expect((await refusal(ask({ setPath: sandbox.path('nowhere') }))).data.id).to.equal('SetNotFound');
    expect((await refusal(ask({ policy: {} }))).data.id).to.equal('PolicyEmpty');
    expect((await refusal(ask({ timeZone: 'Nowhere/At_All' }))).data.id).to.equal('TimeZoneUnknown');
    expect((await refusal(ask({ format: 'Pdf' }))).data.id).to.equal('InvalidParameter');
  });
});
