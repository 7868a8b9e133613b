import type { JobResult } from '../../types/protocol.ts';
import type { Told } from '../channel.ts';
import { resultText } from '../result-text.ts';

/** https://learn.microsoft.com/windows/win32/api/winbase/nf-winbase-reporteventw: of each string. */
export const LONGEST_TEXT = 31_839;
const SEPARATOR = '\n\n';

/** The description, and the result as one line of JSON below it, whole or, if it is too long, without its long lists. */
export function eventText({ description, result }: Told): string {
  const text = resultText(description).trimEnd().replace(INSERTION, '% ');
  const json = [result, withoutLists(result)]
    .map(jsonOf)
    .find((one) => withLineEnds(text + SEPARATOR + one).length <= LONGEST_TEXT);
  const whole = withLineEnds(json === undefined ? text : text + SEPARATOR + json);
  return whole.slice(0, LONGEST_TEXT).toWellFormed();
}

/** Event Viewer would put other texts in the place of `%1` or `%%1`. */
const INSERTION = /%(?=[0-9%!])/g;

function jsonOf(result: JobResult): string {
  return JSON.stringify(result).replaceAll('%', '\\u0025');
}

function withoutLists({ generation, ...rest }: JobResult): JobResult {
  return {
    ...rest,
    ...(generation && { generation: { ...generation, warnings: [], fidelityLosses: [] } }),
    removed: [],
    hooks: [],
    problems: rest.problems.slice(0, 10),
  };
}

function withLineEnds(text: string): string {
  return text.replaceAll('\n', '\r\n');
}
