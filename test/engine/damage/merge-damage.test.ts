import { expect } from 'chai';
import type { DamagedCopy, DamageKind } from '../../../engine/damage/damaged-copy.ts';
import { mergeDamage } from '../../../engine/damage/merge-damage.ts';

function copy(kind: DamageKind, foundAt: string, ...names: string[]): DamagedCopy {
  return { kind, foundAt, names: names.map((name) => ({ generation: name.slice(0, 1), path: name.slice(2) })) };
}

function merge(known: DamagedCopy[], found: DamagedCopy[], tested: string, content: 'All' | 'Some' = 'All'): string[] {
  const result = mergeDamage(known, found, {
    startedAt: '2',
    generations: new Set(tested),
    content,
    existing: new Set('ABC'),
  });
  return result.map((one) => {
    const names = one.names.map(({ generation, path }) => `${generation}/${path}`);
    return `${one.kind} ${one.foundAt} ${names.join(' ')}`;
  });
}

describe('what is known of damage after a test', () => {
  it('is what was found', () => {
    expect(merge([], [copy('Missing', '2', 'A/x')], 'A')).to.deep.equal(['Missing 2 A/x']);
  });

  it('is no longer what was found good, nor what is gone', () => {
    const known = [copy('Altered', '1', 'A/x', 'D/x'), copy('ContentDamaged', '1', 'A/y', 'B/y')];
    expect(merge(known, [], 'A')).to.deep.equal(['ContentDamaged 1 B/y']);
  });

  it('is still what was not looked at', () => {
    const known = [copy('ContentDamaged', '1', 'A/x'), copy('Unreadable', '1', 'A/y'), copy('Altered', '1', 'A/z')];
    expect(merge(known, [], 'A', 'Some')).to.deep.equal(['ContentDamaged 1 A/x', 'Unreadable 1 A/y']);
  });

  it('is still what was found after the test began', () => {
    const known = [copy('Altered', '1', 'A/x'), copy('Altered', '3', 'A/y')];
    expect(merge(known, [], 'A')).to.deep.equal(['Altered 3 A/y']);
  });

  it('keeps what belongs together, and since when it is known', () => {
    const known = [copy('ContentDamaged', '1', 'A/x', 'B/x')];
    expect(merge(known, [copy('ContentDamaged', '2', 'B/x', 'C/x')], 'BC')).to.deep.equal([
      'ContentDamaged 1 B/x C/x A/x',
    ]);
  });

  it('keeps what is known of a content beside what is found of its owner or mode', () => {
    const known = [copy('ContentDamaged', '1', 'A/x'), copy('MetadataChanged', '1', 'A/y', 'A/z')];
    expect(merge(known, [copy('MetadataChanged', '2', 'A/x', 'A/z')], 'A', 'Some')).to.deep.equal([
      'MetadataChanged 1 A/x A/z',
      'ContentDamaged 1 A/x',
    ]);
    expect(merge(known, [], 'A', 'Some')).to.deep.equal(['ContentDamaged 1 A/x']);
  });
});
