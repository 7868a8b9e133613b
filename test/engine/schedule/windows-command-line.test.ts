import { expect } from 'chai';
import fc from 'fast-check';
import { spawnSync } from 'node:child_process';
import { windowsCommandLine } from '../../../engine/schedule/windows-command-line.ts';
import { skip } from '../../support/requires.ts';

const argument = fc.string({ unit: fc.constantFrom(...' \t"\\\\ab%-') });

/**
 * The rules of the documentation, one after the other: blanks separate outside of quotation marks; backslashes count only
 * before a quotation mark, 2n for n and the mark, 2n+1 for n and the character.
 */
function parse(line: string): string[] {
  const words: string[] = [];
  let word: string | undefined;
  let quoted = false;
  for (let at = 0; at < line.length; at++) {
    const slashes = /^\\*/.exec(line.slice(at))?.[0].length ?? 0;
    if (line[at + slashes] === '"') {
      word = (word ?? '') + '\\'.repeat(Math.floor(slashes / 2));
      if (slashes % 2 === 1) word += '"';
      else quoted = !quoted;
      at += slashes;
    } else if (!quoted && /[ \t]/.test(line[at] ?? '')) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else word = (word ?? '') + (line[at] ?? '');
  }
  return word === undefined ? words : [...words, word];
}

describe('a command line of Windows', () => {
  it('is taken apart into the arguments it was made of', () => {
    fc.assert(
      fc.property(fc.array(argument, { maxLength: 5 }), (args) => {
        expect(parse(windowsCommandLine(args))).to.deep.equal(args);
      }),
    );
  });

  it('reaches a program of Windows as its arguments', function () {
    if (process.platform !== 'win32') return skip(this, 'needs Windows');
    fc.assert(
      fc.property(fc.array(argument, { maxLength: 5 }), (args) => {
        const script = 'process.stdout.write(JSON.stringify(process.argv.slice(1)))';
        const line = windowsCommandLine(['-e', script, '--', ...args]);
        const { stdout } = spawnSync(process.execPath, [line], { windowsVerbatimArguments: true, encoding: 'utf8' });
        expect(JSON.parse(stdout)).to.deep.equal(args);
      }),
      { numRuns: 5 },
    );
  });
});
