import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { hook, useJob } from '../../../support/job.ts';

describe('the log files of a job', () => {
  const job = useJob();

  it('are one for each run, also within a second, and private', async () => {
    job().write();
    await Promise.all([job().run(), job().run(), job().run()]);
    const files = job().logFiles();
    expect(files).to.have.length(3);
    for (const file of files) {
      expect(file).to.match(/docs-\d{4}-\d\d-\d\dT\d{6}Z(-\d)?\.jsonl$/);
      if (process.platform !== 'win32') expect(statSync(file).mode & 0o077).to.equal(0);
    }
  });

  it('stay as many as the job keeps; those of others, and other files, are left alone', async () => {
    const folder = job().sandbox.path('logs');
    mkdirSync(folder);
    const old = [
      'docs-2020-01-01T000000Z.jsonl',
      'docs-2020-01-01T000000Z-2.jsonl',
      'docs-2020-01-01T000000Z-10.jsonl',
    ];
    const others = ['docs-old-2020-01-01T000000Z.jsonl', 'docs-notes.jsonl', 'docs.jsonl', 'x'];
    for (const name of [...old, ...others]) writeFileSync(join(folder, name), '');
    job().write({ log: { folder, keepFiles: 2 } });
    const result = await job().run();
    const left = readdirSync(folder);
    expect(left).to.include.members([...others, 'docs-2020-01-01T000000Z-10.jsonl']);
    expect(left).to.have.length(others.length + 2);
    expect(result.logFile).to.match(/^.*[\\/]docs-20(2[6-9]|[3-9]\d)-/);
  });

  it('say as much as the job wants', async () => {
    job().write({ log: { level: 'Error' }, hooks: { before: [hook('console.log("chatter")')] } });
    expect(job().log(await job().run())).to.deep.equal([]);
    job().write({ log: { level: 'Debug' }, hooks: { before: [hook('console.log("chatter")')] } });
    expect(
      job()
        .log(await job().run())
        .map(({ message }) => message),
    ).to.include('chatter');
  });

  it('never hold a secret, nor do state, result and what the engine tells, whatever quotes it', async () => {
    const secret = 'hunter2/"x" & y';
    const quote = `console.log('it is ' + process.argv[1]); console.log(encodeURIComponent(process.argv[1]), JSON.stringify(process.argv[1])); process.exit(1)`;
    job().write({
      log: { level: 'Debug' },
      hooks: {
        before: [hook(quote, {}, secret)],
        after: [hook(quote, {}, secret)],
      },
      notify: {
        webhook: [{ url: 'http://127.0.0.1:1/', headers: { Authorization: { secret: 'token', vault: 'v' } } }],
      },
    });
    const engine = job().engine({ environment: { MIRRORBACKUP_DEBUG: '1' } });
    const result = await job().run({ secrets: { 'v/token': secret } }, engine);
    expect(result.state).to.equal('Failed');
    expect(result.hooks[0].message).to.include('it is ***');
    const written = [
      readFileSync(String(result.logFile), 'utf8'),
      JSON.stringify(result),
      JSON.stringify(engine.notes),
      engine.stderr,
      ...readdirSync(job().state, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8')),
    ].join('\n');
    expect(written).to.include('***');
    for (const form of [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)])
      expect(written).not.to.include(form);
  });
});
