import js from '@eslint/js';
import boundaries from 'eslint-plugin-boundaries';
import tseslint from 'typescript-eslint';

// Dependencies point down only: module → protocol → commands → concerns → errors, text and types → native.
const layers = [
  { type: 'protocol', pattern: 'engine/protocol', mayImport: ['commands', 'foundation'] },
  { type: 'commands', pattern: 'engine/commands', mayImport: ['concern', 'foundation', 'native'] },
  { type: 'foundation', pattern: ['engine/errors', 'engine/text', 'engine/types'], mayImport: ['native'] },
  { type: 'concern', pattern: 'engine/*', mayImport: ['concern', 'foundation', 'native'] },
  // Files right in engine/: the entry points, which put everything together.
  { type: 'entry', pattern: 'engine', mayImport: ['protocol', 'commands', 'concern', 'foundation', 'native'] },
  { type: 'native', pattern: 'native', mayImport: [] },
];

const globalsOfNode = Object.fromEntries(
  ['Buffer', 'URL', 'clearInterval', 'clearTimeout', 'console', 'fetch', 'module', 'performance', 'process', 'require']
    .concat(['setImmediate', 'setInterval', 'setTimeout', 'structuredClone', 'TextDecoder', 'TextEncoder'])
    .map((name) => [name, 'readonly']),
);

export default tseslint.config(
  {
    ignores: [
      '**/node_modules/',
      'build/',
      'dist/',
      'module/',
      'engine/types/protocol.ts',
      'engine/types/report.ts',
      'engine/types/job.ts',
      'engine/types/version.ts',
      'engine/jobs/generated/',
      'engine/protocol/generated/',
    ],
  },
  js.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/consistent-type-imports': ['error', { disallowTypeAnnotations: false }],
      '@typescript-eslint/no-import-type-side-effects': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/return-await': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
    },
  },
  {
    files: ['engine/**/*.ts', 'native/**/*.ts'],
    plugins: { boundaries },
    settings: {
      'boundaries/elements': layers.flatMap(({ type, pattern }) =>
        [pattern].flat().map((one) => ({ type, pattern: one, partialMatch: false })),
      ),
      'import/resolver': { node: { extensions: ['.ts', '.mjs', '.js'] } },
    },
    rules: {
      'boundaries/dependencies': [
        'error',
        {
          default: 'disallow',
          message: 'Dependencies point down only, see eslint.config.js: this may not import that.',
          policies: [
            { allow: { to: { module: { origin: ['external', 'core'] } } } },
            ...layers.map(({ type, mayImport }) => ({
              from: { element: { type } },
              allow: { to: { element: { types: { anyOf: [...mayImport, type] } } } },
            })),
          ],
        },
      ],
    },
  },
  {
    // Only native/ knows about foreign functions, and which of its twins is in use.
    files: ['engine/**/*.ts'],
    rules: {
      '@typescript-eslint/no-restricted-imports': [
        'error',
        {
          paths: ['koffi'],
          patterns: [
            {
              group: ['**/native/win32/**', '**/native/linux/**'],
              message: 'Ask for it through the interface in native/types.ts.',
            },
          ],
        },
      ],
    },
  },
  {
    files: ['test/**/*.ts'],
    rules: {
      // chai's assertions are expressions: expect(x).to.be.true
      '@typescript-eslint/no-unused-expressions': 'off',
      // Tables of cases hold functions that know no `this`.
      '@typescript-eslint/unbound-method': 'off',
    },
  },
  {
    files: ['**/*.{js,mjs,cjs}'],
    languageOptions: { globals: globalsOfNode },
  },
);
