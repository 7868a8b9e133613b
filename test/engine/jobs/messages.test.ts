import { expect } from 'chai';
import { useSandbox } from '../../support/sandbox.ts';
import { fileWith, messages, read } from './job-files.ts';

/** What is inside a job, in its sixth line and after → what is said. */
const ofJobs: Record<string, [settings: string, ...messages: string[]]> = {
  'a misspelt key': ['    exlude: [a]\n', ":6:5: 'exlude' is no key of 'jobs.docs'. Did you mean 'exclude'?"],
  'a key with letters that changed places': [
    '    notify: {webhook: [{url: {evn: X}}]}\n',
    ":6:31: 'evn' is no key of 'jobs.docs.notify.webhook[0].url'. Did you mean 'env'?",
  ],
  'a key at the wrong place': [
    '    keepDaily: 7\n',
    ":6:5: 'keepDaily' is no key of 'jobs.docs'. It belongs into 'retention'.",
  ],
  'a key that means nothing': [
    '    log: {colour: red}\n',
    ":6:11: 'colour' is no key of 'jobs.docs.log', which has folder, keepFiles, level.",
  ],
  'a key that is there twice': [
    '    hash: None\n    hash: Sha256\n',
    ":7:5: the key 'hash' is here for the second time. -> Take one of them away.",
  ],
  'a merge key': [
    '    <<: {hash: None}\n',
    ":6:5: '<<' is no key of 'jobs.docs'. -> YAML 1.2 has no merge keys: write what jobs have in common under defaults.",
  ],
  'a value in another case': [
    '    snapshot: vss\n',
    ":6:15: 'jobs.docs.snapshot' is \"vss\" (expected one of Auto, Vss, Btrfs, None: what to read: a snapshot or the live files). Did you mean 'Vss'?",
  ],
  'a number out of bounds': [
    '    retention: {keepDaily: 0}\n',
    ":6:28: 'jobs.docs.retention.keepDaily' is 0 (expected a whole number from 1 to 1000000: keep the newest generation of each of this many days that have one).",
  ],
  'a text for a number': [
    '    maxLinks: many\n',
    ':6:15: \'jobs.docs.maxLinks\' is "many" (expected a whole number from 2 to 1000000: make a fresh copy of a file that has this many links. Default: what the file system bears).',
  ],
  'no for false': [
    '    enabled: no\n',
    ':6:14: \'jobs.docs.enabled\' is "no" (expected true or false: whether the job runs; one that does not is listed and can be run by name). -> Only true and false are that in YAML 1.2; yes, no, on and off are texts.',
  ],
  'a text for a list': [
    "    exclude: '*.tmp'\n",
    ':6:14: \'jobs.docs.exclude\' is "*.tmp" (expected a list, each a pattern in the syntax of .gitignore: what to leave out: patterns as in a .gitignore file). -> Write a list, even of one: each in a line of its own after a hyphen.',
  ],
  'an alias that was meant as a pattern': [
    '    exclude:\n      - *.tmp\n',
    ":7:9: '*.tmp' is an alias for a value that has no such name. -> A text that begins with * must be in quotes: '*.tmp'.",
  ],
  'a tag that was meant as a pattern': [
    '    exclude:\n      - !keep.txt\n',
    ":7:9: '!keep.txt' is a tag of YAML that is not known here. -> A text that begins with ! must be in quotes: '!keep.txt'.",
  ],
  'a comment that was meant as a pattern': [
    '    exclude:\n      - #recycle\n',
    ":7:9: 'jobs.docs.exclude[0]' is empty (expected a pattern in the syntax of .gitignore). -> A text that begins with # must be in quotes: # begins a comment.",
  ],
  'a percent sign without quotes': [
    '    description: %ComputerName%\n',
    ':6:18: a text cannot begin with %. -> Put it in quotes.',
  ],
  'a backslash in double quotes': [
    '    description: "C:\\Data"\n',
    ':6:21: a backslash in double quotes begins an escape, and this is none. -> Put a Windows path in single quotes, or in none.',
  ],
  'a tab': ['\thash: None\n', ':6:1: the line begins with a tab. -> Indent with spaces.'],
  'two schedules': [
    '    schedule: {at: ["01:00"], every: 1h}\n',
    ":6:5: 'jobs.docs.schedule' has at and every, and only one of them can be.",
  ],
  'no schedule': ['    schedule: {wakeToRun: true}\n', ":6:5: 'jobs.docs.schedule' needs at or every."],
  'a retention that keeps nothing': [
    '    retention: {maximumRemovals: 3}\n',
    ":6:5: 'jobs.docs.retention' needs at least one of keepLast, keepHourly, keepDaily, keepWeekly, keepMonthly, keepYearly, keepWithin.",
  ],
  'an hour that is none': [
    '    schedule: {at: ["24:00"]}\n',
    ':6:21: \'jobs.docs.schedule.at[0]\' is "24:00" (expected a time of day such as 22:30).',
  ],
  'a day twice': [
    '    schedule: {every: 1h, days: [Monday, Monday]}\n',
    ':6:33: \'jobs.docs.schedule.days\' has "Monday" twice.',
  ],
  'a hook of two kinds': [
    '    hooks: {before: [{run: a, script: b.ps1}]}\n',
    ":6:22: 'jobs.docs.hooks.before[0]' has run and script, and only one of them can be.",
  ],
  'an empty hook': [
    '    hooks: {before: [null]}\n',
    ":6:22: 'jobs.docs.hooks.before[0]' is empty (expected the keys run, script, arguments, timeout, onError).",
  ],
  'a missing key inside': [
    '    notify: {mail: {server: s, to: [a@b.c]}}\n',
    ":6:14: 'jobs.docs.notify.mail' is without 'from' (expected a text that is not empty: the sender's address).",
  ],
  'a password': [
    '    notify: {mail: {server: s, from: a@b.c, to: [a@b.c], password: hunter2}}\n',
    ":6:68: 'jobs.docs.notify.mail.password' is written down here, and a job file is no place for a secret. -> Write password: {env: NAME} for an environment variable, or password: {secret: NAME} for a secret that Get-Secret returns.",
  ],
  'a password in a URL': [
    '    notify: {webhook: [{url: "https://me:hunter2@example.org/"}]}\n',
    ":6:30: 'jobs.docs.notify.webhook[0].url' holds a password in a URL, and a job file is no place for a secret. -> Give the whole URL as {env: NAME} or {secret: NAME}.",
  ],
  'a token in a header': [
    '    notify: {webhook: [{url: "https://example.org/", headers: {Authorization: Bearer hunter2}}]}\n',
    ":6:79: 'jobs.docs.notify.webhook[0].headers.Authorization' is written down here, and a job file is no place for a secret. -> Write Authorization: {env: NAME}, or Authorization: {secret: NAME}.",
  ],
  'a URL of another kind': [
    '    notify: {webhook: [{url: "ftp://example.org/"}]}\n',
    ':6:30: \'jobs.docs.notify.webhook[0].url\' is "ftp://example.org/" (expected a URL that begins with https:// or http://, or a reference to a secret: env with the name of an environment variable, or secret with a name, and optionally vault, as Get-Secret takes them: where to: a URL that may be known, or a secret).',
  ],
  'a day that is none': [
    '    olderThan: 2026-02-31\n',
    ':6:16: \'jobs.docs.olderThan\' is "2026-02-31", and there is no such day or time.',
  ],
  'a time zone that is none': [
    '    retention: {keepLast: 1, timeZone: Europe/Berln}\n',
    ":6:40: 'jobs.docs.retention.timeZone' is 'Europe/Berln', and there is no such time zone. -> Give an IANA name such as Europe/Berlin, or UTC.",
  ],
  'a size with a unit that is none': [
    '    maximumSize: 5 XB\n',
    ':6:18: \'jobs.docs.maximumSize\' is "5 XB" (expected a number of bytes, or a number with a unit (powers of 1024) such as 500MB or 4GB: leave out files larger than this).',
  ],
  'no time at all': [
    '    hooks: {after: [{run: sync, timeout: 0s}]}\n',
    ':6:42: \'jobs.docs.hooks.after[0].timeout\' is "0s" (expected more than nothing).',
  ],
  'a variable that is not set': [
    '    description: of ${env:NOBODY}\n',
    ":6:18: the environment variable 'NOBODY' is not set. -> Set it for the account that runs the job; a scheduled job has other variables than your session.",
  ],
  'a variable that is empty': [
    '    excludeFile: ["${env:EMPTY}/x"]\n',
    ":6:19: the environment variable 'EMPTY' is empty. -> Set it for the account that runs the job; a scheduled job has other variables than your session.",
  ],
  'a variable of cmd.exe': [
    "    description: '%USERNAME%'\n",
    ":6:18: '%USERNAME%' is no variable that is known here. -> Write ${env:USERNAME} for an environment variable, and %% for the character %.",
  ],
  'a variable of a shell': [
    '    description: ${HOME}\n',
    ":6:18: '${HOME}' is no variable that is known here. -> Write ${env:NAME} for an environment variable, and $${ for the characters ${.",
  ],
};

