'use strict';
const { writeFileSync } = require('node:fs');
const { reporters, Runner } = require('mocha');

/**
 * Mocha's spec reporter that also leaves the counts, why tests were skipped and what failed in a file. The reason is at the end of
 * the title of the test, or of a suite around it: `… (skipped: needs root)`.
 */
class CountingReporter extends reporters.Spec {
  constructor(runner, options) {
    super(runner, options);
    const skipped = [];
    runner.on(Runner.constants.EVENT_TEST_PENDING, (test) => {
      const title = test.fullTitle();
      const [, text, reason] = /^(.*?) \(skipped: (.+)\)$/.exec(title) ?? [undefined, title, 'no reason given'];
      skipped.push({ title: text, reason });
    });
    const failures = [];
    runner.on(Runner.constants.EVENT_TEST_FAIL, (test, error) => {
      failures.push({ title: test.fullTitle(), message: String(error?.message ?? error) });
    });
    runner.on(Runner.constants.EVENT_RUN_END, () => {
      const { passes: passed, failures: failed } = runner.stats;
      writeFileSync(options.reporterOptions.resultFile, JSON.stringify({ passed, failed, skipped, failures }));
      endWhatIsLeft(failed);
    });
  }
}

/** A process or a timer that a test left behind must not hold up everything that follows. */
function endWhatIsLeft(failed) {
  const timer = setTimeout(() => {
    console.error('Something that a test left behind kept mocha alive; it was ended.');
    process.exit(failed === 0 ? 0 : 1);
  }, 10_000);
  timer.unref();
}

module.exports = CountingReporter;
