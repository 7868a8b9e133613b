import { expect } from 'chai';
import { isNewEnough } from '../../../engine/startup/newer-node.ts';

describe('the version of Node.js', () => {
  for (const version of ['22.13.0', '22.20.1', '23.0.0', '24.1.0', '100.0.0']) {
    it(`${version} is new enough`, () => {
      expect(isNewEnough(version)).to.equal(true);
    });
  }

  for (const version of ['22.12.0', '22.2.10', '21.99.0', '18.20.4', '8.17.0']) {
    it(`${version} is too old`, () => {
      expect(isNewEnough(version)).to.equal(false);
    });
  }
});
