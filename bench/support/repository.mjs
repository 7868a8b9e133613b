import { canRun, run } from './processes.mjs';

/** Backups into repositories, for those who have these programs and ask for them. */
const programs = {
  restic: (repository) => ({
    env: { RESTIC_PASSWORD: 'bench', RESTIC_REPOSITORY: repository, RESTIC_CACHE_DIR: `${repository}.cache` },
    init: ['restic', '-q', 'init'],
    backup: (source) => ['restic', '-q', 'backup', source],
  }),
  borg: (repository) => ({
    env: { BORG_BASE_DIR: `${repository}.cache`, BORG_UNKNOWN_UNENCRYPTED_REPO_ACCESS_IS_OK: 'yes' },
    init: ['borg', 'init', '-e', 'none', repository],
    backup: (source) => ['borg', 'create', `${repository}::{now:%Y-%m-%dT%H:%M:%S.%f}`, source],
  }),
};

/** Participants that back up into a repository; with `isFirst` into a new one each time. */
export async function openRepositories(bench, source, { isFirst = false } = {}) {
  const participants = [];
  for (const name of Object.keys(programs)) {
    if (!bench.hasPeer(name)) continue;
    if (await canRun(name, name === 'restic' ? 'version' : '--version'))
      participants.push(await openRepository(bench, name, source, isFirst));
    else console.log(`${name} is not installed: it is left out.`);
  }
  return participants;
}

async function openRepository(bench, name, source, isFirst) {
  const repository = bench.path(name);
  const { env, init, backup } = programs[name](repository);
  const options = { env, signal: bench.signal };
  const remove = () => bench.remove(repository, `${repository}.cache`);
  const participant = { name, run: async () => ({ [name]: await bench.timed(backup(source), { env }) }) };
  if (isFirst) return { ...participant, prepare: () => run(init, options), clean: remove };
  await run(init, options);
  await run(backup(source), options);
  return { ...participant, end: remove };
}
