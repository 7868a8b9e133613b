import { expect } from 'chai';
import fc from 'fast-check';
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { systemdUnits, unitNameOf, type UnitFacts } from '../../../engine/schedule/systemd-units.ts';
import type { ScheduledJob } from '../../../engine/schedule/scheduled-job.ts';
import { golden } from '../../support/golden.ts';
import { requires } from '../../support/requires.ts';
import { linuxLaunch, scheduledJob } from '../../support/scheduled-job.ts';
import { useSandbox } from '../../support/sandbox.ts';

const file = '/etc/mirrorbackup/office.yml';
const machine: UnitFacts = { launch: linuxLaunch, manager: 'System', user: undefined };

/** Jobs by the name of the files that hold their units. Write them with MIRRORBACKUP_GOLDEN=write. */
const cases: Record<string, { job: ScheduledJob; facts?: Partial<UnitFacts> }> = {
  nightly: { job: scheduledJob(file, { at: ['02:30'] }, { description: 'Everything "at home", 100% \\\nof it' }) },
  'twice-on-workdays': {
    job: scheduledJob(file, {
      at: ['20:15', '07:05'],
      days: ['Friday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday'],
      randomDelay: '30min',
      timeLimit: '90min',
    }),
  },
  'every-15-minutes': { job: scheduledJob(file, { every: '15min', missed: 'Skip', timeLimit: '1.5d' }) },
  'every-6-hours-on-sunday': { job: scheduledJob(file, { every: '6h', days: ['Sunday'] }) },
  laptop: { job: scheduledJob(file, { at: ['12:00'], onBattery: 'Skip' }) },
  'other-user': { job: scheduledJob(file, { every: '1h' }), facts: { user: 'daemon' } },
  'own-units': { job: scheduledJob('/home/ann/jobs.yml', { every: '1h' }), facts: { manager: 'User' } },
  'odd-path': {
    job: scheduledJob(`/srv/it's 100% "$HOME"; a\\b/ä.yml`, { every: '2h' }, {}, 'A.b_c-1'),
    facts: { launch: { ...linuxLaunch, environment: { MIRRORBACKUP_NODE: '/opt/node 24/100%/$x' } } },
  },
};

function unitsOf({ job, facts }: { job: ScheduledJob; facts?: Partial<UnitFacts> }): Record<string, string> {
  const { service, timer } = systemdUnits(job, { ...machine, ...facts });
  return { [`${unitNameOf(job)}.service`]: service, [`${unitNameOf(job)}.timer`]: timer };
}

describe('the units of a job', () => {
  for (const [name, given] of Object.entries(cases))
    it(`are ${name}.service and ${name}.timer`, () => {
      for (const [unit, text] of Object.entries(unitsOf(given))) {
        const kind = unit.slice(unit.lastIndexOf('.'));
        expect(text).to.equal(golden(new URL(`../../fixtures/schedule/${name}${kind}`, import.meta.url), text));
      }
    });

  for (const path of ['/a\nb/jobs.yml', '/a\u241bFF/jobs.yml', '/a/jobs\\', '/a/jobs.yml '])
    it(`are not made for ${JSON.stringify(path)}`, () => {
      expect(() => unitsOf({ job: scheduledJob(path, { every: '1h' }) }))
        .to.throw(path)
        .with.property('id', 'ScheduleNotPossible');
    });
});

describe('the units of a job, read by systemd', function () {
  this.timeout(30_000);
  const sandbox = useSandbox();

  before(function () {
    requires(this, 'linux', 'tool:systemd-analyze');
  });

  /** Lets systemd read units; returns what it complains about, and its dump of them. */
  function analyze(units: Readonly<Record<string, string>>): { status: number | null; said: string; dump: string } {
    for (const [name, text] of Object.entries(units)) writeFileSync(sandbox().path(name), text);
    const paths = Object.keys(units).map((name) => sandbox().path(name));
    const options = { encoding: 'utf8', maxBuffer: 1e8 } as const;
    const { status, stderr, stdout } = spawnSync('systemd-analyze', ['verify', '--man=no', ...paths], options);
    const env = { ...process.env, SYSTEMD_LOG_LEVEL: 'debug' };
    const { stdout: dump } = spawnSync('systemd-analyze', ['verify', '--man=no', ...paths], { ...options, env });
    return { status, said: `${stdout}${stderr}`, dump };
  }

  for (const [name, given] of Object.entries(cases))
    it(`have nothing to complain about: ${name}`, () => {
      const { status, said } = analyze(unitsOf(given));
      expect(said).to.equal('');
      expect(status).to.equal(0);
    });

  it('would be complained about with a setting misspelled', () => {
    const [service = ''] = Object.values(unitsOf({ job: scheduledJob(file, { every: '1h' }) }));
    expect(analyze({ 'mirrorbackup-x.service': service.replace('KillMode', 'KilMode') }).said).to.contain('KilMode');
  });

  it('start the program with exactly its arguments', () => {
    const text = fc.string({
      unit: fc.oneof(
        fc.constantFrom(...' %$"\'\\;#{}hnux0'),
        fc.string({ unit: 'binary-ascii', minLength: 1, maxLength: 1 }),
      ),
    });
    const path = text.map((name) => `/${name.replace(/[\0-\x1f\x7f]/g, '')}.yml`); // eslint-disable-line no-control-regex
    fc.assert(
      fc.property(fc.array(path, { minLength: 30, maxLength: 30 }), (files) => {
        const units: Record<string, string> = {};
        for (const [index, one] of files.entries())
          Object.assign(units, unitsOf({ job: scheduledJob(one, { every: '1h' }, {}, `job${index}`) }));
        const { dump } = analyze(
          Object.fromEntries(Object.entries(units).filter(([name]) => name.endsWith('.service'))),
        );
        const started = [...dump.matchAll(/-> Unit mirrorbackup-job(\d+)\.service:[^]*?Command Line: (.*)/g)];
        expect(started.length).to.equal(files.length);
        for (const [, index, line = ''] of started) {
          const one = files[Number(index)] ?? '';
          expect(wordsOf(line)).to.deep.equal(
            [
              '/bin/sh',
              ...linuxLaunch.shell.arguments,
              '-File',
              linuxLaunch.script,
              '-Path',
              one,
              '-Name',
              `job${index}`,
            ],
            JSON.stringify(units[`mirrorbackup-job${index}.service`]),
          );
        }
      }),
      { numRuns: 5 },
    );
  });
});

/** The words of a command line as systemd shows it, after it has put in variables, of which there is none. */
function wordsOf(line: string): string[] {
  const words = [...line.matchAll(/"((?:\\.|[^"\\])*)"|(\S+)/g)].map(([, quoted, plain]) =>
    quoted === undefined ? (plain ?? '') : quoted.replace(/\\(.)/g, '$1'),
  );
  return words.map((word) => {
    const rest = word.replaceAll('$$', '\0');
    expect(rest).not.to.match(/\$/);
    return rest.replaceAll('\0', '$');
  });
}
