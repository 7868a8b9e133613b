// npm run bench [-- --help]: compares the engine and its cmdlets with what the machine can do at best, and with others.
/* global AbortController */
import { writeFileSync } from 'node:fs';
import { availableScenarios } from './scenarios/index.mjs';
import { helpText, readOptions } from './support/options.mjs';
import { prepareBench } from './support/bench.mjs';
import { printScenario } from './support/print.mjs';

const options = readOptions(process.argv.slice(2));
if (options.help) console.log(helpText);
else process.exitCode = await run();

/** Runs what was chosen; returns the exit code: 1 where a target was missed. */
async function run() {
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
    process.on(signal, () => stop.abort(new Error(`stopped by ${signal}`)));
  const results = [];
  let bench;
  try {
    bench = await prepareBench(options, stop.signal);
    console.log(`${bench.machine.summary}\n`);
    for (const scenario of availableScenarios.filter(({ id }) => options.only.includes(id))) {
      const result = { id: scenario.id, ...judge(await scenario.run(bench), scenario, options) };
      results.push(result);
      printScenario(result);
    }
  } catch (error) {
    console.error(`bench: ${(stop.signal.reason ?? error).message}`);
    return stop.signal.aborted ? 130 : 1;
  } finally {
    if (bench) await bench.volume.remove();
  }
  if (options.json) writeFileSync(options.json, `${JSON.stringify({ machine: bench.machine, results }, null, 2)}\n`);
  return results.some(({ targets }) => targets.some(({ met }) => met === false)) ? 1 : 0;
}

/** In a small tree only the start of the programs is measured: targets there are neither met nor missed. */
function judge(result, { leastFiles = 0 }, { files }) {
  if (files >= leastFiles) return result;
  return { ...result, targets: result.targets.map((target) => ({ ...target, met: undefined })) };
}