/** Whole files. */
const ofFiles: Record<string, [content: string, ...messages: string[]]> = {
  nothing: ['', ':1:1: the file is empty. -> New-BackupJob writes a job file with everything explained.'],
  'only a comment': ['# x\n', ':1:1: the file is empty. -> New-BackupJob writes a job file with everything explained.'],
  'a text': [
    'hello\n',
    ':1:1: the file is "hello" (expected the keys $schema, version, defaults, jobs: Backup jobs: what to back up, to where, when, which generations to keep, and whom to tell. In every text ${env:NAME} stands for an environment variable and %ComputerName% for the name of the machine the job runs on; $${ and %% stand for ${ and %.).',
  ],
  'no version': [
    'jobs: {a: {sources: [a], destination: b}}\n',
    ":1:1: the file is without 'version' (expected 1: the version of this format).",
  ],
  'another version': [
    'version: 2\njobs: {a: {sources: [a], destination: b}}\n',
    ":1:10: 'version' is 2 (expected 1: the version of this format).",
  ],
  'no jobs': ['version: 1\njobs: {}\n', ":2:1: 'jobs' is empty (the jobs of this file by name)."],
  'neither sources nor destination': [
    'version: 1\njobs:\n  a: {hash: None}\n',
    ":3:3: 'jobs.a' is without 'sources' (expected a list of at least one, each a folder to back up: a path, or an object with path and, optionally, name: the folders to back up, at least one).",
    ":3:3: 'jobs.a' is without 'destination' (expected a text that is not empty: the folder of the backup set).",
  ],
  'a name that is none': [
    'version: 1\njobs:\n  my docs: {sources: [a], destination: b}\n',
    ":3:3: 'my docs' cannot be the name of a job (expected up to 64 letters, digits, . _ -, the first a letter or digit).",
  ],
  'a name that belongs to JavaScript': [
    'version: 1\njobs:\n  __proto__: {sources: [a], destination: b}\n',
    ":3:3: '__proto__' cannot be the name of a job (expected up to 64 letters, digits, . _ -, the first a letter or digit).",
  ],
  'a drive without quotes': [
    'version: 1\njobs:\n  a:\n    sources:\n      - E:\n    destination: b\n',
    ":5:9: 'E' is no key of 'jobs.a.sources[0]'. -> A path that ends in a colon must be in quotes: 'E:'.",
  ],
  'two sources with one name': [
    'version: 1\njobs:\n  a:\n    sources: [home, var/home]\n    destination: b\n',
    ":4:21: 'jobs.a.sources[1]' and 'jobs.a.sources[0]' would both be kept as 'home'. -> Give one of them a name of its own: {path: …, name: …}.",
  ],
  'a second document': [
    'version: 1\n---\njobs: {}\n',
    ':2:1: a second document begins here. -> A job file is one document: take the line --- away.',
  ],
  'a key over two lines': [
    'version 1\njobs:\n  a: 1\n',
    ':1:1: a key goes over several lines. -> Is a colon missing after a key?',
  ],
  'two colons': [
    'version: 1\njobs: a: {}\n',
    ':2:7: there is a second colon with a space after it in one line. -> Put a text that holds a colon and a space in quotes, and each key in a line of its own.',
  ],
  'a wrong default, once for all jobs': [
    'version: 1\ndefaults: {retention: {keepWithin: 0d}}\njobs:\n  a: {sources: [a], destination: b}\n  b: {sources: [a], destination: b}\n',
    ':2:36: \'defaults.retention.keepWithin\' is "0d" (expected more than nothing).',
  ],
};

