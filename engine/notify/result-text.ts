import type { JobProblem } from '../types/protocol.ts';
import type { ResultDescription } from './describe-result.ts';

/** The whole description as plain text. */
export function resultText(description: ResultDescription): string {
  const { title, summary, problems, furtherProblems, facts } = description;
  const width = Math.max(...facts.map(({ label }) => label.length)) + 2;
  return [
    title,
    '',
    summary,
    ...(problems.length === 0 ? [] : ['', 'Problems', ...problems.flatMap(problemLines)]),
    ...(furtherProblems === 0 ? [] : [`  and ${furtherProblems.toLocaleString('en-US')} more, see the log`]),
    '',
    ...facts.map(({ label, value }) => `${`${label}:`.padEnd(width)}${value}`),
    '',
  ].join('\n');
}

/** The description in one line, for logs that have no more. */
export function resultLine({ title, summary, problems, furtherProblems, facts }: ResultDescription): string {
  const [first] = problems;
  const further = problems.length - 1 + furtherProblems;
  const log = facts.find(({ label }) => label === 'Log');
  return [
    `${title}: ${summary}`,
    ...(first ? [`${first.message} (${first.id})${further > 0 ? `, and ${further} more` : ''}.`] : []),
    ...(log ? [`Log: ${log.value}`] : []),
  ].join(' ');
}

function problemLines({ id, message, path, hint }: JobProblem, index: number): string[] {
  return [
    `  ${index + 1}. ${message} (${id})`,
    ...(path === undefined || message.includes(path) ? [] : [`     ${path}`]),
    ...(hint === undefined ? [] : [`     ${hint}`]),
  ];
}
