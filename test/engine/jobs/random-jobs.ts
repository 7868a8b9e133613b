import fc from 'fast-check';

const text = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 20 })
  .filter((one) => /^[^\p{C}\u2028\u2029]+$/u.test(one));
/** As it is written, with what would be a variable escaped. */
const written = text.map((one) => one.replaceAll('%', '%%').replaceAll('${', '$${'));
const name = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._-]{0,20}$/);
/** Absolute paths as the engine shows them. */
const linuxPath = fc
  .array(fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9 _#:'"-]{0,8}[a-z]$/), { minLength: 1, maxLength: 3 })
  .map((parts) => `/${parts.join('/')}`);
const windowsPath = fc
  .tuple(
    fc.constantFrom('C:', 'Z:', '\\\\nas\\share'),
    fc.array(fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9 _#,'!-]{0,8}[0-9]x$/), { minLength: 1, maxLength: 3 }),
  )
  .map(([root, parts]) => [root, ...parts].join('\\'));
const duration = fc
  .tuple(fc.integer({ min: 1, max: 900 }), fc.constantFrom('s', 'min', 'h', 'd', 'w'))
  .map(([count, unit]) => `${count}${unit}`);
const count = fc.integer({ min: 1, max: 1_000_000 });
const boolean = fc.boolean();
const when = fc.subarray(['Complete', 'Partial', 'Failed', 'Cancelled'], { minLength: 1 });
const secret = fc.oneof(
  fc.record({ env: name }),
  fc.record({ secret: written, vault: written }, { requiredKeys: ['secret'] }),
);
const day = fc.constantFrom('Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday');
const timeOfDay = fc
  .tuple(fc.nat(23), fc.nat(59))
  .map((parts) => parts.map((part) => String(part).padStart(2, '0')).join(':'));
const often = {
  days: fc.uniqueArray(day, { minLength: 1 }),
  randomDelay: duration,
  missed: fc.constantFrom('Run', 'Skip'),
  wakeToRun: boolean,
  timeLimit: duration,
  user: written,
};
const some = { requiredKeys: [] };

const hookOf = (path: fc.Arbitrary<string>): fc.Arbitrary<object> =>
  fc.oneof(
    fc.record(
      { run: path, arguments: fc.array(written), timeout: duration, onError: fc.constantFrom('Stop', 'Continue') },
      { requiredKeys: ['run'] },
    ),
    fc.record({ script: path, timeout: duration }, { requiredKeys: ['script'] }),
  );
/** Settings as a person may write them, all of them right. */
const settingsOf = (path: fc.Arbitrary<string>): fc.Arbitrary<Record<string, unknown>> =>
  fc.record(
    {
      description: written,
      enabled: boolean,
      sources: fc.uniqueArray(fc.record({ path, name: fc.stringMatching(/^[a-z]{1,9}$/) }), {
        minLength: 1,
        maxLength: 3,
        selector: (one) => one.name,
      }),
      destination: path,
      setId: fc.uuid(),
      exclude: fc.array(written, { maxLength: 3 }),
      include: fc.array(written, { maxLength: 3 }),
      excludeFile: fc.array(path, { maxLength: 2 }),
      excludeCacheDirectory: boolean,
      maximumSize: fc.oneof(
        fc.nat(),
        fc.nat(9999).map((size) => `${size} MiB`),
      ),
      olderThan: fc.oneof(
        duration,
        fc
          .date({ min: new Date('1971'), max: new Date('2999'), noInvalidDate: true })
          .map((date) => date.toISOString().slice(0, 10)),
      ),
      snapshot: fc.constantFrom('Auto', 'Vss', 'Btrfs', 'None'),
      comparison: fc.constantFrom('Metadata', 'Content'),
      hash: fc.constantFrom('Sha256', 'None'),
      maxLinks: fc.integer({ min: 2, max: 1_000_000 }),
      skipUnchanged: boolean,
      retention: fc.record(
        { keepLast: count, keepDaily: count, keepWithin: duration, timeZone: fc.constantFrom('Europe/Berlin', 'UTC') },
        { requiredKeys: ['keepLast'] },
      ),
      verify: fc.record({ content: boolean, samplePercent: fc.integer({ min: 1, max: 100 }) }, some),
      hooks: fc.record(
        { before: fc.array(hookOf(path), { maxLength: 2 }), after: fc.array(hookOf(path), { maxLength: 2 }) },
        some,
      ),
      report: fc.array(
        fc.record({ file: path, format: fc.constantFrom('Html', 'Json', 'Prometheus') }, { requiredKeys: ['file'] }),
        { maxLength: 2 },
      ),
      notify: fc.record(
        {
          mail: fc.record(
            {
              server: fc.constant('mail.example.org'),
              from: fc.constant('a@b.c'),
              to: fc.constant(['a@b.c']),
              password: secret,
              when,
              port: fc.integer({ min: 1, max: 65535 }),
            },
            { requiredKeys: ['server', 'from', 'to'] },
          ),
          webhook: fc.array(
            fc.record(
              {
                url: fc.oneof(fc.constant('https://example.org/x'), secret),
                headers: fc.dictionary(fc.stringMatching(/^X-[A-B]{1,5}$/), fc.oneof(written, secret)),
                timeout: duration,
              },
              { requiredKeys: ['url'] },
            ),
            { maxLength: 2 },
          ),
          syslog: fc.record({ when, facility: fc.constantFrom('daemon', 'local3') }, some),
        },
        some,
      ),
      schedule: fc.oneof(
        fc.record(
          { at: fc.uniqueArray(timeOfDay, { minLength: 1, maxLength: 3 }), ...often },
          { requiredKeys: ['at'] },
        ),
        fc.record({ every: fc.constantFrom('5min', '1h', '12h'), ...often }, { requiredKeys: ['every'] }),
      ),
      log: fc.record(
        { folder: path, keepFiles: fc.integer({ min: 1, max: 100_000 }), level: fc.constantFrom('Error', 'Debug') },
        some,
      ),
    },
    { requiredKeys: ['sources', 'destination'] },
  );

/** Settings by the system whose paths they have. */
export const randomSettings = { Linux: settingsOf(linuxPath), Windows: settingsOf(windowsPath) };

/** A file of them. */
export function randomJobs(system: keyof typeof randomSettings): fc.Arbitrary<[string, Record<string, unknown>][]> {
  return fc.uniqueArray(fc.tuple(name, randomSettings[system]), {
    minLength: 1,
    maxLength: 3,
    selector: ([one]) => one.toLowerCase(),
  });
}

/** What a reader makes of what was written. */
export function unescaped(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value), (_, one: unknown) =>
    typeof one === 'string' ? one.replaceAll('%%', '%').replaceAll('$${', '${') : one,
  );
}
