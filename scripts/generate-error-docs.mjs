// Makes docs/errors.md from the catalogue of errors: engine/errors/catalogue/.
import { readFileSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { chapters } from '../engine/errors/catalogue/chapters.ts';
import { warnings } from '../engine/errors/catalogue/warnings.ts';
import { writeIfChanged } from './generate/write-if-changed.mjs';

const introduction = readFileSync(new URL('generate-error-docs/introduction.md', import.meta.url), 'utf8');
const aboutWarnings = `A warning has an id, too: the property Warnings of a generation lists those of its run. \`Test-BackupGeneration\` outputs what is
damaged as objects, not as errors; see [verify.md](verify.md). An id of an error may come as a warning, where the work goes on without what failed.`;

/** The text of docs/errors.md. */
export function errorPage() {
  const parts = chapters.map((chapter) => section(chapter.title, chapter.introduction, errorTable(chapter.errors)));
  return [introduction.trimEnd(), ...parts, section('Warnings', aboutWarnings, warningTable())].join('\n\n') + '\n';
}

function section(title, text, table) {
  return [`## ${title}`, ...(text ? [text] : []), table].join('\n\n');
}

function errorTable(errors) {
  const rows = Object.entries(errors).map(([id, { category, meaning, hint, remedy, retryable }]) =>
    row(`\`${id}\``, category, meaning, remedy ?? asMarkdown(hint), retryable ? 'yes' : ''),
  );
  return [row('id', 'category', 'meaning', 'what to do', 'retryable'), '|---|---|---|---|---|', ...rows].join('\n');
}

function warningTable() {
  const rows = Object.entries(warnings).map(([id, { meaning, remedy }]) => row(`\`${id}\``, meaning, remedy));
  return [row('id', 'meaning', 'what to do'), '|---|---|---|', ...rows].join('\n');
}

const row = (...cells) => `| ${cells.join(' | ')} |`.replaceAll('|  |', '| |');

/** A hint is written for a console; what a user would type or read there is set as code. */
function asMarkdown(hint) {
  const code =
    /(?<![\w`/-])(?:-[A-Z]\w+(?: (?:\d+|None))?|[A-Z][a-z]+-[A-Z]\w+|details(?:\.\w+)?|MIRRORBACKUP_\w+=1|SetPath|PATH|\.gitignore|npm run \w+)/g;
  return hint.replace(code, '`$&`');
}

if (import.meta.url === pathToFileURL(process.argv[1]).href)
  writeIfChanged(fileURLToPath(new URL('../docs/errors.md', import.meta.url)), errorPage());
