import { expect } from 'chai';
import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { exposition } from '../../../engine/report/prometheus/exposition.ts';
import { makeSandbox, type Sandbox } from '../../support/sandbox.ts';
import { reportOn, reportText } from '../../support/report.ts';
import { writeSyntheticSet } from '../../support/synthetic-set.ts';

interface Sample {
  name: string;
  labels: Record<string, string>;
  value: number;
}

/** Reads the text as the specification of the format says, and throws where it is not followed. */
function parse(text: string): { samples: Sample[]; help: Map<string, string> } {
  if (text !== '' && !text.endsWith('\n')) throw new Error('the last line has no end');
  const samples: Sample[] = [];
  const help = new Map<string, string>();
  const types = new Set<string>();
  let current = '';
  for (const line of text.split('\n').slice(0, -1)) {
    const comment = /^# (HELP|TYPE) ([a-zA-Z_:][a-zA-Z0-9_:]*) (.*)$/.exec(line);
    if (comment) {
      const [, kind = '', name = '', rest = ''] = comment;
      if (kind === 'HELP') {
        if (help.has(name)) throw new Error(`two HELP of ${name}`);
        help.set(name, rest);
      } else {
        if (types.has(name) || !/^(counter|gauge|histogram|summary|untyped)$/.test(rest)) throw new Error(line);
        types.add(name);
      }
      current = name;
      continue;
    }
    const match = /^([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\{(.*)\})? (-?(?:\d+(?:\.\d+)?(?:e[+-]?\d+)?|\+?Inf|NaN))$/s.exec(
      line,
    );
    if (match?.[1] !== current) throw new Error(`not a sample of ${current}: ${line}`);
    samples.push({ name: match[1], labels: parseLabels(match[2] ?? ''), value: Number(match[3]) });
  }
  return { samples, help };
}

function parseLabels(text: string): Record<string, string> {
  const labels: Record<string, string> = {};
  const pattern = /([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\\n]|\\[\\"n])*)"(,|$)/y;
  while (pattern.lastIndex < text.length) {
    const at = pattern.lastIndex;
    const match = pattern.exec(text);
    if (!match) throw new Error(`not a label: ${text.slice(at)}`);
    labels[match[1] ?? ''] = (match[2] ?? '').replace(/\\(.)/g, (_, escaped: string) =>
      escaped === 'n' ? '\n' : escaped,
    );
  }
  return labels;
}

describe('metrics', () => {
  let sandbox: Sandbox;
  before(() => (sandbox = makeSandbox()));
  after(() => sandbox.remove());

  it('follow the format whatever labels and help hold', () => {
    const text = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('\\', '"', '\n', '\\n', '{}', '# HELP'));
    fc.assert(
      fc.property(text, text, fc.double({ noNaN: true, noDefaultInfinity: true }), (label, help, value) => {
        const { samples } = parse(
          exposition([{ name: 'a', help: help.replaceAll('\r', ''), samples: [{ labels: { label }, value }] }]),
        );
        expect(samples).to.deep.equal([{ name: 'a', labels: { label }, value: value + 0 }]);
      }),
    );
  });

  it('tell the same as the data', async () => {
    const set = sandbox.path(process.platform === 'win32' ? 'a set' : 'a "quoted" \\ set');
    writeSyntheticSet(set, {
      generations: 8,
      end: new Date(),
      more: (g) => (g === 7 ? { state: 'Partial', failed: 2, stale: 1 } : {}),
    });
    const policy = { keepLast: 3 };
    const report = await reportOn(set, { policy });
    const { samples } = parse((await reportText(set, 'Prometheus', { policy })).text);
    const values = (name: string): number[] =>
      samples.filter((each) => each.name === `mirrorbackup_${name}`).map(({ value }) => value);
    const newest = report.generations.at(-1);
    for (const { labels } of samples) expect(labels['set']).to.equal(report.set.path);
    expect(values('last_complete_timestamp_seconds')).to.deep.equal([
      Date.parse(report.lastComplete?.createdAt ?? '') / 1000,
    ]);
    expect(values('last_run_state')).to.deep.equal([0, 1]);
    expect(values('generations')).to.deep.equal([7, 1, 0, 0]);
    expect(values('generation_files')).to.deep.equal([newest?.files]);
    expect(values('generation_failed_items')).to.deep.equal([2]);
    expect(values('generation_unique_bytes')).to.deep.equal([newest?.uniqueBytes]);
    expect(values('set_bytes')).to.deep.equal([report.space.bytes]);
    expect(values('link_limit_ratio')).to.deep.equal([report.links.mostLinks / report.links.maxLinks]);
    expect(values('retention_removable_generations')).to.deep.equal([report.retention?.removed]);
    expect(values('health').reduce((sum, value) => sum + value)).to.equal(1);
  });

  it('of a set without a generation raise the alarm', async () => {
    const set = sandbox.path('empty');
    writeSyntheticSet(set, { generations: 0, end: new Date() });
    const { samples } = parse((await reportText(set, 'Prometheus')).text);
    expect(samples.find(({ name }) => name === 'mirrorbackup_last_complete_timestamp_seconds')?.value).to.equal(0);
    expect(samples.find(({ name }) => name === 'mirrorbackup_generation_files')).to.equal(undefined);
  });

  it('are all documented, with their labels, and nothing else is', async () => {
    const set = sandbox.path('documented');
    writeSyntheticSet(set, { generations: 2, end: new Date() });
    const { samples } = parse((await reportText(set, 'Prometheus', { policy: { keepLast: 1 } })).text);
    const labels = new Map(
      samples.map((sample) => [
        sample.name,
        Object.keys(sample.labels)
          .filter((key) => key !== 'set')
          .sort(),
      ]),
    );
    const page = readFileSync(new URL('../../../docs/report.md', import.meta.url), 'utf8');
    const rows = [...page.matchAll(/^\| `(mirrorbackup_\w+)` \|([^|]*)\|/gm)];
    const documented = rows.map(
      ([, name = '', more = '']) => [name, [...more.matchAll(/`(\w+)`/g)].map(([, key]) => key).sort()] as const,
    );
    expect(Object.fromEntries(documented)).to.deep.equal(Object.fromEntries(labels));
  });
});
