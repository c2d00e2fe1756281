// Splitting a bill by touch: what each part comes to before anything is fixed, the checks, their payments one after the other, and undoing it.
// Every figure is worked by hand. The site prints bills before payment here.
import { expect, test as base, type Hand } from './fixtures';
import { changedSite, startServer } from './support_server.mjs';

const test = base.extend({
  server: async ({}, use) => {
    const site = await changedSite('interno', { precuenta: true });
    const server = await startServer({ site: site.file });
    await use(server);
    await server.stop();
    await site.remove();
  },
});

const parts = (hand: Hand) => hand.at('parts').locator('strong');
const money = (...amounts: string[]) => amounts.map((amount) => new RegExp(`^\\$\\s${amount.replace('.', '\\.')}$`));
async function act(hand: Hand, name: string): Promise<void> {
  await hand.tap('order-more');
  await hand.tap(name);
}
async function deal(hand: Hand, dish: string): Promise<void> {
  await hand.at('split-sheet').locator('.deal .row', { hasText: dish }).tap();
}
async function share(hand: Hand, dish: string): Promise<void> {
  await hand.at('split-sheet').locator('.deal-row', { hasText: dish }).getByRole('button').last().tap();
}

test('a table splits every way, undoes it, and pays in two, on every size', async ({ hand, page }) => {
  await hand.signIn('caja');
  await hand.openShift('100000');
  await hand.tap('table-mesa-3');
  await hand.tap('covers-3');
  // Seat 1: 39.000. Seat 2: 16.000 + 12.000. Nobody's: 9.000. In all 76.000.
  const seat = async (n: number): Promise<void> => {
    await hand.seeOrder();
    await hand.tap('seat');
    if (n === 1) await hand.look('seat');
    await hand.tap(`seat-${n}`);
    await hand.seeMenu();
  };
  await seat(1);
  await hand.tap('category-fuertes');
  await hand.tap('item-berenjenas-rellenas');
  await seat(2);
  await hand.tap('category-entradas');
  await hand.tap('item-patacones-hogao');
  await hand.tap('category-bebidas');
  await hand.tap('item-cerveza-nacional');
  await seat(0);
  await hand.tap('item-limonada-natural');
  await hand.seeOrder();
  await expect(page.locator('.lines.draft')).toContainText('Puesto 2');
  await act(hand, 'act-split');
  await expect(hand.at('split-commit')).toBeDisabled();
  await hand.tap('ways-3');
  await expect(parts(hand)).toHaveText(money('25.334', '25.333', '25.333'));
  await hand.look('split-evenly');
  await hand.tap('split-seats');
  await expect(parts(hand)).toHaveText(money('39.000', '28.000', '9.000'));
  await hand.look('split-by-seat');
  await hand.tap('split-amount');
  await hand.type('20');
  await hand.tap('key-000');
  await expect(parts(hand)).toHaveText(money('20.000', '56.000'));
  await hand.look('split-by-amount');
  await hand.tap('split-dishes');
  await deal(hand, 'Berenjenas');
  await hand.tap('part-2');
  await deal(hand, 'Patacones');
  await share(hand, 'Cerveza');
  // 39.000 + half of 12.000; 16.000 + half of 12.000; the lemonade is nobody's yet.
  await expect(hand.at('part-1')).toContainText('45.000');
  await expect(hand.at('part-2')).toContainText('22.000');
  await expect(hand.at('part-left')).toContainText('9.000');
  await hand.look('split-by-dish');
  await expect(hand.at('split-commit')).toHaveText('Dividir en 3 cuentas');
  await hand.tap('split-commit');
  await expect(hand.at('checks-left')).toHaveText(/76\.000/);
  await expect(page.locator('.check-sum')).toHaveText(money('45.000', '22.000', '9.000'));
  await hand.look('checks');

  // The bill of one of them on paper.
  await hand.tap('check-2-precuenta');
  await expect(page.getByText('La precuenta va a la impresora.')).toBeVisible();
  const books = await hand.books();
  const { body: jobs } = await books.get('/print-jobs');
  const bill = jobs.jobs.find((job: { kind: string }) => job.kind === 'precuenta');
  const { body: paper } = await books.get(`/print-jobs/${bill.id}/text`);
  expect(paper).toContain('NO ES FACTURA');
  expect(paper).toContain('Selección 2');
  expect(paper).toMatch(/\$\s22\.000/);

  // Undone while nothing is paid; then in two: 38.000 each.
  await hand.tap('undo-split');
  await expect(hand.at('total')).toHaveText(/76\.000/);
  await act(hand, 'act-split');
  await hand.tap('ways-2');
  await hand.tap('split-commit');
  await hand.tap('check-1-pay');
  await hand.tap('tip-no');
  await expect(page.locator('.due-line strong')).toHaveText(/38\.000/);
  await hand.look('pay-a-check');
  await hand.tap('cash-40000');
  await expect(hand.at('change')).toHaveText(/\$\s2\.000/);
  await expect(page.locator('.still-due')).toContainText('38.000');
  await hand.look('still-due');
  await hand.tap('pay-more');
  await expect(hand.at('check-1')).toContainText('Pagada · INT-1');
  await expect(hand.at('undo-split')).toHaveCount(0);
  await hand.look('checks-one-paid');

  // More is ordered: a check of its own. 6.000.
  await hand.tap('checks-back');
  await expect(hand.at('see-checks')).toContainText('1 pagada');
  await hand.look('split-order');
  await hand.seeMenu();
  await hand.tap('category-bebidas');
  await hand.tap('item-agua-sin-gas');
  await hand.tap('pay');
  await expect(page.locator('.check-sum')).toHaveText(money('38.000', '38.000', '6.000'));

  // The second gives a tip: half of the base of 76.000, 70.370, is 35.185; a tenth is 3.518. 41.518 in cash are 41.500.
  await hand.tap('check-2-pay');
  await hand.tap('tip-yes');
  await expect(page.locator('.due-line strong')).toHaveText(/41\.518/);
  await hand.tap('cash-50000');
  await expect(hand.at('change')).toHaveText(/8\.500/);
  await hand.tap('pay-more');
  await hand.tap('check-3-pay');
  await hand.tap('tip-no');
  await hand.tap('means-nequi');
  await hand.type('4711');
  await hand.tap('charge');
  await hand.tap('next-sale');
  await expect(hand.at('table-mesa-3')).toContainText('Libre');
  const { body: paid } = await books.get('/orders?state=paid');
  const { body: whole } = await books.get(`/orders/${paid.orders[0].id}`);
  expect(whole.checks.map((check: { document: string; due: number }) => [check.document, check.due])).toEqual([
    ['INT-1', 38000],
    ['INT-2', 41518],
    ['INT-3', 6000],
  ]);
});

