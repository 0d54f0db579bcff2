import cron from 'node-cron';

const MINUTE = 60_000;
const DAY = 86_400_000;
/** A leap day comes again after eight years at most. */
const FURTHEST_DAYS = 8 * 366;

/**
 * The next minute after an instant (exclusive) that an expression names, in UTC as the schedule runs. Read by node-cron, which
 * runs it, but counted from the app's clock: node-cron itself knows only the machine's. Throws for what names no minute.
 */
export function nextTick(expression: string, after: number): number {
  const { minute, hour, dayOfMonth, month, dayOfWeek } = cron.parse(expression);
  const [minutes, hours] = [minute.toSorted((a, b) => a - b), hour.toSorted((a, b) => a - b)];
  const everyDate = dayOfMonth.length === 31;
  const from = Math.floor(after / MINUTE) * MINUTE + MINUTE;
  const firstDay = Math.floor(from / DAY) * DAY;
  for (let day = firstDay; day <= firstDay + FURTHEST_DAYS * DAY; day += DAY) {
    const date = new Date(day);
    const fits =
      month.includes(date.getUTCMonth() + 1) &&
      (everyDate || dayOfMonth.includes(date.getUTCDate())) &&
      dayOfWeek.includes(date.getUTCDay());
    if (!fits) continue;
    for (const h of hours) {
      for (const m of minutes) {
        const instant = day + (h * 60 + m) * MINUTE;
        if (instant >= from) return instant;
      }
    }
  }
  throw new Error(`"${expression}" never comes.`);
}
