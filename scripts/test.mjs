// npm test: builds, lints, and runs all suites. At the end it says what was skipped and what failed; the last line is `N passed, N failed`, all suites summed.
// npm run test:quick (--quick): the inner loop; builds, and runs mocha without what takes long (test/quick-leaves-out.mjs).
import { build } from './build.mjs';
import { lint } from './lint.mjs';
import { installTestTools } from './test/install-test-tools.mjs';
import { runMocha } from './test/run-mocha.mjs';
import { runPester } from './test/run-pester.mjs';
import { runWineMocha } from './test/run-wine-mocha.mjs';
import { runWinePester } from './test/run-wine-pester.mjs';
import { failedStep, Summary } from './test/summary.ts';
import { prepareWine } from './wine/prepare-wine.mjs';

const isQuick = process.argv.includes('--quick');
const steps = isQuick
  ? [
      ['Build', () => check('Build', build({ check: true }))],
      ['mocha', () => runMocha({ withSlow: false })],
    ]
  : [
      ['Build', () => check('Build', build({ check: true }))],
      ['Lint', () => check('Lint', lint())],
      ['Test tools', installTestTools],
      ['Wine', sayWhyNot],
      ['mocha', () => runMocha({ withSlow: true })],
      ['Pester', runPester],
      ['mocha under Wine', runWineMocha],
      ['Pester under Wine', runWinePester],
    ];

const summary = new Summary();
for (const [name, step] of steps) {
  console.log(`\n== ${name}`);
  summary.add(await crashIsFailure(name, step));
}

console.log('');
for (const line of summary.lines()) console.log(line);
process.exitCode = summary.isPassed ? 0 : 1;

/** A build or a check is no test, but nothing may pass when it fails. */
async function check(name, promise) {
  return (await promise) === false ? failedStep(name, 'it did not pass; see above') : {};
}

/** Tests on Linux use it too. */
async function sayWhyNot() {
  const reason = await prepareWine();
  if (reason !== undefined) console.log(`Not here, some tests will be skipped: ${reason}.`);
}

async function crashIsFailure(name, step) {
  try {
    return (await step()) ?? {};
  } catch (error) {
    console.error(`${name} failed: ${error.message}`);
    return failedStep(name, error.message);
  }
}
