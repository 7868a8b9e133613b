import type { Webhook } from '../../types/job.ts';
import type { Told } from '../channel.ts';
import type { ResultDescription } from '../describe-result.ts';
import { resultText } from '../result-text.ts';

/** Of the body `Result`. It grows when a receiver would have to change. */
const SCHEMA_VERSION = 1;

/** The JSON that is sent. */
export function webhookBody(kind: Webhook['body'], { result, description }: Told): string {
  switch (kind) {
    case 'Result':
      return JSON.stringify({ schemaVersion: SCHEMA_VERSION, ...result });
    case 'Text':
      return JSON.stringify({ text: chatText(resultText(description)) });
    case 'AdaptiveCard':
      return JSON.stringify(cardMessage(description));
  }
}

/** Chat programs take &, < and > for the beginning of links, mentions and tags: https://docs.slack.dev/messaging/formatting-message-text */
function chatText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** https://learn.microsoft.com/microsoftteams/platform/webhooks-and-connectors/how-to/connectors-using */
function cardMessage({ state, title, summary, problems, furtherProblems, facts }: ResultDescription): object {
  const colour = { Complete: 'Good', Partial: 'Warning', Failed: 'Attention', Cancelled: 'Default' }[state];
  const text = (value: string, more: object = {}): object => ({
    type: 'TextBlock',
    text: withoutMarkdown(value),
    wrap: true,
    ...more,
  });
  return {
    type: 'message',
    attachments: [
      {
        contentType: 'application/vnd.microsoft.card.adaptive',
        contentUrl: null,
        content: {
          $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
          type: 'AdaptiveCard',
          version: '1.4',
          msteams: { width: 'Full' },
          body: [
            text(title, { size: 'Large', weight: 'Bolder', color: colour, style: 'heading' }),
            text(summary),
            ...problems.map(({ id, message, hint }) =>
              text(`${message} (${id})${hint === undefined ? '' : ` ${hint}`}`),
            ),
            ...(furtherProblems > 0 ? [text(`and ${furtherProblems} more, see the log`, { isSubtle: true })] : []),
            {
              type: 'FactSet',
              facts: facts.map(({ label, value }) => ({ title: label, value: withoutMarkdown(value) })),
            },
          ],
        },
      },
    ],
  };
}

/** Cards read a subset of Markdown, also in the texts of facts. */
function withoutMarkdown(text: string): string {
  return text.replace(/[\\`*_[\]]/g, '\\$&');
}
