import { expect } from 'chai';
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PesterOutput } from '../../scripts/test/pester-output.ts';
import { Summary, underWine, withCrash, type StepResult } from '../../scripts/test/summary.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

describe('the end of npm test', () => {
  const lines = (...results: StepResult[]): string[] => {
    const summary = new Summary();
    for (const result of results) summary.add(result);
    return summary.lines();
  };

  it('says what was skipped, then what failed, and ends with the counts alone', () => {
    const failures = [{ title: 'suite works', message: 'expected 1\n  to equal 2' }];
    const skipped = [{ title: 'suite mounts', reason: 'needs root' }];
    expect(lines({ passed: 3, failed: 1, failures }, { passed: 4, skipped }, {})).to.deep.equal([
      'Skipped: suite mounts: needs root',
      'Failed: suite works: expected 1',
      '7 passed, 1 failed',
    ]);
  });

  it('is the counts when all is well', () => {
    expect(lines({ passed: 3 })).to.deep.equal(['3 passed, 0 failed']);
  });

  it('says where it failed', () => {
    const result = underWine({ failed: 1, failures: [{ title: 'suite works', message: 'no' }] });
    expect(lines(result)).to.deep.equal(['Failed: under Wine, suite works: no', '0 passed, 1 failed']);
  });

  it('names a step whose exit code no test explains', () => {
    const result = withCrash('mocha', { passed: 5, failed: 0 }, 'SIGSEGV');
    expect(lines(result)).to.deep.equal([
      'Failed: mocha: ended with SIGSEGV although no test failed',
      '5 passed, 1 failed',
    ]);
    expect(withCrash('mocha', { passed: 5, failed: 2 }, 2).failed).to.equal(2);
  });

  it('has what Pester failed', () => {
    const output = new PesterOutput();
    const shown = [
      ' [-] fails 3ms',
      'Skipped: Suite.is skipped: needs jobs',
      'Failed: Suite.fails: Expected 1, but got 2: no.',
      'Pester: 1 passed, 1 failed, 1 skipped',
    ].filter((line) => output.take(`${line}\r`));
    expect(shown).to.have.length(3);
    expect(lines(output.result('Pester', 1))).to.deep.equal([
      'Skipped: Suite.is skipped: needs jobs',
      'Failed: Suite.fails: Expected 1, but got 2: no.',
      '1 passed, 1 failed',
    ]);
  });

  for (const mode of ['--no-parallel', '--parallel'])
    it(`has what mocha failed, hooks and errors of any kind too (${mode})`, async () => {
      const folder = mkdtempSync(join(tmpdir(), 'mirrorbackup-summary-'));
      try {
        writeFileSync(
          join(folder, 'some.test.ts'),
          `import { skip } from ${JSON.stringify(join(root, 'test/support/requires.ts'))};
          describe('suite', () => {
            it('passes', () => {});
            it('fails', () => { throw new Error('first line\\nsecond line'); });
            it('is skipped (skipped: needs root)');
            describe('skipped', () => {
              before(function () { skip(this, 'needs more (of it)'); });
              it('one', () => {});
              describe('deeper', () => it('two', () => {}));
            });
            describe('with a hook', () => {
              before(() => { throw new TypeError('no hook'); });
              it('does not run', () => {});
            });
          });`,
        );
        const result = await runMocha(folder, mode);
        expect(lines(result)).to.deep.equal([
          'Skipped: suite is skipped: needs root',
          'Skipped: suite skipped one: needs more (of it)',
          'Skipped: suite skipped deeper two: needs more (of it)',
          'Failed: suite fails: first line',
          'Failed: suite with a hook "before all" hook for "does not run": no hook',
          '1 passed, 2 failed',
        ]);
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    });

  async function runMocha(folder: string, mode: string): Promise<StepResult> {
    const resultFile = join(folder, 'result.json');
    const args = ['--no-config', mode, '--extension', 'test.ts', '--reporter', 'scripts/test/mocha-reporter.cjs'];
    args.push('--reporter-option', `resultFile=${resultFile}`, join(folder, 'some.test.ts'));
    await new Promise((resolve) =>
      execFile(process.execPath, ['node_modules/mocha/bin/mocha.js', ...args], { cwd: root }, resolve),
    );
    return JSON.parse(readFileSync(resultFile, 'utf8')) as StepResult;
  }
});
