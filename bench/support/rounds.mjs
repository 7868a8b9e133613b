import { median, minimum } from './statistics.mjs';

/**
 * Measures all participants in turns, so that what the machine does meanwhile concerns all of them.
 * @param participants each `run` does it once and returns samples by row. `prepare` before it, `clean` after it, and `end`
 *   after all rounds are not measured.
 * @returns all samples by row
 */
export async function measureInTurns(bench, participants, rounds = bench.options.rounds) {
  const samples = {};
  for (let round = 1; round <= rounds; round++) {
    for (const { name, prepare, run, clean } of participants) {
      showWork(`round ${round} of ${rounds}: ${name}`);
      await prepare?.();
      await bench.volume.settle();
      const got = await run();
      await bench.volume.settle();
      await clean?.();
      for (const [row, sample] of Object.entries(got)) (samples[row] ??= []).push(sample);
    }
  }
  for (const { end } of participants) await end?.();
  showWork('');
  return samples;
}

/**
 * Samples as rows of a table.
 * @param order [id, label, id of the row it is compared with]; rows nobody measured are left out
 */
export function toRows(order, samples) {
  const rows = order.filter(([id]) => samples[id]).map(([id, label]) => ({ id, label, ...summarise(samples[id]) }));
  for (const [id, , reference] of order) {
    const row = rows.find((one) => one.id === id);
    const other = rows.find((one) => one.id === reference);
    if (row && other)
      row.ratio = { of: other.label, minimum: row.minimum / other.minimum, median: row.median / other.median };
  }
  return rows;
}

function summarise(samples) {
  const seconds = samples.map((sample) => sample.seconds);
  const hasCost = samples[0].user !== undefined;
  return {
    minimum: minimum(seconds),
    median: median(seconds),
    ...(hasCost && {
      user: median(samples.map(({ user }) => user)),
      system: median(samples.map(({ system }) => system)),
      maxRssMiB: Math.max(...samples.map(({ maxRssMiB }) => maxRssMiB)),
    }),
    samples,
  };
}

function showWork(text) {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${text}`);
}
