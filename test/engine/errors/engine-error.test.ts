import { expect } from 'chai';
import { catalogue } from '../../../engine/errors/catalogue.ts';
import { EngineError } from '../../../engine/errors/engine-error.ts';

describe('EngineError', () => {
  it('takes from the catalogue what the thrower does not say', () => {
    const error = new EngineError('SourceNotFound', { message: "The source '/a' does not exist.", path: '/a' });
    expect(error).to.be.an.instanceOf(Error);
    expect(error.message).to.equal("The source '/a' does not exist.");
    expect(error.toErrorData()).to.deep.equal({
      id: 'SourceNotFound',
      category: 'ObjectNotFound',
      path: '/a',
      hint: catalogue.SourceNotFound.hint,
      retryable: false,
    });
  });

  it('prefers what the thrower says', () => {
    const cause = new Error('why');
    const native = { code: 5, name: 'EIO', text: 'Input/output error' };
    const options = { category: 'ReadError', hint: 'Pray.', retryable: true, native, details: { size: 1 } } as const;
    const error = new EngineError('ItemFailed', { message: 'It failed.', cause, ...options });
    expect(error.cause).to.equal(cause);
    expect(error.toErrorData()).to.deep.equal({ id: 'ItemFailed', ...options });
  });
});
