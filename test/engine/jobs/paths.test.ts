import { expect } from 'chai';
import { linuxPaths } from '../../../native/linux/paths.ts';
import { win32Paths } from '../../../native/win32/paths.ts';
import { readJobFileBytes, type JobFileContent } from '../../../engine/jobs/read-job-file.ts';
import { messages } from './job-files.ts';

const systems = {
  Linux: { rules: linuxPaths, file: '/jobs/jobs.yml' },
  Windows: { rules: win32Paths, file: 'C:\\jobs\\jobs.yml' },
};

/** Sources and what becomes of them: a path and a name, or what is said. */
const sources: Record<keyof typeof systems, Record<string, [path: string, name: string] | string>> = {
  Linux: {
    '/home/ann': ['/home/ann', 'ann'],
    '/': ['/', 'root'],
    'data/': ['/jobs/data', 'data'],
    '../data': ['/data', 'data'],
    'E:data': ['/jobs/E:data', 'E:data'],
    'C:\\Data': "the path 'C:\\Data' is one of Windows. -> Run the job there, or give a path of this system.",
    'E:': "the path 'E:' is one of Windows. -> Run the job there, or give a path of this system.",
    '\\\\nas\\share': "the path '\\\\nas\\share' is not absolute. -> Give a path that begins with a slash.",
  },
  Windows: {
    'D:\\Data\\': ['D:\\Data', 'Data'],
    'd:/Data/./x/..': ['D:\\Data', 'Data'],
    'E:\\': ['E:\\', 'E'],
    '\\\\nas\\share\\ann': ['\\\\nas\\share\\ann', 'ann'],
    'data/ann': ['C:\\jobs\\data\\ann', 'ann'],
    '..\\data': ['C:\\data', 'data'],
    'E:': "the path 'E:' depends on the current folder of its drive. -> Put a backslash after the colon: 'E:\\'.",
    'E:data':
      "the path 'E:data' depends on the current folder of its drive. -> Put a backslash after the colon: 'E:\\data'.",
    '/home': "the path '/home' is not absolute. -> Give a path with its drive, or '\\\\server\\share\\folder'.",
    '\\home': "the path '\\home' is not absolute. -> Give a path with its drive, or '\\\\server\\share\\folder'.",
    'a<b': "the path 'a<b' cannot exist: 'a<b' is no name on Windows, it holds <.",
    'data/nul':
      "the path 'data/nul' would be read as another one: of 'nul', Windows takes it for a device. -> If it really has this name, put \\\\?\\ in front of the path.",
  },
};

for (const [system, expected] of Object.entries(sources)) {
  const { rules, file } = systems[system as keyof typeof systems];

  function read(settings: object): JobFileContent {
    const text = JSON.stringify({ version: 1, jobs: { docs: settings } });
    return readJobFileBytes(file, Buffer.from(text), { environment: {}, computerName: 'PC1', rules });
  }

  function said(content: JobFileContent): string {
    return messages(content, file)
      .map((message) => message.replace(/^:1:\d+: /, ''))
      .join('\n');
  }

  describe(`paths in a job file on ${system}`, () => {
    for (const [given, outcome] of Object.entries(expected)) {
      it(given, () => {
        const content = read({ sources: [given], destination: 'set' });
        if (typeof outcome === 'string') {
          expect(said(content)).to.equal(`'jobs.docs.sources[0]': ${outcome}`);
          expect(content.jobs).to.deep.equal([]);
        } else {
          expect(said(content)).to.equal('');
          const [path, name] = outcome;
          expect(content.jobs[0].settings.sources).to.deep.equal([{ path, name }]);
        }
      });
    }

    it('are told of all at once', () => {
      const wrong = Object.entries(expected).flatMap(([given, outcome]) => (typeof outcome === 'string' ? given : []));
      const hooks = { before: [{ script: wrong[0] }] };
      const { problems } = read({ sources: wrong, destination: wrong[0], excludeFile: wrong, hooks });
      expect(problems.map(({ key }) => key?.replace(/^jobs\.docs\./, ''))).to.deep.equal([
        ...wrong.map((_, index) => `sources[${index}]`),
        'destination',
        ...wrong.map((_, index) => `excludeFile[${index}]`),
        'hooks.before[0].script',
      ]);
    });
  });
}
