// When a dish is sold and what it costs then, as the server decides it when the line arrives (menu/times.c): a tile must not promise another
// price than the bill will have. The server's word stands; this only shows it early.
import { computed } from '@preact/signals';
import type { Category, Kind, MenuItem, Span } from '../types';
import { now } from './format';
import { findItem, site } from './site';

const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

interface Moment {
  day: number;
  time: string;
}
/** The site's clock, not the tablet's. */
const moment = computed<Moment>(() => {
  const parts = new Intl.DateTimeFormat('en-GB', {
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hour12: false, // "00:30", as en-GB counts
    timeZone: site.value?.time_zone ?? 'America/Bogota',
  }).formatToParts(new Date(now.value));
  const part = (type: string): string => parts.find((candidate) => candidate.type === type)?.value ?? '';
  return { day: DAYS.indexOf(part('weekday').toLowerCase()), time: `${part('hour')}:${part('minute')}` };
});

/** "HH:MM" compares as text. What lies past midnight is of the day on which it began. */
function holds(span: Span, at: Moment): boolean {
  const overMidnight = span.to <= span.from;
  const on = (day: number): boolean => span.days.includes(DAYS[day] ?? '');
  if (on(at.day) && at.time >= span.from && (overMidnight || at.time < span.to)) return true;
  return overMidnight && on((at.day + 6) % 7) && at.time < span.to;
}
const anyHolds = (hours: Span[], at: Moment): boolean => hours.length === 0 || hours.some((span) => holds(span, at));

export function priceNow(item: MenuItem, kind: Kind): number {
  const rule = item.prices.find((price) => price.kinds.includes(kind) && holds(price, moment.value));
  return rule ? rule.price : item.price;
}
/** The hours that keep it from being sold now; null when it is. */
export function closedHours(item: MenuItem, category: Category): Span[] | null {
  if (!anyHolds(item.hours, moment.value)) return item.hours;
  return anyHolds(category.hours, moment.value) ? null : category.hours;
}
/** What a dish costs by the menu of now; as it was when it was tapped if it is gone from there. */
export function priceOf(line: { item: string; price: number }, kind: Kind): number {
  const item = findItem(line.item);
  return item ? priceNow(item, kind) : line.price;
}
