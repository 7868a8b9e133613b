import { expect } from 'chai';
import fc from 'fast-check';
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { DateTime } from 'luxon';
import { taskAccount } from '../../../engine/schedule/task-account.ts';
import { taskXml } from '../../../engine/schedule/task-xml.ts';
import type { ScheduledJob } from '../../../engine/schedule/scheduled-job.ts';
import { golden } from '../../support/golden.ts';
import { requires } from '../../support/requires.ts';
import { scheduledJob, windowsLaunch } from '../../support/scheduled-job.ts';
import { useSandbox } from '../../support/sandbox.ts';

const now = DateTime.fromISO('2026-03-28T12:00:00', { zone: 'Europe/Berlin' });
const file = 'C:\\ProgramData\\Backup jobs\\office.yml';

/** Jobs by the name of the file that holds their task. Write them with MIRRORBACKUP_GOLDEN=write. */
const cases: Record<string, { job: ScheduledJob; logon?: 'Password' }> = {
  nightly: {
    job: scheduledJob(file, { at: ['02:30'] }, { description: 'Everything in C:\\Users & "D:\\Data" <daily>' }),
  },
  'twice-on-workdays': {
    job: scheduledJob(file, {
      at: ['20:15', '07:05'],
      days: ['Friday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday'],
      randomDelay: '30min',
      timeLimit: '90min',
    }),
  },
  'every-15-minutes': { job: scheduledJob(file, { every: '15min', missed: 'Skip', timeLimit: '36h' }) },
  'every-6-hours-on-sunday': { job: scheduledJob(file, { every: '6h', days: ['Sunday'] }) },
  laptop: { job: scheduledJob(file, { at: ['12:00'], onBattery: 'Skip', wakeToRun: true }) },
  disabled: { job: scheduledJob(file, { at: ['12:00'] }, { enabled: false }) },
  'managed-account': { job: scheduledJob('\\\\server\\jobs\\office.yml', { at: ['01:00'], user: 'CONTOSO\\backup$' }) },
  'user-without-password': { job: scheduledJob(file, { at: ['01:00'], user: 'CONTOSO\\ann' }) },
  'user-with-password': { job: scheduledJob(file, { at: ['01:00'], user: 'ann' }), logon: 'Password' },
};

function xmlOf(job: ScheduledJob, logon: 'S4U' | 'Password' = 'S4U'): string {
  return taskXml(job, { launch: windowsLaunch, account: taskAccount(job.settings.schedule.user, logon), now });
}

describe('the task of a job', () => {
  for (const [name, { job, logon }] of Object.entries(cases))
    it(`is that of ${name}.xml`, () => {
      const text = xmlOf(job, logon);
      expect(text).to.equal(golden(new URL(`../../fixtures/schedule/${name}.xml`, import.meta.url), text));
    });

  it('starts after now, at a time of the clock without an offset', () => {
    const starts = (at: string[]): string[] =>
      [...xmlOf(scheduledJob(file, { at })).matchAll(/<StartBoundary>(.*)<\/StartBoundary>/g)].map(([, it = '']) => it);
    expect(starts(['11:59', '12:00', '12:01'])).to.deep.equal([
      '2026-03-28T12:01:00',
      '2026-03-29T11:59:00',
      '2026-03-29T12:00:00',
    ]);
  });

  it('does not run what the Task Scheduler would replace', () => {
    for (const path of ['C:\\100% of %TEMP%\\a.yml', 'C:\\$(Arg0)\\a.yml'])
      expect(() => xmlOf(scheduledJob(path, { at: ['01:00'] })))
        .to.throw(path)
        .with.property('id', 'ScheduleNotPossible');
    expect(xmlOf(scheduledJob('C:\\100% $HOME\\a.yml', { at: ['01:00'] }))).to.contain('C:\\100% $HOME\\a.yml');
  });

  it('has at most 48 times', () => {
    const at = Array.from(
      { length: 49 },
      (_, i) => `${String(i % 24).padStart(2, '0')}:${i < 24 ? '00' : i < 48 ? '30' : '45'}`,
    );
    expect(xmlOf(scheduledJob(file, { at: at.slice(0, 48) }))).to.match(/StartBoundary/);
    expect(() => xmlOf(scheduledJob(file, { at })))
      .to.throw('48')
      .with.property('id', 'ScheduleNotPossible');
  });
});

describe('account names', () => {
  for (const name of [undefined, 'SYSTEM', 'system', 'NT AUTHORITY\\System', 'LocalSystem', 'S-1-5-18'])
    it(`${name ?? 'none'} is SYSTEM`, () => {
      expect(taskAccount(name, 'S4U')).to.deep.equal({ kind: 'Service', sid: 'S-1-5-18' });
    });
  it('those that end in $ are managed by the domain', () => {
    expect(taskAccount('CONTOSO\\backup$', 'S4U')).to.deep.equal({ kind: 'Managed', user: 'CONTOSO\\backup$' });
  });
});

// The schema as its documentation has it; xmllint knows nothing of how the text is made.
describe('the task of a job, in the schema of the Task Scheduler', function () {
  const sandbox = useSandbox();
  const schema = fileURLToPath(new URL('../../fixtures/schedule/task.xsd', import.meta.url));

  before(function () {
    requires(this, 'linux', 'tool:xmllint');
  });

  function lint(texts: readonly string[], ...options: string[]): string {
    const files = texts.map((text, index) => {
      const path = sandbox().path(`${index}.xml`);
      writeFileSync(path, `\ufeff${text}`, 'utf16le');
      return path;
    });
    return execFileSync('xmllint', [...options, ...files], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  }

  it('is valid', () => {
    lint(
      Object.values(cases).map(({ job, logon }) => xmlOf(job, logon)),
      '--noout',
      '--schema',
      schema,
    );
  });

  it('would not be with its elements in another order', () => {
    const text = xmlOf(scheduledJob(file, { every: '1h', randomDelay: '5min' }));
    const wrong = text.replace(/( +<RandomDelay>.*\n)([^]*?)(?=<\/CalendarTrigger>)/, '$2$1');
    expect(wrong).not.to.equal(text);
    expect(() => lint([wrong], '--noout', '--schema', schema)).to.throw(/RandomDelay/);
  });

  it('says what the job says, whatever characters that has', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.string({
            unit: fc.oneof(
              fc.constantFrom(...'<>&"\'] \t\\\u0001'),
              fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 }),
            ),
            minLength: 1,
          }),
          { minLength: 20, maxLength: 20 },
        ),
        (descriptions) => {
          const texts = descriptions.map((description) =>
            xmlOf(scheduledJob(file, { at: ['01:00'] }, { description })),
          );
          lint(texts, '--noout', '--schema', schema);
          const [text = ''] = texts;
          const said = lint([text], '--xpath', "string(//*[local-name()='Description'])").replace(/\n$/, '');
          expect(said).to.equal(
            descriptions[0]?.replace(/(?![\t\n\r])\p{Cc}|[\ufffe\uffff]/gu, (it) =>
              it < ' ' || it > '\ufffd' ? '\ufffd' : it,
            ),
          );
        },
      ),
      { numRuns: 10 },
    );
  });

  it('is what the golden files hold', () => {
    for (const name of Object.keys(cases))
      lint(
        [readFileSync(new URL(`../../fixtures/schedule/${name}.xml`, import.meta.url), 'utf8')],
        '--noout',
        '--schema',
        schema,
      );
  });
});
