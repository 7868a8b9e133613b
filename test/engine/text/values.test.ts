import { expect } from 'chai';
import fc from 'fast-check';
import { childOf, keysOf, valueAt } from '../../../engine/text/json-pointer.ts';
import { abbreviate, showValue } from '../../../engine/text/show-value.ts';

describe('values in messages', () => {
  it('are found by their place, whatever their keys are', () => {
    const key = fc.oneof(fc.string(), fc.constantFrom('~', '/', '~1', '~01', ''));
    fc.assert(
      fc.property(fc.array(key), fc.string(), (keys, value) => {
        const place = keys.reduce(childOf, '');
        expect(keysOf(place)).to.deep.equal(keys);
        const root = keys.reduceRight<unknown>((inner, name) => ({ ['__proto__']: 1, [name]: inner }), value);
        expect(valueAt(root, place)).to.equal(value);
      }),
    );
  });

  it('are nothing where nothing is', () => {
    for (const place of ['/a/b', '/toString', '/a/0/length', '/b'])
      expect(valueAt({ a: [1] }, place)).to.equal(undefined);
  });

  it('are cut where they get long, between characters', () => {
    const long = `${'x'.repeat(38)}😀${'y'.repeat(80)}`;
    expect(showValue(long)).to.equal(`"${'x'.repeat(38)}\ufffd…`);
    expect(abbreviate({ long })).to.have.length(61).and.match(/…$/);
    expect([showValue('short'), abbreviate(['short'])]).to.deep.equal(['"short"', '["short"]']);
  });

  it('of job files are told by what they are', () => {
    expect([null, {}, [1], { a: 1, b: 2, c: 3, d: 4 }, NaN, true].map(showValue)).to.deep.equal([
      'empty',
      'empty',
      'a list',
      'an object (a, b, c, …)',
      'NaN',
      'true',
    ]);
  });
});
