// Where in the screens we are: kept in the address's hash, so that a reload and the tablet's own "back" lead where one expects.
import { signal } from '@preact/signals';

export type Route =
  | { at: 'home' }
  | { at: 'orders' }
  | { at: 'sale' }
  | { at: 'table'; table: string }
  | { at: 'order'; id: number }
  | { at: 'pay'; id: number; check?: number }
  | { at: 'done'; id: number }
  | { at: 'paper'; job: number | null }
  | { at: 'printer'; printer: string }
  | { at: 'shift' }
  | { at: 'close' }
  | { at: 'daily' }
  | { at: 'history'; id: number | null }
  | { at: 'journal'; order: number | null }
  | { at: 'staff' }
  | { at: 'device' };

function parse(hash: string): Route {
  const [at, what, which] = hash.replace(/^#\/?/, '').split('/');
  const id = Number(what);
  const known = Number.isSafeInteger(id) && id > 0;
  switch (at) {
    case 'order':
    case 'done':
      return known ? { at, id } : { at: 'home' };
    case 'pay':
      if (!known) return { at: 'home' };
      return Number(which) > 0 ? { at, id, check: Number(which) } : { at, id };
    case 'table':
      return what ? { at, table: decodeURIComponent(what) } : { at: 'home' };
    case 'paper':
      return { at, job: known ? id : null };
    case 'history':
      return { at, id: known ? id : null };
    case 'journal':
      return { at, order: known ? id : null };
    case 'printer':
      return what ? { at, printer: decodeURIComponent(what) } : { at: 'paper', job: null };
    case 'orders':
    case 'sale':
    case 'shift':
    case 'close':
    case 'daily':
    case 'staff':
    case 'device':
      return { at };
    default:
      return { at: 'home' };
  }
}

function format(route: Route): string {
  switch (route.at) {
    case 'order':
    case 'done':
      return `#/${route.at}/${route.id}`;
    case 'pay':
      return `#/pay/${route.id}${route.check ? `/${route.check}` : ''}`;
    case 'table':
      return `#/table/${encodeURIComponent(route.table)}`;
    case 'paper':
      return route.job ? `#/paper/${route.job}` : '#/paper';
    case 'history':
      return route.id ? `#/history/${route.id}` : '#/history';
    case 'journal':
      return route.order ? `#/journal/${route.order}` : '#/journal';
    case 'printer':
      return `#/printer/${encodeURIComponent(route.printer)}`;
    default:
      return `#/${route.at}`;
  }
}

export const route = signal<Route>(parse(location.hash));
window.addEventListener('hashchange', () => {
  if (format(route.peek()) !== location.hash) route.value = parse(location.hash);
});

export function go(next: Route): void {
  route.value = next;
  if (location.hash !== format(next)) location.hash = format(next);
}
/** Goes there and leaves no way back here: for a draft that has become an order. */
export function replace(next: Route): void {
  history.replaceState(null, '', format(next));
  route.value = next;
}
