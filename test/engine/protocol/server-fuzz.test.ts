import { Writable } from 'node:stream';
import { expect } from 'chai';
import fc from 'fast-check';
import { commands, type CommandTable } from '../../../engine/commands/index.ts';
import { LineSplitter } from '../../../engine/protocol/line-splitter.ts';
import { Output } from '../../../engine/protocol/output.ts';
import { Server } from '../../../engine/protocol/server.ts';
import type { Message } from '../../support/engine-client.ts';
import { conformanceErrors } from '../../support/protocol-conformance.ts';
import { timeBox } from '../../support/time-box.ts';

/** Commands that only answer: what they do is not what is tested here. */
const harmless: CommandTable = {
  ...commands,
  createGeneration: () => Promise.reject(new Error('not here')),
  listGenerations: () => Promise.resolve({ run: () => Promise.resolve({ generations: [] }) }),
  removeGenerations: () => Promise.resolve({ run: () => Promise.resolve({ results: [] }) }),
  compareGenerations: () => Promise.reject(new Error('not here')),
};

async function answersTo(lines: readonly string[]): Promise<Message[]> {
  let text = '';
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      text += chunk.toString();
      done();
    },
  });
  const server = new Server(harmless, new Output(stream));
  const splitter = new LineSplitter();
  for (const line of splitter.push(Buffer.from(lines.map((each) => `${each}\n`).join('')))) server.handle(line);
  await server.idle();
  return text
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as Message);
}

const word = fc.constantFrom(
  'jsonrpc',
  'id',
  'method',
  'params',
  '2.0',
  ...Object.keys(commands),
  '$/cancelRequest',
  '__proto__',
  'setPath',
  '/set',
  'state',
  'names',
  'sources',
  'path',
);
/** JSON that looks like the protocol from afar. */
const { value: anything } = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    word,
    fc.jsonValue({ maxDepth: 1 }),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(word, tie('value'), { maxKeys: 4 }),
  ),
}));
const request = fc.record(
  {
    jsonrpc: fc.constant('2.0'),
    id: fc.oneof(fc.integer(), fc.string(), anything),
    method: fc.oneof(word, anything),
    params: anything,
  },
  { requiredKeys: ['jsonrpc', 'method'] },
);
const line = fc.oneof(
  { weight: 3, arbitrary: request.map((each) => JSON.stringify(each)) },
  { weight: 1, arbitrary: anything.map((each) => JSON.stringify(each) ?? '') },
  { weight: 1, arbitrary: fc.string({ unit: 'binary' }).map((each) => each.replaceAll('\n', '')) },
);

describe('the server, fed with nonsense', () => {
  it('answers at most once for each line, within the schema, and never throws', async function () {
    this.timeout(60_000);
    await fc.assert(
      fc.asyncProperty(fc.array(line, { maxLength: 10 }), async (lines) => {
        const answers = await answersTo(lines);
        expect(answers.length).to.be.at.most(lines.length);
        for (const answer of answers) expect(conformanceErrors(answer), JSON.stringify(answer)).to.equal(undefined);
      }),
      timeBox(),
    );
  });

  it('survives JSON nested deeper than the stack', async () => {
    const depth = 100_000;
    const nested = `${'['.repeat(depth)}"\\ud800"${']'.repeat(depth)}`;
    const [answer, second] = await answersTo([
      `{"jsonrpc":"2.0","id":1,"method":"listGenerations","params":{"setPath":${nested}}}`,
      '{"jsonrpc":"2.0","id":2,"method":"listGenerations","params":{"setPath":"/set"}}',
    ]);
    expect(answer).to.have.property('error');
    expect(second).to.have.deep.property('result', { generations: [] });
  });
});
