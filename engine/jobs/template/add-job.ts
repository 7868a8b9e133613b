import { isDeepStrictEqual } from 'node:util';
import { isMap, isScalar, LineCounter, parseDocument, stringify, type Node, type Pair, type YAMLMap } from 'yaml';
import { parseYaml } from '../parse-yaml.ts';
import type { WrittenSettings } from './job-template.ts';

/**
 * A text with a job more, or with another one in its place. Everything else stays as it is, comments too. Where the text is
 * written in a way that has no room for that, it is written anew, comments kept.
 */
export function withJob(text: string, name: string, settings: WrittenSettings): string {
  const expected = withJobIn(parseYaml(text).value as JobFileValue, name, settings);
  const edited = editText(text, name, settings);
  if (edited !== undefined && isDeepStrictEqual(plain(parseYaml(edited).value), plain(expected))) return edited;
  return rewrite(text, name, settings);
}

type JobFileValue = { readonly jobs: Readonly<Record<string, unknown>> };

function withJobIn(file: JobFileValue, name: string, settings: WrittenSettings): JobFileValue {
  return { ...file, jobs: { ...file.jobs, [name]: settings } };
}

function plain(value: unknown): unknown {
  return value === undefined ? undefined : (JSON.parse(JSON.stringify(value)) as unknown);
}

/** Works on lines. Undefined where the jobs are not in lines of their own. */
function editText(text: string, name: string, settings: WrittenSettings): string | undefined {
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { version: '1.2', lineCounter });
  const jobs = document.get('jobs');
  if (!isMap(document.contents) || !isMap(jobs) || jobs.flow === true || document.contents.flow === true)
    return undefined;
  const lines = text.split(/\r?\n/);
  const lineOf = (key: unknown): number => lineCounter.linePos((key as Node).range?.[0] ?? 0).line - 1;
  const starts = jobs.items.map(({ key }) => lineOf(key));
  const indent = /^ */.exec(lines[starts[0]])?.[0].length ?? 0;
  const top = document.contents.items.map(({ key }) => lineOf(key)).find((line) => line > (starts.at(-1) ?? 0));
  // Comments above a key belong to it, if they are not further in than the key.
  const end = top === undefined ? endOf(lines) : above(lines, top, 0);
  const found = jobs.items.findIndex(({ key }) => nameOf(key) === name);
  const next = starts.at(found + 1);
  const from = found < 0 ? end : starts[found];
  const to = found < 0 || next === undefined ? end : above(lines, next, indent);
  const job = jobLines(name, settings, indent);
  const isSpaced =
    found < 0 &&
    starts.length > 1 &&
    starts.slice(1).every((line) => lines[line - 1].trim() === '' || lines[line - 1].trim().startsWith('#'));
  const added = [...(isSpaced ? [''] : []), ...job];
  const result = [...lines.slice(0, from), ...added, ...(to < lines.length ? lines.slice(to) : [''])];
  return result.join(text.includes('\r\n') ? '\r\n' : '\n');
}

function jobLines(name: string, settings: WrittenSettings, indent: number): string[] {
  return (
    stringify({ [name]: settings }, { version: '1.2', lineWidth: 0, singleQuote: true })
      // Not what else is white: a text may end in a space that does not break.
      .replace(/\n$/, '')
      .split('\n')
      .map((line) => (line === '' ? '' : ' '.repeat(indent) + line))
  );
}

/** The line after the last one with something in it. */
function endOf(lines: readonly string[]): number {
  let end = lines.length;
  while (end > 0 && lines[end - 1].trim() === '') end--;
  return end;
}

/** The first of the empty lines and comments above a line. */
function above(lines: readonly string[], line: number, indent: number): number {
  let first = line;
  while (first > 0) {
    const one = lines[first - 1];
    const isComment = one.trim().startsWith('#') && one.length - one.trimStart().length <= indent;
    if (one.trim() !== '' && !isComment) break;
    first--;
  }
  return first;
}

function rewrite(text: string, name: string, settings: WrittenSettings): string {
  const document = parseDocument(text, { version: '1.2' });
  const jobs = document.get('jobs') as YAMLMap;
  const pair: Pair = document.createPair(name, settings);
  const found = jobs.items.findIndex(({ key }) => nameOf(key) === name);
  if (found < 0) jobs.items.push(pair);
  else jobs.items[found] = pair;
  const result = document.toString({ lineWidth: 0 });
  return text.includes('\r\n') ? result.replaceAll(/\r?\n/g, '\r\n') : result;
}

/** What a key is in a job file: 1.0 is not the number. */
function nameOf(key: unknown): string | undefined {
  if (!isScalar(key)) return undefined;
  return typeof key.value === 'string' ? key.value : key.source;
}
