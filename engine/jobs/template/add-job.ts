import { isMap, isScalar, parseDocument, type Node, type Pair, type YAMLMap } from 'yaml';
import type { WrittenSettings } from './job-template.ts';

/** A text with a job more, or with another one in its place. Comments stay where they are. */
export function withJob(text: string, name: string, settings: WrittenSettings): string {
  const document = parseDocument(text, { version: '1.2', keepSourceTokens: true });
  const jobs = document.get('jobs');
  if (!isMap(jobs)) throw new Error('The file was read as one with jobs.');
  const pair = document.createPair(name, settings);
  const found = jobs.items.findIndex(({ key }) => nameOf(key) === name);
  if (found < 0) add(jobs, pair);
  else jobs.items[found].value = withCommentOf(jobs.items[found].value, pair.value as Node);
  const result = document.toString({ lineWidth: 0, indentSeq: true });
  return text.includes('\r\n') ? result.replaceAll(/\r?\n/g, '\r\n') : result;
}

/** What a key is in a job file: 1.0 is not the number. */
export function nameOf(key: unknown): string | undefined {
  if (!isScalar(key)) return undefined;
  return typeof key.value === 'string' ? key.value : key.source;
}

function add(jobs: YAMLMap, pair: Pair<Node, unknown>): void {
  pair.key.spaceBefore = jobs.items.some(({ key }) => isScalar(key) && key.spaceBefore === true);
  jobs.items.push(pair);
}

function withCommentOf(old: unknown, value: Node): Node {
  const { commentBefore } = (old ?? {}) as { commentBefore?: string | null };
  if (commentBefore) value.commentBefore = commentBefore;
  return value;
}
