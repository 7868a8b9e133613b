import { expect } from 'chai';
import { userInfo } from 'node:os';
import { writeFileSync } from 'node:fs';
import type { DescribeSchedulesParams, DescribeSchedulesResult } from '../../../engine/types/protocol.ts';
import { EngineProcess } from '../../support/engine-process.ts';
import { linuxLaunch } from '../../support/scheduled-job.ts';
import { useSandbox } from '../../support/sandbox.ts';

// What only looks absolute on the other platform is refused.
const folder = process.platform === 'win32' ? 'C:/data' : '/data';

const TEXT = `
version: 1
jobs:
  docs:
    sources: ['${folder}']
    destination: '${folder}/set'
    schedule: { at: ['02:30'], user: backup }
  web:
    sources: ['${folder}']
    destination: '${folder}/set'
    schedule: { every: 1h }
  byHand:
    sources: ['${folder}']
    destination: '${folder}/set'
`;

describe('describeSchedules', () => {
  const sandbox = useSandbox();
  let engine: EngineProcess;

  beforeEach(() => {
    engine = new EngineProcess();
  });
  afterEach(async () => {
    await engine.close();
  });

  async function ask(given: Partial<DescribeSchedulesParams>, text = TEXT): Promise<DescribeSchedulesResult> {
    const file = sandbox().path('jobs.yml');
    writeFileSync(file, text);
    const params = {
      paths: [file],
      scheduler: 'Systemd',
      shell: linuxLaunch.shell,
      script: linuxLaunch.script,
      ...given,
    };
    return engine.request<DescribeSchedulesResult>('describeSchedules', params);
  }

  const itemErrors = (): unknown[] =>
    engine.notes
      .filter(({ method }) => method === 'itemError')
      .map(({ params }) => (params['error'] as { id: string }).id);

  it('describes the jobs of a file that have a schedule', async () => {
    const { schedules } = await ask({});
    expect(schedules.map(({ job }) => job)).to.deep.equal(['docs', 'web']);
    expect(schedules[0]?.files.map(({ name, encoding }) => `${name} ${encoding}`)).to.deep.equal([
      'mirrorbackup-docs.service Utf8',
      'mirrorbackup-docs.timer Utf8',
    ]);
    expect(schedules[0]).to.include({ id: 'mirrorbackup-docs.timer', user: 'backup', account: 'User', enabled: true });
    expect(schedules[0]?.files[0]?.text).to.contain('\nUser=backup\n');
    expect(itemErrors()).to.deep.equal([]);
  });

  it('describes tasks, for another account as well', async () => {
    const { schedules } = await ask({ scheduler: 'TaskScheduler', user: 'CONTOSO\\ann', logon: 'Password' });
    expect(schedules[0]).to.include({ id: '\\MirrorBackup\\docs', user: 'CONTOSO\\ann', account: 'User' });
    expect(schedules[0]?.files[0]?.text).to.contain('<UserId>CONTOSO\\ann</UserId>');
    expect(schedules[0]?.files[0]?.encoding).to.equal('Utf16');
  });

  it('says of a job that is asked for that it has no schedule', async () => {
    const { schedules } = await ask({ names: ['WEB', 'byHand'] });
    expect(schedules.map(({ job }) => job)).to.deep.equal(['web']);
    expect(itemErrors()).to.deep.equal(['JobNotScheduled']);
  });

  it('fails when no job has one', async () => {
    const error = await ask({}, TEXT.replace(/ +schedule:.*\n/g, '')).then(
      () => undefined,
      (reason: unknown) => reason,
    );
    expect(error).to.have.nested.property('data.id', 'JobNotScheduled');
  });

  it('says what is wrong in a file, and describes the rest', async () => {
    const { schedules } = await ask({}, TEXT.replace('every: 1h', 'every: 7h'));
    expect(schedules.map(({ job }) => job)).to.deep.equal(['docs']);
    expect(itemErrors()).to.deep.equal(['JobInvalid']);
  });

  it('gives no job of a user to another one', async () => {
    const { schedules } = await ask({ scheduler: 'SystemdUser' });
    expect(schedules.map(({ job }) => job)).to.deep.equal(['web']);
    expect(itemErrors()).to.deep.equal(['ElevationRequired']);
    expect(
      (await ask({ scheduler: 'SystemdUser', user: userInfo().username })).schedules[0]?.files[0]?.text,
    ).not.to.match(/^User=/m);
  });
});
