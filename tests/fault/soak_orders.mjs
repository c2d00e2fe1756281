// The guests of the fault campaign: orders, further courses, voids and payments, each under a key that is kept until the server has answered. Notes what
// was acknowledged, line by line, as it must stand on a ticket.
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { itemsOf, root } from '../e2e/support_server.mjs';
import { stations } from './soak_site.mjs';

// What a kitchen ticket calls a dish; the screens' menu has only the long names.
const short = new Map(
  JSON.parse(readFileSync(join(root, 'data/menus/interno.json'), 'utf8')).categories.flatMap((c) => c.items.map((i) => [i.id, (i.short_name ?? i.name).toUpperCase()])),
);
const notes = ['', ' sin sal', ' bien caliente, por favor', ' → al final', ' ☂ terraza', ' «doble» ½ €'];

export function guests({ call, menu, random }) {
  const groups = new Map(menu.option_groups.map((g) => [g.id, g]));
  const dishes = itemsOf(menu).filter((i) => i.station && i.option_groups.every((g) => groups.get(g).min === 0));
  const acknowledged = { lines: [], last: Object.fromEntries(Object.values(stations).map((s) => [s, 0])) };
  const open = []; // orders that may get more
  let said = 0;
  let tickets = 0;
  let receipts = 0;

  const newLines = () =>
    Array.from({ length: 1 + random(4) }, () => {
      const dish = dishes[random(dishes.length)];
      said += 1;
      const token = `k${String(said).padStart(5, '0')}`;
      return { item: dish.id, quantity: 1 + random(3), note: token + notes[random(notes.length)], token, station: stations[dish.station] };
    });
  const sent = (lines) => lines.map(({ item, quantity, note }) => ({ item, quantity, note }));
  const done = (answer, status, what) => {
    if (answer.status !== status) throw new Error(`${what}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body;
  };
  function note(lines, cancelled = false) {
    for (const l of lines) acknowledged.lines.push({ token: l.token, station: l.station, quantity: l.quantity, name: short.get(l.item), cancelled });
    for (const s of new Set(lines.map((l) => l.station))) {
      acknowledged.last[s] += 1;
      tickets += 1;
    }
  }

  async function order() {
    const lines = newLines();
    const body = { kind: 'takeaway', name: `Mesa ${1 + random(40)}`, lines: sent(lines), send: true };
    const made = done(await call('POST', '/orders', body, randomUUID()), 201, 'an order');
    note(lines);
    open.push({ id: made.id, number: made.number, sends: 1, lines });
  }
  async function more(o) {
    const lines = newLines();
    done(await call('POST', `/orders/${o.id}/lines`, { lines: sent(lines) }, randomUUID()), 200, 'more lines');
    done(await call('POST', `/orders/${o.id}/send`, {}, randomUUID()), 200, 'a send');
    note(lines);
    o.sends += 1;
    o.lines.push(...lines);
  }
  async function takeBack(o) {
    const at = o.lines.findIndex((l) => !l.voided);
    if (at < 0) return;
    const stored = done(await call('GET', `/orders/${o.id}`), 200, 'the order');
    const line = stored.lines[at];
    done(await call('POST', `/orders/${o.id}/lines/${line.id}/void`, { quantity: line.quantity, reason: 'Error al marcar' }, randomUUID()), 200, 'a void');
    done(await call('POST', `/orders/${o.id}/send`, {}, randomUUID()), 200, 'a send');
    o.lines[at].voided = true;
    o.sends += 1;
    note([{ ...o.lines[at], quantity: line.quantity, token: `Pedido ${String(o.number).padStart(4, '0')} · envío ${o.sends}` }], true);
  }
  async function pay(o) {
    open.splice(open.indexOf(o), 1);
    if (o.lines.every((l) => l.voided)) return;
    done(await call('POST', `/orders/${o.id}/payments`, { means: 'cash', buyer: { kind: 'cc', number: '1020304050', name: 'Comensal de Muestra' } }, randomUUID()), 201, 'a payment');
    receipts += 1;
  }

  return {
    acknowledged,
    tickets: () => tickets,
    receipts: () => receipts,
    /** One thing that a guest wants. */
    async want() {
      const what = open.length ? random(10) : 0;
      const o = open.length ? open[random(open.length)] : null;
      if (what < 6) await order();
      else if (what < 8) await more(o);
      else if (what === 8) await takeBack(o);
      else await pay(o);
      if (open.length > 25) open.shift();
    },
  };
}
