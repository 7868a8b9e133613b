import { expect } from 'chai';
import fc from 'fast-check';
import { hostname } from 'node:os';
import { stringify } from 'yaml';
import { linuxPaths } from '../../../native/linux/paths.ts';
import { win32Paths } from '../../../native/win32/paths.ts';
import { readJobFileBytes } from '../../../engine/jobs/read-job-file.ts';
import { withJob } from '../../../engine/jobs/template/add-job.ts';
import { jobTemplate } from '../../../engine/jobs/template/job-template.ts';
import { randomJobs, randomSettings, unescaped } from './random-jobs.ts';

const systems = {
  Linux: { rules: linuxPaths, file: '/jobs/jobs.yml' },
  Windows: { rules: win32Paths, file: 'C:\\jobs\\jobs.yml' },
};

function read(text: string | Buffer, system: keyof typeof systems): ReturnType<typeof readJobFileBytes> {
  const { rules, file } = systems[system];
  const bytes = typeof text === 'string' ? Buffer.from(text) : text;
  return readJobFileBytes(file, bytes, { environment: {}, computerName: hostname(), rules });
}

function yamlOf(jobs: [string, object][]): string {
  return stringify({ version: 1, jobs: Object.fromEntries(jobs) }, { version: '1.2', aliasDuplicateObjects: false });
}

/** Every key of what was written has the value it had; the others have their defaults. */
function expectSame(read: unknown, written: unknown, place: string): void {
  if (typeof written !== 'object' || written === null) expect(read, place).to.equal(written);
  else
    for (const [key, value] of Object.entries(written))
      expectSame((read as Record<string, unknown>)[key], value, `${place}.${key}`);
}

for (const system of ['Linux', 'Windows'] as const)
  describe(`whatever a job says on ${system}`, () => {
    it('is read as it was written', () => {
      fc.assert(
        fc.property(randomJobs(system), (jobs) => {
          const result = read(yamlOf(jobs), system);
          expect(result.problems).to.deep.equal([]);
          for (const [name, settings] of jobs)
            expectSame(result.jobs.find((job) => job.name === name)?.settings, unescaped(settings), name);
        }),
        { numRuns: 200, interruptAfterTimeLimit: 15_000 },
      );
    });

    it('can be written into a new file that explains everything', () => {
      fc.assert(
        fc.property(randomJobs(system), ([[name, settings]]) => {
          const result = read(jobTemplate(name, settings), system);
          expect(result.problems).to.deep.equal([]);
          expect(result.jobs[0].name).to.equal(name);
          expectSame(result.jobs[0].settings, unescaped(settings), name);
        }),
        { numRuns: 100, interruptAfterTimeLimit: 15_000 },
      );
    });

    it('can be added to a file, or replaced in it, and changes no other job', () => {
      fc.assert(
        fc.property(
          randomJobs(system),
          randomSettings[system],
          fc.boolean(),
          fc.boolean(),
          (jobs, added, replace, isTemplate) => {
            const before = isTemplate ? jobTemplate(...jobs[0]) : yamlOf(jobs);
            const name = replace ? jobs[0][0] : 'added-job-of-another-name';
            const old = read(before, system).jobs;
            const { jobs: now, problems } = read(withJob(before, name, added), system);
            expect(problems).to.deep.equal([]);
            expectSame(now.find((job) => job.name === name)?.settings, unescaped(added), name);
            const others = <T extends { name: string; settings: unknown }>(all: readonly T[]): unknown[] =>
              all.filter((job) => job.name !== name).map((job) => [job.name, job.settings]);
            expect(others(now)).to.deep.equal(others(old));
          },
        ),
        { numRuns: 100, interruptAfterTimeLimit: 15_000 },
      );
    });
  });

describe('whatever is damaged in a job file', () => {
  it('leaves jobs or problems with a place, and never an exception', () => {
    fc.assert(
      fc.property(
        randomJobs('Linux'),
        fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 5 }),
        fc.nat(),
        (jobs, changes, cut) => {
          const bytes = Buffer.from(yamlOf(jobs));
          for (const [at, byte] of changes) bytes[at % bytes.length] = byte;
          const damaged = cut % 3 === 0 ? bytes.subarray(0, cut % bytes.length) : bytes;
          const result = read(damaged, 'Linux');
          expect(result.jobs.length + result.problems.length).to.be.greaterThan(0);
          const lines = damaged.toString('latin1').split('\n').length;
          for (const { message, line = 0, column = 0 } of result.problems) {
            expect(message).to.match(/^\/jobs\/jobs\.yml:\d+:\d+: \S.*[.?]$/s);
            expect(line).to.be.within(1, lines + 1);
            expect(column).to.be.greaterThan(0);
          }
        },
      ),
      { numRuns: 500, interruptAfterTimeLimit: 15_000 },
    );
  });
});