describe('what is said of a job file with', () => {
  const sandbox = useSandbox();

  for (const [what, [settings, ...expected]] of Object.entries(ofJobs)) {
    it(what, () => {
      const file = sandbox().path('jobs.yml');
      const result = read(file, fileWith(settings));
      expect(messages(result, file)).to.deep.equal(expected);
      expect(result.jobs).to.deep.equal([]);
    });
  }

  for (const [what, [content, ...expected]] of Object.entries(ofFiles)) {
    it(what, () => {
      const file = sandbox().path('jobs.yml');
      const result = read(file, content);
      expect(messages(result, file)).to.deep.equal(expected);
      expect(result.jobs).to.deep.equal([]);
    });
  }

  it('a secret, without the secret', () => {
    const file = sandbox().path('jobs.yml');
    const said = Object.values(ofJobs).flatMap(([settings]) =>
      settings.includes('hunter2') ? read(file, fileWith(settings)).problems : [],
    );
    expect(said).to.have.length(3);
    expect(JSON.stringify(said)).not.to.contain('hunter2');
  });

  it('many mistakes, all at once and in their order', () => {
    const file = sandbox().path('jobs.yml');
    const { problems } = read(file, fileWith('    hash: Md5\n    snapshot: 1\n    exlude: []\n    maxLinks: 1\n'));
    expect(problems.map(({ line, key }) => `${line} ${key}`)).to.deep.equal([
      '6 jobs.docs.hash',
      '7 jobs.docs.snapshot',
      '8 jobs.docs.exlude',
      '9 jobs.docs.maxLinks',
    ]);
  });
});
