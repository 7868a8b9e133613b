import { expect } from 'chai';
import { mkdirSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { LARGEST_FILE } from '../../../engine/jobs/job-file-text.ts';
import { readJobs } from '../../../engine/jobs/read-jobs.ts';
import { useSandbox } from '../../support/sandbox.ts';
import { fileWith, messages, options, read, ROOT } from './job-files.ts';

const simple = fileWith('    description: Ärger\n');

function utf16(text: string, order: 'LE' | 'BE', mark: boolean): Buffer {
  const bytes = Buffer.from((mark ? '\ufeff' : '') + text, 'utf16le');
  return order === 'LE' ? bytes : bytes.swap16();
}

describe('job files', () => {
  const sandbox = useSandbox();

  const forms: Record<string, string | Buffer> = {
    'UTF-8': simple,
    'UTF-8 with a byte order mark': `\ufeff${simple}`,
    'UTF-16, little-endian': utf16(simple, 'LE', true),
    'UTF-16, big-endian': utf16(simple, 'BE', true),
    'UTF-16 without a mark': utf16(simple, 'LE', false),
    CRLF: simple.replaceAll('\n', '\r\n'),
    JSON: JSON.stringify({
      version: 1,
      jobs: { docs: { sources: ['home'], destination: 'backup', description: 'Ärger' } },
    }),
  };
  for (const [form, content] of Object.entries(forms)) {
    it(`may be in ${form}`, () => {
      const { jobs, problems } = read(sandbox().path('jobs.yml'), content);
      expect(problems).to.deep.equal([]);
      expect(jobs[0].settings.description).to.equal('Ärger');
      expect(jobs[0].line).to.equal(form === 'JSON' ? 1 : 3);
    });
  }

  const refused: Record<string, [Buffer | string, string]> = {
    'an old code page': [
      Buffer.from(simple, 'latin1'),
      ':6:18: the text is not valid UTF-8 from here on. -> Save it as UTF-8.',
    ],
    zeros: [
      Buffer.alloc(100),
      ':1:1: the character U+0000 cannot be in a text file. -> Check that the path is that of a job file, and not of a file of another kind.',
    ],
    'a program': [
      Buffer.from('\u007fELF\u0002\u0001\u0001'),
      ':1:1: the character U+007F cannot be in a text file. -> Check that the path is that of a job file, and not of a file of another kind.',
    ],
    'deep nesting': ['['.repeat(50_000), ':1:1: the lists and keys are nested too deeply.'],
    'an alias of itself': ['version: &a [*a]\n', ':1:13: the lists and keys are nested too deeply.'],
    'aliases of aliases': [
      `a: &a [${'x,'.repeat(99)}x]\n${'bcdefgh'.replaceAll(/./g, (c) => `${c}: &${c} [${`*${String.fromCharCode(c.charCodeAt(0) - 1)},`.repeat(9)}*a]\n`)}`,
      ':2:11: the file has more than 100 aliases.',
    ],
  };
  for (const [what, [content, ...expected]] of Object.entries(refused)) {
    it(`cannot be ${what}`, () => {
      const file = sandbox().path('jobs.yml');
      const result = read(file, content);
      expect(messages(result, file)).to.deep.equal(expected);
    });
  }

  it('cannot be larger than a person writes', () => {
    const file = sandbox().path('jobs.yml');
    writeFileSync(file, simple);
    truncateSync(file, LARGEST_FILE + 1);
    const { problems } = readJobs([file], [], options);
    expect(problems.map(({ message }) => message)).to.deep.equal([
      `${file}:1:1: the file has ${LARGEST_FILE + 1} bytes, a job file at most ${LARGEST_FILE}.`,
    ]);
  });

  it('are read from a folder in order, without what is below or of another kind', () => {
    const folder = sandbox().path('jobs');
    const file = (name: string, job: string): void => {
      mkdirSync(`${folder}/below`, { recursive: true });
      writeFileSync(`${folder}/${name}`, simple.replace('docs', job));
    };
    file('b.yml', 'b');
    file('a.yaml', 'a');
    file('c.YML', 'c');
    file('d.yml.bak', 'd');
    file('below/e.yml', 'e');
    const { jobs, problems } = readJobs([folder], [], options);
    expect(problems).to.deep.equal([]);
    expect(jobs.map(({ name }) => name)).to.deep.equal(['a', 'b', 'c']);
  });

  it('that are wrong do not hide others', () => {
    const folder = sandbox().path('jobs');
    read(`${folder}/a.yml`, 'version: 1\njobs: {a: {}}\n');
    read(`${folder}/b.yml`, '}');
    read(`${folder}/c.yml`, simple);
    const { jobs, problems } = readJobs([`${folder}/missing.yml`, folder], [], options);
    expect(jobs.map(({ name }) => name)).to.deep.equal(['docs']);
    expect(problems.map(({ id, path }) => `${id} ${path.slice(folder.length + 1)}`)).to.deep.equal([
      'JobFileNotFound missing.yml',
      'JobInvalid a.yml',
      'JobInvalid a.yml',
      'JobInvalid b.yml',
    ]);
  });

  it('may have jobs that are wrong beside one that is right', () => {
    const file = sandbox().path('jobs.yml');
    const content = `${simple}  other:\n    sources: [x]\n    destination: \${env:NOBODY}\n`;
    expect(read(file, content).jobs.map(({ name }) => name)).to.deep.equal(['docs']);
    expect(read(file, content).problems.map(({ job }) => job)).to.deep.equal(['other']);
    expect(read(file, content, ['docs']).problems).to.deep.equal([]);
  });

  it('of a folder cannot have two jobs with one name, if only case tells them apart', () => {
    const folder = sandbox().path('jobs');
    read(`${folder}/a.yml`, simple);
    read(`${folder}/b.yml`, simple.replace('docs', 'Docs'));
    const { jobs, problems } = readJobs([folder], [], options);
    expect(jobs.map(({ name }) => name)).to.deep.equal(['docs']);
    expect(problems.map(({ message }) => message)).to.deep.equal([
      `${join(folder, 'b.yml')}:3:1: the folder has another job with the name 'Docs', in ${join(folder, 'a.yml')}:3.`,
    ]);
  });

  it('are asked for jobs by name', () => {
    const file = sandbox().path('jobs.yml');
    const content = `${simple}  photos: {sources: [p], destination: b}\n`;
    expect(read(file, content, ['PHO*']).jobs.map(({ name }) => name)).to.deep.equal(['photos']);
    expect(read(file, content, ['x*'])).to.deep.equal({ jobs: [], problems: [] });
    const { problems } = read(file, content, ['phots']);
    expect(problems.map(({ id, message, hint }) => [id, message, hint])).to.deep.equal([
      ['JobNotFound', "There is no job 'phots'.", 'There are docs, photos.'],
    ]);
  });

  it('keep names that YAML would take for numbers or more', () => {
    const names = ['1.0', '1', '0x10', '1e3', 'true', 'null', 'no', '2026-11-26', 'constructor', 'toString'];
    const content = `version: 1\njobs:\n${names.map((name) => `  ${name}: {sources: [a], destination: b}\n`).join('')}`;
    const { jobs, problems } = read(sandbox().path('jobs.yml'), content);
    expect(problems).to.deep.equal([]);
    expect(jobs.map(({ name }) => name)).to.have.members(names);
  });
});

describe('a job', () => {
  const sandbox = useSandbox();

  it('has what its file says under defaults, unless it says so itself', () => {
    const { jobs } = read(
      sandbox().path('jobs.yml'),
      'version: 1\ndefaults: {hash: None, retention: {keepLast: 1}, destination: d}\njobs:\n  a: {sources: [a]}\n  b: {sources: [a], destination: b, retention: {keepDaily: 2}}\n',
    );
    expect(jobs.map(({ settings }) => [settings.destination, settings.hash, settings.retention])).to.deep.equal([
      [sandbox().path('d'), 'None', { keepLast: 1 }],
      [sandbox().path('b'), 'None', { keepDaily: 2 }],
    ]);
  });

  it('has the values of variables, which are not looked at again', () => {
    const { jobs, problems } = read(
      sandbox().path('jobs.yml'),
      fileWith(
        [
          '    description: "%COMPUTERNAME%: ${env:TRICKY}, $${env:ROOT}, 100 %%, 50 %"',
          "    exclude: ['%COMPUTERNAME%/*', '%%ComputerName%%']",
          '    log: {folder: "${env:ROOT}/%ComputerName%"}',
        ].join('\n'),
      ),
    );
    expect(problems).to.deep.equal([]);
    const { description, exclude, log } = jobs[0].settings;
    expect(description).to.equal('PC1: ${env:ROOT} %ComputerName%, ${env:ROOT}, 100 %, 50 %');
    expect(exclude).to.deep.equal(['PC1/*', '%ComputerName%']);
    expect(log?.folder).to.equal(join(ROOT, 'PC1'));
  });

  it('has relative paths in the folder of its file', () => {
    const folder = sandbox().path('jobs');
    const { jobs, problems } = read(
      `${folder}/jobs.yml`,
      [
        'version: 1',
        'jobs:',
        '  docs:',
        '    sources: [data, ../other, {path: ./x/../y, name: z}]',
        '    destination: set',
        '    excludeFile: [exclude.txt]',
        '    hooks: {before: [{run: pg_dump}, {run: ./here}, {script: a.ps1}]}',
        '    report: [{file: report.html}]',
        '    log: {folder: logs}',
      ].join('\n'),
    );
    expect(problems).to.deep.equal([]);
    const { sources, destination, excludeFile, hooks, report, log } = jobs[0].settings;
    expect(sources).to.deep.equal([
      { path: join(folder, 'data'), name: 'data' },
      { path: sandbox().path('other'), name: 'other' },
      { path: join(folder, 'y'), name: 'z' },
    ]);
    expect(destination).to.equal(join(folder, 'set'));
    expect(excludeFile).to.deep.equal([join(folder, 'exclude.txt')]);
    expect(hooks?.before.map(({ run, script }) => run ?? script)).to.deep.equal([
      'pg_dump',
      join(folder, 'here'),
      join(folder, 'a.ps1'),
    ]);
    expect(report[0].file).to.equal(join(folder, 'report.html'));
    expect(log?.folder).to.equal(join(folder, 'logs'));
  });
});
