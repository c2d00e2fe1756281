// The journal by finger: who did what, found by person, by what, by order and by day; one act in full; and that the chain is whole.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from './fixtures';
import { done, line, sell } from './sales_kit';
import { pins, root } from './support_server.mjs';

test.use({ siteName: 'interno' });

test('a manager finds who voided what, on every size', async ({ hand, page }) => {
  const { tap, at } = { tap: hand.tap.bind(hand), at: hand.at.bind(hand) };
  const caja = await hand.server.signIn('caja', 'setup');
  const mesa = await hand.server.signIn('mesa', 'setup');
  const gerencia = await hand.server.signIn('gerencia', 'setup');
  await done(caja.post('/shifts', { float: 100000 }));
  await sell(caja, { table: 'mesa-1', lines: [line('gaseosa', 4)], payments: [{ means: 'efectivo' }] });
  const order = await done(mesa.post('/orders', { kind: 'table', table: 'mesa-4', lines: [line('gaseosa', 3)], send: true }));
  const approval = { staff: gerencia.person!.id, pin: pins.gerencia };
  await done(mesa.post(`/orders/${order.id}/lines/${order.lines[0].id}/void`, { quantity: 2, reason: 'Error al marcar', approval }));
  await done(mesa.put('/menu/items/gaseosa/availability', { available: true, remaining: 5 }));

  await hand.signIn('gerencia');
  await hand.tap('menu');
  await tap('menu-journal');
  await expect(at('entry-payment')).toContainText('28.000');
  await hand.look('journal');
  await tap('filter-group');
  await hand.look('kinds');
  await tap('what-away');
  await expect(at('entry-payment')).toHaveCount(0);
  await expect(at('entry-line_voided')).toHaveCount(1);
  await expect(at('entry-line_voided')).toContainText('2 Gaseosa');
  await expect(at('entry-line_voided')).toContainText('Autorizó Gerencia');
  await expect(at('entry-line_voided')).toContainText('14.000');
  await hand.look('voided');
  await tap('entry-line_voided');
  await expect(at('entry-sheet')).toContainText('Error al marcar');
  await hand.look('entry');
  await tap('only-person');
  await tap('filter-group');
  await tap('what-all');
  await expect(at('entry-availability_set')).toContainText('quedan 5');
  await expect(at('entry-payment')).toHaveCount(0); // somebody else's
  await tap('filter-staff');
  await tap('who-all');
  await tap('filter-order');
  await hand.type('1');
  await tap('amount-done');
  await expect(at('entry-payment')).toHaveCount(1);
  await expect(at('entry-line_voided')).toHaveCount(0);
  await tap('filter-order'); // off again
  await tap('day-earlier'); // today
  await expect(at('entry-line_voided')).toHaveCount(1);
  await tap('day-earlier'); // yesterday
  await expect(page.getByText('Nada con esos filtros')).toBeVisible();
  await tap('day-all');
  await tap('verify');
  await expect(at('verified')).toContainText('El diario está completo');
  await hand.look('verified');
  await tap('sheet-close');
  // From an act to its order, and back to all that was done with it.
  await tap('entry-line_voided');
  await tap('see-order');
  await expect(page.locator('.sale-head h1')).toContainText('Mesa 4');
  await tap('sale-journal');
  await expect(at('entry-line_voided')).toHaveCount(1);
  await expect(at('entry-payment')).toHaveCount(0);
});

test('every kind of entry has its words and can be searched for', () => {
  const read = (path: string): string => readFileSync(join(root, path), 'utf8');
  const kinds = [...read('pos/core/journal_kinds.c').matchAll(/^ {4}\{"(\w+)",/gm)].map((found) => found[1]!);
  expect(kinds.length).toBeGreaterThan(25);
  const groups = read('pos/web/state/journal.ts');
  for (const catalogue of ['pos/web/i18n/after_es.ts', 'pos/web/i18n/after_en.ts']) {
    const words = read(catalogue);
    for (const kind of kinds) expect(words, `${catalogue}: ${kind}`).toMatch(new RegExp(`^ {6}${kind}: '`, 'm'));
  }
  for (const kind of kinds) expect(groups, kind).toContain(`'${kind}'`);
});
