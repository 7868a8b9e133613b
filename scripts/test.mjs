// npm test: builds, lints, and runs all suites. The last line is `N passed, N failed`, all suites summed.
// npm run test:quick (--quick): the inner loop; builds, and runs mocha without the tests tagged @slow.
import { build } from './build.mjs';
import { lint } from './lint.mjs';
import { installTestTools } from './test/install-test-tools.mjs';
import { runMocha } from './test/run-mocha.mjs';
import { runPester } from './test/run-pester.mjs';
import { runWineMocha } from './test/run-wine-mocha.mjs';
import { runWinePester } from './test/run-wine-pester.mjs';
import { prepareWine } from './wine/prepare-wine.mjs';

const isQuick = process.argv.includes('--quick');
const steps = isQuick
  ? [
      ['Build', () => check(build({ check: true }))],
      ['mocha', () => runMocha({ withSlow: false })],
    ]
  : [
      ['Build', () => check(build({ check: true }))],
      ['Lint', () => check(lint())],
      ['Test tools', installTestTools],
      ['Wine', sayWhyNot],
      ['mocha', () => runMocha({ withSlow: true })],
      ['Pester', runPester],
      ['mocha under Wine', runWineMocha],
      ['Pester under Wine', runWinePester],
    ];

const total = { passed: 0, failed: 0, skipped: [] };
for (const [name, step] of steps) {
  console.log(`\n== ${name}`);
  const result = await crashIsFailure(name, step);
  total.passed += result.passed ?? 0;
  total.failed += result.failed ?? 0;
  total.skipped.push(...(result.skipped ?? []));
}

console.log('');
for (const { title, reason } of total.skipped) console.log(`Skipped: ${title}: ${reason}`);
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed === 0 ? 0 : 1;

/** A build or a check is no test, but nothing may pass when it fails. */
async function check(promise) {
  return { failed: (await promise) === false ? 1 : 0 };
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
    return { failed: 1 };
  }
}
