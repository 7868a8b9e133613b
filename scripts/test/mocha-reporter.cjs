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
      skipped.push(skippedOf(test));
    });
    const failures = [];
    runner.on(Runner.constants.EVENT_TEST_FAIL, (test, error) => {
      failures.push({ title: test.fullTitle(), message: messageOf(error) });
    });
    runner.on(Runner.constants.EVENT_RUN_END, () => {
      const { passes: passed, failures: failed } = runner.stats;
      writeFileSync(options.reporterOptions.resultFile, JSON.stringify({ passed, failed, skipped, failures }));
      endWhatIsLeft(failed);
    });
  }
}

/** The title without the reason that it, or one of a suite around it, ends in. */
function skippedOf(test) {
  const titles = test.titlePath();
  const reasons = titles.map((title) => / \(skipped: (.+)\)$/u.exec(title)?.[1]);
  const title = titles.map((title, index) => title.replace(` (skipped: ${reasons[index]})`, '')).join(' ');
  return { title, reason: reasons.findLast(Boolean) ?? 'no reason given' };
}

/** A property that failed by chance is of no use without what repeats it: the seed, and the smallest example. */
function messageOf(error) {
  const message = String(error?.message ?? error);
  if (!message.startsWith('Property failed')) return message;
  const [what] = message.split('\n\nHint:', 1);
  return [what, error.cause?.message]
    .filter(Boolean)
    .join(' ')
    .replaceAll(/\s*\n\s*/gu, ' ')
    .slice(0, 900);
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
