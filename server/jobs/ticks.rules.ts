import { CronExpressionParser } from 'cron-parser';

/**
 * The next minute after an instant (exclusive) that an expression names, in UTC as the schedule runs. Counted from the app's
 * clock: node-cron, which runs it, knows only the machine's. Throws for what names no minute.
 */
export const nextTick = (expression: string, after: number): number =>
  CronExpressionParser.parse(expression, { currentDate: new Date(after), tz: 'UTC' })
    .next()
    .getTime();
