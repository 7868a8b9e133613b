import { expect } from 'chai';
import { renameSync } from 'node:fs';
import { useFixture } from '../../support/fixture.ts';
import { notUnderWine } from '../../support/requires.ts';
import { buildTree } from '../../support/tree-everything.ts';

describe('generation names', () => {
  const fixture = useFixture();

  it('are the UTC time of the run', async () => {
    const { set, source } = fixture();
    buildTree(source, { a: 'a' });
    const start = Date.now();
    const { generation } = await set.run();
    expect(generation.name).to.match(/^\d{4}-\d\d-\d\dT\d{6}Z$/);
    const [, date, hour, minute, second] = /^(.*)T(..)(..)(..)Z$/.exec(generation.name) ?? [];
    const time = Date.parse(`${date}T${hour}:${minute}:${second}Z`);
    expect(time).to.be.within(start - 1000, Date.now());
    expect(Date.parse(generation.createdAt)).to.be.within(start - 1000, Date.now() + 1000);
  });

  it('strictly increase, though several runs fall into one second', async () => {
    const { set, source } = fixture();
    buildTree(source, { a: 'a' });
    const names: string[] = [];
    for (let run = 0; run < 4; run++) names.push((await set.run()).generation.name);
    expect([...names].sort()).to.deep.equal(names);
    expect(new Set(names).size).to.equal(4);
    expect(await set.names()).to.deep.equal(names);
  });

  it('go on from the newest one when the clock has gone back, with a warning', async function () {
    notUnderWine(this, 'a run takes longer than the second that it should be ahead of the clock');
    const { set, source } = fixture();
    buildTree(source, { a: 'a' });
    const names = [(await set.run()).generation.name, (await set.run()).generation.name];
    // What was the future when the clock was wrong: rather than wait, make as many runs as the clock falls behind.
    const warned: string[] = [];
    for (let run = 0; run < 3; run++) {
      const { generation, warnings } = await set.run();
      names.push(generation.name);
      warned.push(...warnings.map((warning) => warning.message), ...generation.warnings.map(({ message }) => message));
    }
    expect([...names].sort()).to.deep.equal(names);
    expect(warned.some((message) => /clock/iu.test(message))).to.equal(true);
  });

  it('still work after the set was moved', async () => {
    const { set, source, sandbox, engine } = fixture();
    buildTree(source, { a: 'a' });
    const { generation } = await set.run();
    renameSync(set.path, sandbox.path('moved'));
    const params = { setPath: sandbox.path('moved'), sources: set.sources };
    const next = await engine.request<{ base: string; linkedFiles: number }>('createGeneration', params);
    expect(next).to.include({ base: generation.name, linkedFiles: 1 });
  });
});
