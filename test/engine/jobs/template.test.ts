import { expect } from 'chai';
import { chmodSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readJobs } from '../../../engine/jobs/read-jobs.ts';
import { closeHandle } from '../../../native/win32/library.ts';
import { Access, Option } from '../../../native/win32/open-item.ts';
import { openPath } from '../../../native/win32/open-path.ts';
import { makePrivateFolder } from '../../../native/win32/private-folder.ts';
import { readSecurity } from '../../../native/win32/security.ts';
import { jobTemplate } from '../../../engine/jobs/template/job-template.ts';
import { refusal, useEngine, withEngine } from '../../support/backup-set.ts';
import { skip } from '../../support/requires.ts';
import { useSandbox } from '../../support/sandbox.ts';

interface Written {
  file: string;
  action: string;
}

const settings = { sources: ['home'], destination: 'backup' };
const schema = JSON.parse(
  readFileSync(new URL('../../../config-schemas/job.schema.json', import.meta.url), 'utf8'),
) as {
  $defs: Record<string, { properties?: object }>;
};

describe('newJob', () => {
  const sandbox = useSandbox();
  const engine = useEngine();

  function write(path: string, name: string, more: object = {}): Promise<Written> {
    return engine().request<Written>('newJob', { path, name, settings, ...more });
  }

  it('makes a file with every key there is, explained', async () => {
    const path = sandbox().path('new/folder/docs.yml');
    expect(await write(path, 'docs')).to.deep.equal({ file: path, action: 'Created' });
    const text = readFileSync(path, 'utf8');
    for (const [type, { properties }] of Object.entries(schema.$defs))
      for (const key of Object.keys(properties ?? {}))
        if (!['Secret', 'JobSource'].includes(type)) expect(text, type).to.match(new RegExp(`^[ #]*${key}:`, 'm'));
    expect(text).to.match(/^# yaml-language-server: \$schema=job\.schema\.json\n/);
    expect(JSON.parse(readFileSync(sandbox().path('new/folder/job.schema.json'), 'utf8'))).to.deep.equal(schema);
    expect(readJobs([path]).jobs.map(({ name, line }) => [name, line])).to.deep.equal([['docs', 9]]);
  });

  it('makes a file whose comments are right, too', () => {
    const text = jobTemplate('docs', settings);
    const uncommented = text.replaceAll(/^ {4}#(?! )|^ {4}#(?= {2,}\S)/gm, '    ');
    const file = sandbox().path('docs.yml');
    writeFileSync(file, uncommented);
    const { jobs, problems } = readJobs([file]);
    expect(problems.map(({ message }) => message)).to.deep.equal([]);
    expect(jobs[0].settings.notify?.mail?.password).to.deep.equal({ env: 'MAIL_PASSWORD' });
    expect(jobs[0].settings.schedule?.at).to.deep.equal(['22:30']);
  });

  it('gives the file the name of the job in a folder', async () => {
    const folder = sandbox().path('jobs');
    mkdirSync(folder);
    expect(await write(folder, 'docs')).to.deep.equal({ file: join(folder, 'docs.yml'), action: 'Created' });
  });

  for (const [how, end] of [
    ['at the end', ''],
    ['before another key', "\n# The defaults.\ndefaults: {hash: 'None'} # all\n"],
  ]) {
    it(`adds a job ${how}, and changes nothing else`, async () => {
      const path = sandbox().path('jobs.yml');
      const before =
        '# Mine.\nversion:   1\njobs:\n   # The first.\n   docs:\n      sources: ["home"]   # all\n      destination: b\n      #hash: None\n';
      writeFileSync(path, before + end);
      chmodSync(path, 0o640);
      const { mode } = statSync(path);
      expect(await write(path, 'photos')).to.deep.equal({ file: path, action: 'Added' });
      const added = '   photos:\n     sources:\n       - home\n     destination: backup\n';
      expect(readFileSync(path, 'utf8')).to.equal(before + added + end);
      expect(statSync(path).mode).to.equal(mode);
    });
  }

  it('keeps line ends of Windows', async () => {
    const path = sandbox().path('jobs.yml');
    writeFileSync(path, 'version: 1\r\njobs:\r\n  docs: {sources: [home], destination: b}\r\n');
    await write(path, 'photos');
    expect(readFileSync(path, 'utf8').replaceAll('\r\n', '')).not.to.match(/[\r\n]/);
  });

  it('adds a job where all are in one line', async () => {
    const path = sandbox().path('jobs.yml');
    writeFileSync(path, '{version: 1, jobs: {docs: {sources: [home], destination: b}}} # mine\n');
    expect((await write(path, 'photos')).action).to.equal('Added');
    expect(readJobs([path]).jobs.map(({ name }) => name)).to.deep.equal(['docs', 'photos']);
    expect(readFileSync(path, 'utf8')).to.contain('# mine');
  });

  it('replaces a job only by force', async () => {
    const path = sandbox().path('jobs.yml');
    await write(path, 'docs');
    await write(path, 'photos');
    const before = readFileSync(path, 'utf8');
    for (const [name, force] of [
      ['docs', false],
      ['DOCS', true],
    ] as const) {
      const { data } = await refusal(write(path, name, { force }));
      expect(data.id).to.equal('JobExists');
      expect(readFileSync(path, 'utf8')).to.equal(before);
    }
    const again = { sources: ['srv'], destination: 'backup' };
    expect((await write(path, 'docs', { force: true, settings: again })).action).to.equal('Replaced');
    const [docs, photos] = readJobs([path]).jobs;
    expect(docs.settings.sources).to.deep.equal([{ path: sandbox().path('srv'), name: 'srv' }]);
    expect(photos.settings.sources).to.deep.equal([{ path: sandbox().path('home'), name: 'home' }]);
  });

  it('changes nothing with whatIf, and refuses the same', async () => {
    const path = sandbox().path('jobs.yml');
    expect(await write(path, 'docs', { whatIf: true })).to.deep.equal({ file: path, action: 'Created' });
    expect(statSync(path, { throwIfNoEntry: false })).to.equal(undefined);
    const { data, message } = await refusal(write(path, 'my docs', { whatIf: true }));
    expect(data.id).to.equal('JobInvalid');
    expect(message).to.contain("'my docs' cannot be the name of a job");
  });

  it('writes no settings that the reader refuses', async () => {
    const path = sandbox().path('jobs.yml');
    const wrong = { ...settings, snapshot: 'Never', retention: { keepDayly: 1 } };
    const { data, message } = await refusal(write(path, 'docs', { settings: wrong }));
    expect(data.id).to.equal('JobInvalid');
    expect(message).to.contain("Did you mean 'keepDaily'?").and.to.contain('jobs.docs.snapshot');
    expect(statSync(path, { throwIfNoEntry: false })).to.equal(undefined);
  });

  it('writes variables that only the account of the job has', async () => {
    const path = sandbox().path('jobs.yml');
    const elsewhere = { sources: ['${env:NOBODY_HAS_THIS}/x'], destination: 'b/%ComputerName%' };
    await write(path, 'docs', { settings: elsewhere });
    expect(readFileSync(path, 'utf8')).to.contain('${env:NOBODY_HAS_THIS}/x');
  });

  it('leaves a file alone that it cannot understand', async () => {
    const path = sandbox().path('jobs.yml');
    writeFileSync(path, 'version: 1\njobs: [\n');
    const { data } = await refusal(write(path, 'docs'));
    expect(data.id).to.equal('JobInvalid');
    expect(readFileSync(path, 'utf8')).to.equal('version: 1\njobs: [\n');
  });

  it('refuses names that a folder of jobs would not show', async () => {
    expect((await refusal(write(sandbox().path('jobs.txt'), 'docs'))).data.id).to.equal('InvalidParameter');
  });

  it("lets nobody else write to the folder of this machine's jobs", async function () {
    if (process.platform !== 'win32') return skip(this, 'elsewhere it lies where only root may write');
    const programData = sandbox().path('ProgramData');
    const path = join(programData, 'MirrorBackup', 'Jobs', 'docs.yml');
    await withEngine({ environment: { ProgramData: programData } }, (other) =>
      other.request('newJob', { path, name: 'docs', settings }),
    );
    const [asUsual, forItself] = ['usual', 'private'].map((name) => sandbox().path(name));
    mkdirSync(asUsual);
    makePrivateFolder(forItself);
    const made = securityOf(join(programData, 'MirrorBackup'));
    expect(made).to.equal(securityOf(forItself));
    expect(made).not.to.equal(securityOf(asUsual));
    expect(readJobs([path]).problems).to.deep.equal([]);
  });

  it('says what cannot be written', async () => {
    writeFileSync(sandbox().path('file'), '');
    const { data } = await refusal(write(sandbox().path('file/jobs.yml'), 'docs'));
    expect(data.id).to.equal('JobFileNotWritable');
  });
});

/** Who owns a folder, and who may do what with it. */
function securityOf(folder: string): string {
  const handle = openPath(folder, Access.Read, Option.ReparsePoint);
  try {
    const descriptor = readSecurity({ handle, audit: false });
    if (typeof descriptor === 'number') throw new Error(`the security of ${folder} cannot be read: ${descriptor}`);
    return descriptor.toString('hex');
  } finally {
    closeHandle(handle);
  }
}
