import { EngineError } from '../../../errors/engine-error.ts';
import { notify } from '../../../notify/notify.ts';
import type { RunContext } from '../run-context.ts';

/** Whoever is told hears how it stands then: that another one could not be told is known only later. */
export async function tell({ native, job, options, log, watch, record }: RunContext, end: AbortSignal): Promise<void> {
  if (job.settings.notify) watch.progress({ phase: 'Notifying', items: 0, bytes: 0 });
  const { secrets } = options;
  const html = job.settings.report.find(({ format }) => format === 'Html')?.file;
  const reportHtmlFile = html !== undefined && record.reports.includes(html) ? html : undefined;
  record.notifications = await notify(native, job, record.summarize(), { secrets, reportHtmlFile }, end);
  for (const one of record.notifications) {
    const { channel, target, sent, message } = one;
    log.write(sent ? 'Info' : 'Error', 'notification', `${channel} to ${target}: ${message ?? 'sent.'}`, one);
    if (!sent)
      record.addProblem(
        new EngineError('NotificationFailed', { message: `${channel} to ${target} was not sent: ${message}` }),
      );
  }
}
