/**
 * Days, months and zones. A day is `YYYY-MM-DD` in the Gregorian calendar whatever the shop's calendar is, and sorts as
 * text; instants are epoch milliseconds. What is not a day, an instant or a zone throws `calendar.invalid`.
 */
export { addDays, type Calendar, daysBetween, firstDayFrom, isValidDay } from './calendar.days.ts';
export { addMonthsInCalendar, monthKey, monthRange, nextBirthday, yearKey } from './calendar.months.ts';
export { fromPersian, isPersianLeap, toPersian } from './calendar.persian.ts';
export { addMonths, isValidZone, localDateTime, localDay, startOfDay } from './calendar.zones.ts';
