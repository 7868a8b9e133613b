import { globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { testRoot } from '../../test/support/test-root.ts';
import { addDrive } from '../wine/drives.ts';
import { root } from '../wine/places.ts';
import { prepareWine } from '../wine/prepare-wine.mjs';
import { runWindowsNode, windowsPath } from '../wine/run.ts';
import { prepareDoubles } from './doubles.mjs';
import { underWine, withCrash } from './summary.ts';
import { notUnderWine } from './wine-suites.mjs';

/** A suite that says nothing for so long hangs. */
const silenceLimitMs = 4 * 60_000;
/** What a test may take: starting a Windows process takes a second there. */
const timeoutMs = 60_000;

/** Linux has run them, and there they would take longer than all others together. */
const slow = { title: 'under Wine, tests tagged @slow', reason: 'they are long' };

/** Runs the mocha suites in Node.js for Windows, on Wine; returns what `runMocha` does. */
export async function runWineMocha() {
  const reason = await prepareWine();
  if (reason !== undefined) return { skipped: [{ title: 'mocha under Wine', reason }] };
  const { run, omitted } = chooseSuites();
  const drive = addDrive(testRoot());
  const folder = mkdtempSync(join(tmpdir(), 'mirrorbackup-wine-mocha-'));
  try {
    const results = await Promise.all(
      shares(run).map(({ files, env }, index) =>
        runShare(files, join(folder, `${index}.json`), { ...env, MIRRORBACKUP_TEST_ROOT: `${drive.name}\\` }),
      ),
    );
    return sum([...results, { skipped: [...omitted, slow] }]);
  } finally {
    drive.remove();
    rmSync(folder, { recursive: true, force: true });
  }
}

function chooseSuites() {
  const run = [];
  const omitted = [];
  for (const file of globSync('test/**/*.test.ts', { cwd: root }).sort()) {
    const [, reason] = Object.entries(notUnderWine).find(([path]) => file.startsWith(path)) ?? [];
    if (reason === undefined) run.push(file);
    else omitted.push({ title: `under Wine, ${file}`, reason });
  }
  return { run, omitted };
}

/**
 * What runs side by side. Doubles stand in for what Wine lacks where a suite is about that; engines run on Wine as it is.
 * Every n-th file goes into one share: those of one folder take about as long as each other.
 */
function shares(files) {
  const isOfVss = (file) => /\/vss[^/]*(\/|$)/.test(file);
  const onVss = files.filter(isOfVss);
  const [onNtfs, onWine] = ['native', 'engine'].map((part) =>
    files.filter((file) => file.startsWith(`test/${part}/`) && !isOfVss(file)),
  );
  const { ntfs, vss } = prepareDoubles();
  const on = (double) => (double === undefined ? {} : { MIRRORBACKUP_NATIVE_LIBRARIES: double });
  const count = availableParallelism();
  const parts = Array.from({ length: count }, (_, share) => onWine.filter((_file, index) => index % count === share));
  return [
    { files: onNtfs, env: on(ntfs) },
    { files: onVss, env: on(vss) },
    ...parts.map((part) => ({ files: part, env: {} })),
  ];
}

async function runShare(files, resultFile, env) {
  const reporter = ['--reporter', 'scripts/test/mocha-reporter.cjs'];
  const resultOption = ['--reporter-option', `resultFile=${windowsPath(resultFile)}`];
  const { exitCode } = await runWindowsNode(
    [
      'node_modules/mocha/bin/mocha.js',
      '--no-color',
      '--timeout',
      `${timeoutMs}`,
      '--grep',
      '@slow',
      '--invert',
      ...reporter,
      ...resultOption,
      ...files,
    ],
    { env, silenceLimitMs, onOutput: (chunk, stream) => process[stream].write(chunk) },
  );
  return underWine(withCrash('mocha', readResult(resultFile, exitCode), exitCode));
}

function readResult(file, exitCode) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (cause) {
    throw new Error(`mocha under Wine ended (${exitCode}) without a result.`, { cause });
  }
}

function sum(results) {
  return results.reduce(
    (total, { passed = 0, failed = 0, skipped = [], failures = [] }) => ({
      passed: total.passed + passed,
      failed: total.failed + failed,
      skipped: [...total.skipped, ...skipped],
      failures: [...total.failures, ...failures],
    }),
    { passed: 0, failed: 0, skipped: [], failures: [] },
  );
}
