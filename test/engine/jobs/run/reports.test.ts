import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { hook, useJob } from '../../../support/job.ts';

describe('reports of a run', () => {
  const job = useJob();

  it('are written of the set as it is after retention, before the hooks at the end', async () => {
    const file = job().sandbox.path('report.json');
    const html = job().sandbox.path('report.html');
    const copy = `import fs from 'node:fs'; fs.copyFileSync(process.argv[1], process.argv[1] + '.seen')`;
    job().write({
      retention: { keepLast: 1 },
      report: [{ file, format: 'Json' }, { file: html }],
      hooks: { after: [hook(copy, {}, file)] },
    });
    await job().run();
    const result = await job().run();
    expect(result).to.include({ state: 'Complete' });
    expect(result.reports).to.deep.equal([file, html]);
    const report = JSON.parse(readFileSync(`${file}.seen`, 'utf8')) as { generations: { name: string }[] };
    expect(report.generations.map(({ name }) => name)).to.deep.equal([result.generation?.name]);
    expect(readFileSync(html, 'utf8')).to.match(/^<!doctype html>/i);
  });

  it('that cannot be written make it partial; the others are written', async () => {
    const good = job().sandbox.path('good.json');
    job().write({
      report: [
        { file: join(job().sandbox.root, 'missing', 'report.json'), format: 'Json' },
        { file: good, format: 'Json' },
      ],
    });
    const result = await job().run();
    expect(result).to.include({ state: 'Partial', exitCode: 3 });
    expect(result.reports).to.deep.equal([good]);
    expect(result.problems[0]).to.include({ id: 'FolderNotFound' });
  });

  it('are written after a backup that failed, too, where there is a set', async () => {
    const file = job().sandbox.path('report.json');
    job().write({ report: [{ file, format: 'Json' }] });
    await job().run();
    rmSync(file);
    rmSync(job().source, { recursive: true });
    const result = await job().run();
    expect(result).to.include({ state: 'Failed', exitCode: 1 });
    expect(result.reports).to.deep.equal([file]);
    expect(existsSync(file)).to.be.true;
  });

  it('of no set are not asked for', async () => {
    job().write({ report: [{ file: job().sandbox.path('report.json'), format: 'Json' }] });
    rmSync(job().source, { recursive: true });
    const result = await job().run();
    expect(result.reports).to.deep.equal([]);
    expect(result.problems.map(({ id }) => id)).to.deep.equal(['SourceNotFound']);
  });
});