test('what is promised before a split is what it makes, to the peso', async ({ hand, page }) => {
  await hand.signIn('caja');
  await hand.openShift('100000');
  await hand.tap('table-mesa-3');
  await hand.tap('covers-3');
  await hand.tap('category-fuertes');
  await hand.tap('item-berenjenas-rellenas');
  await hand.tap('category-entradas');
  await hand.tap('item-patacones-hogao');
  await hand.tap('category-bebidas');
  await hand.tap('item-cerveza-nacional');
  await hand.tap('item-cerveza-nacional');
  // 39.000 + 16.000 + 24.000 less 1.000: 494, 202 and 304 come off. 38.506 + 15.798 + 23.696.
  await act(hand, 'act-discount');
  await hand.tap('discount-amount');
  await hand.type('1');
  await hand.tap('key-000');
  await hand.tap('amount-done');
  await hand.tap('reason-2');
  await hand.tap('discount-give');
  await expect(hand.at('total')).toHaveText(/78\.000/);
  await act(hand, 'act-split');
  await hand.tap('split-dishes');
  await hand.tap('part-add');
  await share(hand, 'Cerveza');
  await hand.look('sharers');
  await hand.tap('sharers-done');
  await share(hand, 'Patacones');
  await hand.tap('sharer-2');
  await hand.tap('sharers-done');
  await hand.tap('part-2');
  await deal(hand, 'Berenjenas');
  // The beers in three: 7.898, 7.899, 7.899; the plantains in two: 7.899 each.
  const dues = money('15.797', '46.405', '15.798');
  for (const [i, due] of dues.entries()) await expect(hand.at(`part-${i + 1}`).locator('strong')).toHaveText(due);
  await expect(hand.at('part-left')).toContainText('$ 0');
  await hand.tap('split-commit');
  await expect(page.locator('.check-sum')).toHaveText(dues);

  // A further split, of one check; then a discount is refused in words.
  await hand.tap('check-2-split');
  await hand.tap('ways-2');
  await expect(parts(hand)).toHaveText(money('23.203', '23.202'));
  await hand.tap('split-commit');
  await expect(page.locator('.check-sum')).toHaveText(money('15.797', '23.203', '15.798', '23.202'));
  await hand.tap('checks-back');
  await act(hand, 'act-discount');
  await expect(page.getByText('Este pedido está dividido.')).toBeVisible();
});

test('a check that another screen takes is seen as paid, and the others stay', async ({ hand, page }) => {
  await hand.signIn('caja');
  await hand.openShift('100000');
  const other = await hand.books();
  const { body: order } = await other.post('/orders', {
    kind: 'table',
    table: 'mesa-7',
    lines: [{ item: 'cocadas', quantity: 2 }],
  });
  await expect(hand.at('table-mesa-7')).toContainText('28.000');
  await hand.tap('table-mesa-7');
  await act(hand, 'act-split');
  await hand.tap('ways-2');
  await hand.tap('split-commit');
  await hand.tap('check-1-pay');
  await hand.tap('tip-no');
  await expect(hand.at('cash-exact')).toBeVisible();
  const { body: now } = await other.get(`/orders/${order.id}`);
  await other.post(`/orders/${order.id}/payments`, { means: 'efectivo', check: now.checks[0].id });
  await expect(page.getByText('Esta cuenta ya está pagada.')).toBeVisible();
  await hand.page.getByRole('button', { name: 'Ver las cuentas' }).tap();
  await expect(hand.at('check-1')).toContainText('Pagada');
  await expect(hand.at('check-2-pay')).toBeEnabled();
});

test('a waiter splits and prints the bills; the money is the till’s', async ({ hand, page }) => {
  await hand.signIn('caja');
  await hand.openShift('100000');
  await hand.handOver('mesa');
  await hand.tap('table-mesa-1');
  await hand.tap('covers-2');
  await hand.tap('category-postres');
  await hand.tap('item-cocadas');
  await hand.tap('item-cocadas');
  await act(hand, 'act-precuenta');
  await expect(page.getByText('La precuenta va a la impresora.')).toBeVisible();
  await act(hand, 'act-split');
  await hand.tap('split-seats');
  await expect(page.getByText('Ningún producto tiene puesto.')).toBeVisible();
  await hand.look('split-no-seats');
  await hand.tap('split-dishes');
  await deal(hand, 'Cocadas');
  await hand.tap('split-commit');
  await expect(page.locator('.check-sum')).toHaveText(money('14.000', '14.000'));
  await expect(hand.at('check-1-pay')).toBeDisabled();
});
