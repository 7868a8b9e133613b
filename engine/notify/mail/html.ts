/**
 * Mail programs are not browsers: Outlook on Windows lays out by Word, so there are tables and styles on each element.
 * Colours are those that stay readable where a program turns a mail dark; the style sheet is for those that ask it.
 * https://www.caniemail.com
 */
import type { JobProblem, JobState } from '../../types/protocol.ts';
import type { ResultDescription } from '../describe-result.ts';

const COLOURS: Readonly<Record<JobState, string>> = {
  Complete: '#1a7f37',
  Partial: '#9a6700',
  Failed: '#b42318',
  Cancelled: '#57606a',
};
const FONT = "font-family:'Segoe UI',Helvetica,Arial,sans-serif;";
const STYLE = `:root{color-scheme:light dark;supported-color-schemes:light dark}
@media (prefers-color-scheme:dark){.page{background:#1c1f23!important}.text{color:#e6e6e6!important}.quiet{color:#a8b0b9!important}.line{border-color:#3a4048!important}}`;

/** The whole description as a page for mail programs. */
export function resultHtml({ state, title, summary, problems, furtherProblems, facts }: ResultDescription): string {
  return `<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark">
<title>${escapeHtml(title)}</title><style>${STYLE}</style></head>
<body class="page" style="margin:0;padding:0;background:#ffffff">
<table role="presentation" class="page" width="100%" cellpadding="0" cellspacing="0" border="0" style="background:#ffffff"><tr><td align="left" style="padding:16px">
<table role="presentation" width="640" cellpadding="0" cellspacing="0" border="0" style="max-width:640px;width:100%">
<tr><td bgcolor="${COLOURS[state]}" style="background:${COLOURS[state]};color:#ffffff;padding:12px 16px;${FONT}font-size:18px;font-weight:bold">${escapeHtml(title)}</td></tr>
<tr><td class="text" style="color:#1f2328;padding:16px;${FONT}font-size:15px;line-height:22px">${escapeHtml(summary)}</td></tr>
${problemRows(problems, furtherProblems)}<tr><td style="padding:0 16px 16px">
<table width="100%" cellpadding="0" cellspacing="0" border="0">
${facts.map(({ label, value }) => factRow(label, value)).join('\n')}
</table></td></tr></table></td></tr></table></body></html>
`;
}

/** A text as it stands in HTML, also in an attribute's value. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

function factRow(label: string, value: string): string {
  const cell = `padding:4px 12px 4px 0;border-top:1px solid #d8dee4;${FONT}font-size:13px;line-height:18px`;
  return (
    `<tr><th class="quiet line" scope="row" align="left" valign="top" width="150" style="color:#57606a;font-weight:normal;${cell}">${escapeHtml(label)}</th>` +
    `<td class="text line" align="left" valign="top" style="color:#1f2328;word-break:break-word;${cell}">${escapeHtml(value)}</td></tr>`
  );
}

function problemRows(problems: readonly JobProblem[], furtherProblems: number): string {
  if (problems.length === 0) return '';
  const items = problems.map((problem) => `<li style="margin:0 0 8px">${problemText(problem)}</li>`).join('\n');
  const more =
    furtherProblems === 0
      ? ''
      : `<div class="quiet" style="color:#57606a">and ${furtherProblems.toLocaleString('en-US')} more, see the log</div>`;
  return `<tr><td class="text" style="color:#1f2328;padding:0 16px 16px;${FONT}font-size:14px;line-height:20px"><b>Problems</b>
<ol style="margin:8px 0 0;padding:0 0 0 24px">
${items}
</ol>${more}</td></tr>
`;
}

function problemText({ id, message, path, hint }: JobProblem): string {
  const small = 'style="color:#57606a;font-size:13px;word-break:break-word"';
  return [
    `${escapeHtml(message)} <span class="quiet" ${small}>(${escapeHtml(id)})</span>`,
    ...(path === undefined || message.includes(path)
      ? []
      : [`<br><span class="quiet" ${small}>${escapeHtml(path)}</span>`]),
    ...(hint === undefined ? [] : [`<br><span class="quiet" ${small}>${escapeHtml(hint)}</span>`]),
  ].join('');
}
