import { existsSync, rmSync, mkdirSync } from 'node:fs';
import { expect } from 'chai';
import { hook, useJob } from '../../../support/job.ts';
import { listTree } from '../../../support/listing.ts';

describe('a plan of a job', () => {
  const job = useJob();

  it('tells what would be backed up and removed, and what would run; changes nothing', async () => {
    job().write({});
    const names: string[] = [];
    for (let run = 0; run < 3; run++) names.push((await job().run()).generation?.name ?? '');
    const sign = job().sandbox.path('sign');
    const touch = hook(`import fs from 'node:fs'; fs.writeFileSync(process.argv[1], '')`, {}, sign);
    job().write({ retention: { keepLast: 2 }, hooks: { before: [touch], after: [touch], failure: [touch] } });
    const [before, logs] = [listTree(job().set), job().logFiles()];
    const plan = await job().plan();
    expect(plan).to.include({ job: 'docs', state: 'Planned', destination: job().set });
    expect(plan.plan).to.include({ state: 'Planned', files: 1, added: 0 });
    // The generation it would make is one of the two that stay.
    expect(plan.removals.map(({ name, estimated }) => ({ name, estimated }))).to.deep.equal([
      { name: names[0], estimated: true },
      { name: names[1], estimated: true },
    ]);
    expect(plan.hooks.map(({ stage }) => stage)).to.deep.equal(['Before', 'Failure', 'After']);
    expect(plan.problems).to.deep.equal([]);
    expect(listTree(job().set)).to.deep.equal(before);
    expect(job().logFiles()).to.deep.equal(logs);
    expect(existsSync(sign)).to.be.false;
    expect((await job().run()).removed).to.deep.equal(names.slice(0, 2));
  });

  it('of a first run has nothing to remove', async () => {
    job().write({ retention: { keepLast: 1 } });
    const plan = await job().plan();
    expect(plan.removals).to.deep.equal([]);
    expect(plan.problems).to.deep.equal([]);
    expect(existsSync(job().set)).to.be.false;
  });

  it('says what would stop it', async () => {
    job().write({});
    rmSync(job().source, { recursive: true });
    const plan = await job().plan();
    expect(plan).not.to.have.property('plan');
    expect(plan.problems[0]).to.include({ id: 'SourceNotFound' });
  });

  it('says that retention would refuse, beside what it would remove', async () => {
    job().write({});
    for (let run = 0; run < 2; run++) await job().run();
    job().write({ retention: { keepLast: 1, maximumRemovals: 1 } });
    const plan = await job().plan();
    expect(plan.problems.map(({ id }) => id)).to.deep.equal(['TooManyRemovals']);
    expect(plan.removals).to.have.length(2);
  });

  it('expects the set that the job met here', async () => {
    job().write({});
    await job().run();
    rmSync(job().set, { recursive: true });
    expect((await job().plan()).problems[0]).to.include({ id: 'DestinationChanged' });
    const result = await job().run();
    expect(result).to.include({ state: 'Failed' });
    expect(result.problems[0]).to.include({ id: 'DestinationChanged' });
    expect(existsSync(job().set)).to.be.false;
    // The file decides whatever is allowed by hand.
    job().write({ setId: '00000000-0000-4000-8000-000000000000' });
    expect((await job().run({ allowSetChange: true })).problems[0]).to.include({ id: 'DestinationChanged' });
    job().write({});
    expect(await job().run({ allowSetChange: true })).to.include({ state: 'Complete' });
    expect(await job().run()).to.include({ state: 'Complete' });
  });

  it('takes other sources when that is said to be meant', async () => {
    job().write({});
    await job().run();
    const more = job().sandbox.path('more');
    mkdirSync(more);
    job().write({ sources: [job().source, more] });
    expect((await job().run()).problems[0]).to.include({ id: 'SourceChanged' });
    expect(await job().run({ allowSourceChange: true })).to.include({ state: 'Complete' });
    expect(await job().run()).to.include({ state: 'Complete' });
  });
});
