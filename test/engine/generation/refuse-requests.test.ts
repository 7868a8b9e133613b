import { expect } from 'chai';
import { refusal } from '../../support/backup-set.ts';
import { useFixture } from '../../support/fixture.ts';
import { expectSameLines, untouched } from '../../support/oracle-mirror.ts';
import { buildTree } from '../../support/tree-everything.ts';

const NO_SUCH = '2001-01-01T000000Z';

describe('a request is refused', () => {
  const fixture = useFixture();

  it('GenerationNotFound: no generation has the name', async () => {
    const { set, source } = fixture();
    buildTree(source, { a: 'a' });
    const { generation } = await set.run();
    const before = untouched(set.path);
    const requests = [
      () => set.remove([NO_SUCH]),
      () => set.remove([generation.name, NO_SUCH], { force: true }),
      () => set.compare(NO_SUCH),
      () => set.compare(generation.name, NO_SUCH),
    ];
    for (const request of requests) expect((await refusal(request())).data.id).to.equal('GenerationNotFound');
    expectSameLines(untouched(set.path), before, 'after the refusal');
  });

  for (const name of ['..', '.mirrorbackup', 'latest', '../source', '/etc', '', '.']) {
    it(`GenerationNotFound or InvalidParameter: ${JSON.stringify(name)} is no generation`, async () => {
      const { set, source, sandbox } = fixture();
      buildTree(source, { a: 'a' });
      await set.run();
      const before = untouched(sandbox.root);
      const { data } = await refusal(set.remove([name], { force: true }));
      expect(data.id).to.be.oneOf(['GenerationNotFound', 'InvalidParameter']);
      expectSameLines(untouched(sandbox.root), before, 'after the refusal');
    });
  }

  it('GenerationIsLast: the newest complete one is kept, and said to be, unless forced', async () => {
    const { set, source } = fixture();
    buildTree(source, { a: 'a' });
    const first = await set.run();
    const second = await set.run();
    const both = [first.generation.name, second.generation.name];
    const [kept] = await set.remove([second.generation.name]);
    expect(kept).to.include({ name: second.generation.name, action: 'Keep', freedBytes: 0, files: 0 });
    expect(kept?.reasons.join()).not.to.be.empty;
    const told = set.engine.notes.findLast((note) => note.method === 'itemError');
    expect(told?.params['error']).to.include({ id: 'GenerationIsLast', category: 'InvalidOperation' });
    expect(await set.names()).to.deep.equal(both);
    expect((await set.remove(both)).map((result) => result.action)).to.deep.equal(['Remove', 'Keep']);
    expect((await set.remove(both.slice(1), { force: true })).map((result) => result.action)).to.deep.equal(['Remove']);
    expect(await set.names()).to.deep.equal([]);
    expect((await set.run()).generation).to.include({ base: null, copiedFiles: 1 });
  });

  it('ExcludeFileNotFound: before anything is written', async () => {
    const { set, source, sandbox } = fixture();
    buildTree(source, { a: 'a' });
    const before = untouched(sandbox.root);
    const missing = await refusal(set.run({ excludeFile: [sandbox.path('missing')] }));
    expect(missing.data).to.include({ id: 'ExcludeFileNotFound', category: 'ObjectNotFound' });
    expect(missing.data.path).to.equal(sandbox.path('missing'));
    expectSameLines(untouched(sandbox.root), before, 'after the refusal');
  });

  it('InvalidParameter: paths that are not absolute, no sources, numbers out of range', async () => {
    const { set, source, engine, sandbox } = fixture();
    buildTree(source, { a: 'a' });
    const before = untouched(sandbox.root);
    const sources = [{ path: source }];
    const wrong = [
      { setPath: 'relative', sources },
      { setPath: set.path, sources: [] },
      { setPath: set.path, sources: [{ path: 'relative' }] },
      { setPath: set.path, sources, maxLinks: 1 },
      { setPath: set.path, sources, workers: 0 },
      { setPath: set.path, sources, comparison: 'Magic' },
      { setPath: set.path, sources, olderThan: 'yesterday' },
      { setPath: set.path },
    ];
    for (const params of wrong) {
      const { data } = await refusal(engine.request('createGeneration', params));
      expect(data.id, JSON.stringify(params)).to.equal('InvalidParameter');
    }
    expectSameLines(untouched(sandbox.root), before, 'after the refusals');
  });
});
