// The checks of an order: which there are, how one speaks of them, and what the parts of one would come to before it is split.
import { t } from '../i18n/index';
import type { Check, Order } from '../types';

/** Those that count: not one that was given back so that its order is sold anew. */
export const checksOf = (order: Order): Check[] =>
  order.checks.filter((check) => check.state !== 'refunded').sort((a, b) => a.position - b.position);
export const isSplit = (order: Order): boolean => checksOf(order).length > 1;
export const openChecks = (order: Order): Check[] => checksOf(order).filter((check) => check.state === 'open');
/** The check that discounts come off: what no split has fixed. */
export const freeCheck = (order: Order): Check | undefined => openChecks(order).find((check) => !check.fixed);

/** "Cuenta 2 de 3". */
export function checkName(order: Order, check: Check): string {
  const list = checksOf(order);
  return t.value.bill.check(list.findIndex((other) => other.id === check.id) + 1, list.length);
}

/** Its label where that says more than its number: a seat, an amount, the rest; nothing for the third of three. */
export const ownLabel = (check: Check): string =>
  /^(Parte \d+ de \d+|Selección( \d+)?)$/.test(check.label) ? '' : t.value.bill.label(check.label);

/** How a share of a line reads: so many dishes, or a part of one, whichever check counts the dish. */
export function shareWords(order: Order, share: Check['lines'][number]): { quantity: string; name: string } {
  const line = order.lines.find((candidate) => candidate.id === share.line);
  const name = line?.name ?? '';
  const whole = share.quantity > 0 && line !== undefined && share.gross === share.quantity * line.unit_price;
  return whole ? { quantity: String(share.quantity), name } : { quantity: '', name: t.value.bill.part_of(name) };
}

/* ---- what parts would come to: the server's own steps (pos/core/bill_part.c), so that what is promised here is what it makes ---- */

/** One pick of the API: whole dishes, or so many of `of` equal parts of the line. */
export interface Pick {
  line: number;
  quantity: number;
  of?: number;
  part: number;
}
export interface Part {
  due: number;
  /** Nothing stands on it: it would be no check. */
  empty: boolean;
}

/* whole × part / of, rounded down; exact while the product is below 2^53. */
const share = (whole: number, part: number, of: number): number =>
  of === 0 ? 0 : (whole * part - ((whole * part) % of)) / of;
export const shareHalfUp = (whole: number, part: number, of: number): number =>
  share(whole, part, of) + (of > 0 && 2 * ((whole * part) % of) >= of ? 1 : 0);

/** Evenly: one peso apart at most, the larger ones first. */
export function evenParts(due: number, ways: number): Part[] {
  const least = Math.floor(due / ways);
  return Array.from({ length: ways }, (_, i) => ({ due: least + (i < due % ways ? 1 : 0), empty: false }));
}

/** Dishes for so many parts, and at the end what is left (empty when nothing is). */
export function dishParts(check: Check, picks: Pick[], parts: number): Part[] {
  const pool = check.lines.map((line) => ({ line: line.line, quantity: line.quantity, gross: line.gross, net: line.net }));
  const asked = new Map<number, number>();
  let tip = check.totals.tip;
  const sum = (get: (line: (typeof pool)[number]) => number): number => pool.reduce((all, line) => all + get(line), 0);
  const made: Part[] = [];
  for (let part = 1; part <= parts; part += 1) {
    const [before, beforeGross] = [sum((line) => line.net), sum((line) => line.gross)];
    let [net, gross] = [0, 0];
    for (const pick of picks.filter((candidate) => candidate.part === part)) {
      const left = pool.find((line) => line.line === pick.line);
      if (!left) continue;
      const of = pick.of ? pick.of - (asked.get(pick.line) ?? 0) : left.quantity;
      asked.set(pick.line, (asked.get(pick.line) ?? 0) + pick.quantity);
      const [someNet, someGross] = [share(left.net, pick.quantity, of), share(left.gross, pick.quantity, of)];
      left.quantity -= pick.of ? share(left.quantity, pick.quantity, of) : pick.quantity;
      left.net -= someNet;
      left.gross -= someGross;
      net += someNet;
      gross += someGross;
    }
    const all = pool.every((line) => line.quantity === 0 && line.net === 0);
    const ofTip = all ? tip : before > 0 ? shareHalfUp(tip, net, before) : shareHalfUp(tip, gross, beforeGross);
    tip -= ofTip;
    made.push({ due: net + ofTip, empty: gross === 0 });
  }
  made.push({ due: sum((line) => line.net) + tip, empty: sum((line) => line.gross) === 0 });
  return made;
}

/** A seat each, and what is nobody's: whole lines. */
export function seatPicks(order: Order, check: Check, seats: number[]): Pick[] {
  return seats.flatMap((seat, i) =>
    check.lines
      .filter((line) => line.quantity > 0 && order.lines.find((other) => other.id === line.line)?.seat === seat)
      .map((line) => ({ line: line.line, quantity: line.quantity, part: i + 1 })),
  );
}
/** The seats that have something of their own on a check, in their order. */
export function seatsOf(order: Order, check: Check): number[] {
  const seats = check.lines
    .filter((line) => line.quantity > 0)
    .map((line) => order.lines.find((other) => other.id === line.line)?.seat ?? 0);
  return [...new Set(seats)].filter((seat) => seat > 0).sort((a, b) => a - b);
}
