import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect } from 'chai';
import { readdirSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { linuxPaths } from '../../native/linux/paths.ts';
import { win32Paths } from '../../native/win32/paths.ts';
import { readJobFileBytes } from '../../engine/jobs/read-job-file.ts';
import { jobPage } from '../../scripts/generate-job-docs.mjs';

const root = new URL('../../', import.meta.url);
const read = (path: string): string => readFileSync(new URL(path, root), 'utf8');

/** Blocks of YAML that are whole job files. */
function examples(): { page: string; text: string }[] {
  const pages = [
    'README.md',
    ...readdirSync(new URL('docs/', root))
      .filter((name) => name.endsWith('.md'))
      .map((name) => `docs/${name}`),
  ];
  return pages.flatMap((page) =>
    [...read(page).matchAll(/^```ya?ml\n([^]*?)^```$/gm)]
      .map(([, text]) => ({ page, text }))
      .filter(({ text }) => /^jobs:/m.test(text)),
  );
}

describe('docs/jobs.md', () => {
  it('is what scripts/generate-job-docs.mjs makes of the schema', () => {
    expect(read('docs/jobs.md')).to.equal(jobPage());
  });

  it('names every key', () => {
    const schema = JSON.parse(read('config-schemas/job.schema.json')) as {
      $defs: Record<string, { properties?: object }>;
    };
    const page = read('docs/jobs.md');
    for (const { properties = {} } of Object.values(schema.$defs))
      for (const key of Object.keys(properties)) expect(page).to.contain(`| \`${key}\` |`);
  });
});

describe('job files in the documentation', () => {
  const validate = new Ajv2020({
    strict: true,
    allowUnionTypes: true,
    strictRequired: false,
    formats: { uuid: true },
  }).compile(JSON.parse(read('config-schemas/job.schema.json')) as object);

  it('are there', () => expect(examples().length).to.be.greaterThan(3));

  for (const [index, { page, text }] of examples().entries()) {
    it(`are what editors and the reader accept: ${page}, ${index + 1}`, () => {
      expect(validate(parse(text)), JSON.stringify(validate.errors)).to.equal(true);
      const rules = /[A-Z]:\\/.test(text) ? win32Paths : linuxPaths;
      const file = rules === win32Paths ? 'C:\\jobs\\jobs.yml' : '/jobs/jobs.yml';
      const { jobs, problems } = readJobFileBytes(file, Buffer.from(text), {
        environment: {},
        computerName: 'PC',
        rules,
      });
      expect(problems.map(({ message }) => message)).to.deep.equal([]);
      expect(jobs.length).to.be.greaterThan(0);
    });
  }
});
