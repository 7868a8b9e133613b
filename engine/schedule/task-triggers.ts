import type { DateTime } from 'luxon';
import { secondsOf } from '../jobs/duration.ts';
import type { Schedule } from '../types/job.ts';
import { isoDuration } from './iso-duration.ts';
import { WEEK } from './week.ts';
import { element, type XmlElement } from './xml-element.ts';

/**
 * The triggers of a task, at most 48. Times have no offset: they are those of the machine's clock, in summer and winter.
 *
 * @see https://learn.microsoft.com/windows/win32/taskschd/taskschedulerschema-calendartriggertype-complextype
 */
export function taskTriggers(schedule: Schedule, now: DateTime): XmlElement {
  const { every } = schedule;
  const midnight = `${now.toISODate()}T00:00:00`;
  const starts = every === undefined ? (schedule.at ?? []).map((time) => nextAt(time, now)).sort() : [midnight];
  return element(
    'Triggers',
    starts.map((start) => trigger(schedule, start)),
  );
}

// A time that is past is not missed when the task is registered: the first one is still to come. As text, because a
// time that the clock leaves out on that day has to stay what it is.
function nextAt(time: string, now: DateTime): string {
  const day = time > now.toFormat('HH:mm') ? now : now.plus({ days: 1 });
  return `${day.toISODate()}T${time}:00`;
}

// The order of the elements is that of the schema: a sequence.
function trigger({ every, randomDelay, days }: Schedule, start: string): XmlElement {
  return element('CalendarTrigger', [
    element('StartBoundary', start),
    every === undefined ? undefined : repetition(every),
    randomDelay === undefined ? undefined : element('RandomDelay', isoDuration(secondsOf(randomDelay))),
    days === undefined ? everyDay() : onDays(days),
  ]);
}

function repetition(every: string): XmlElement {
  return element('Repetition', [
    element('Interval', isoDuration(secondsOf(every))),
    element('Duration', 'P1D'),
    // Otherwise a run would be ended at midnight.
    element('StopAtDurationEnd', 'false'),
  ]);
}

function everyDay(): XmlElement {
  return element('ScheduleByDay', [element('DaysInterval', '1')]);
}

function onDays(days: readonly string[]): XmlElement {
  const named = WEEK.filter((day) => days.includes(day)).map((day) => element(day, []));
  return element('ScheduleByWeek', [element('WeeksInterval', '1'), element('DaysOfWeek', named)]);
}
