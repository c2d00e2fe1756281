// Practice by touch: entered from the sign-in screen, all five tasks done and ticked off as they happen, and not one row of the real database
// changed by it.
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test, type Hand } from './fixtures';

test.use({ siteName: 'interno' });

/** Every row of the real database. */
const books = (hand: Hand): string => execFileSync('sqlite3', ['-readonly', join(hand.server.data, 'comanda.db'), '.dump'], { encoding: 'utf8' });

async function enter(hand: Hand): Promise<void> {
  await hand.tap('practise');
  await hand.page.waitForURL(/\/practica\//);
  await expect(hand.page.locator('.practice-band')).toContainText('PRÁCTICA');
  await hand.page.waitForSelector('.sign-in');
}
async function taskDone(hand: Hand, task: string): Promise<void> {
  await hand.tap('practice-tasks');
  await expect(hand.at(`task-${task}`)).toHaveAttribute('data-done', '');
  await hand.tap('sheet-close');
}
async function order(hand: Hand, table: string, dishes: [category: string, item: string, option?: string][]): Promise<void> {
  await hand.tap(`table-${table}`);
  await hand.tap('covers-2');
  for (const [category, item, option] of dishes) {
    await hand.seeMenu();
    await hand.tap(`category-${category}`);
    await hand.tap(`item-${item}`);
    if (option) await hand.tap(`option-${option}`);
  }
  await hand.seeOrder();
}
async function pay(hand: Hand): Promise<void> {
  await hand.tap('tip-no');
  const exact = hand.page.locator('[data-testid^="cash-"]').first();
  await hand.tap((await exact.getAttribute('data-testid'))!);
  await expect(hand.at('change')).toBeVisible();
}

test('the five tasks of practice, and nothing real has changed, on every size', async ({ hand, page }) => {
  const { tap, at } = { tap: hand.tap.bind(hand), at: hand.at.bind(hand) };
  const before = books(hand);
  await hand.look('real-people');
  await enter(hand);
  await hand.look('practice-people');
  await hand.signIn('caja');
  await hand.look('open-shift');
  await hand.openShift('200000');
  await hand.look('floor');
  await tap('practice-tasks');
  await expect(at('task-sale')).not.toHaveAttribute('data-done', '');
  await hand.look('tasks');
  await tap('sheet-close');

  // A sale.
  await order(hand, 'mesa-1', [['fuertes', 'berenjenas-rellenas'], ['bebidas', 'limonada-natural']]);
  await hand.look('order');
  await tap('send');
  await expect(page.locator('.line-state').first()).toBeVisible();
  await tap('pay');
  await hand.look('pay-tip');
  await pay(hand);
  await expect(at('practice-tasks')).toContainText(/1 de 5/);
  await hand.look('done');
  await tap('see-ticket');
  await expect.poll(() => at('ticket-picture').evaluate((img: HTMLImageElement) => img.naturalWidth)).toBeGreaterThan(300);
  await hand.look('receipt');
  if (hand.phone) await tap('ticket-back');
  await at('job-kitchen').first().tap();
  await expect.poll(() => at('ticket-picture').evaluate((img: HTMLImageElement) => img.naturalWidth)).toBeGreaterThan(300);
  await hand.look('kitchen-ticket');
  if (hand.phone) await tap('ticket-back');

  // With options.
  await hand.go('home');
  await order(hand, 'mesa-2', [['bebidas', 'cafe', 'cafe-tinto']]);
  await tap('pay');
  await pay(hand);
  await expect(at('practice-tasks')).toContainText(/2 de 5/);
  await tap('next-sale');

  // Taken back after the kitchen had it, with a manager's PIN.
  await order(hand, 'mesa-3', [['fuertes', 'berenjenas-rellenas']]);
  await tap('send');
  await expect(page.locator('.line-state').first()).toBeVisible();
  await page.locator('.line', { hasText: 'Berenjenas' }).last().tap();
  await tap('void-line');
  await tap('reason-1');
  await tap('void-commit');
  await tap('approver-manager');
  await hand.look('approval');
  await hand.type('444444');
  await tap('approve');
  await expect(at('practice-tasks')).toContainText(/3 de 5/);
  await hand.seeMenu();

  // Split in two, each paid.
  await tap('category-bebidas');
  await tap('item-limonada-natural');
  await tap('item-limonada-natural');
  await hand.seeOrder();
  await tap('order-more');
  await tap('act-split');
  await tap('ways-2');
  await tap('split-commit');
  await tap('check-1-pay');
  await pay(hand);
  await tap('pay-more');
  await tap('check-2-pay');
  await pay(hand);
  await expect(at('practice-tasks')).toContainText(/4 de 5/);
  await tap('next-sale');

  // The shift.
  await hand.go('shift');
  await tap('close-shift');
  await hand.look('gate');
  await tap('to-count');
  await hand.type('2');
  await hand.look('count');
  await tap('commit-count');
  await expect(at('verdict')).toBeVisible();
  await expect(at('practice-tasks')).toContainText(/5 de 5/);
  await tap('practice-tasks');
  await hand.look('all-done');
  await tap('sheet-close');
  await taskDone(hand, 'close');

  // And back to the real till, which knows of none of it and asks who it is.
  await tap('practice-leave');
  await page.waitForURL((url) => !url.pathname.startsWith('/practica'));
  await expect(at('practise')).toBeVisible();
  expect(books(hand) === before, 'no row of the real database has changed').toBe(true);
});

test('a manager sees how far everybody is, begins anew for one, and clears practice', async ({ hand, page }) => {
  await enter(hand);
  await hand.signIn('mesa'); // finds a shift open
  await order(hand, 'mesa-1', [['bebidas', 'limonada-natural']]);
  await hand.tap('send');
  await expect(hand.at('practice-tasks')).toContainText(/1 de 4/);
  await hand.tap('practice-tasks');
  await expect(hand.at('open-close')).toBeDisabled();
  await hand.look('waiter-tasks');
  await hand.tap('practice-again');
  await expect(hand.at('task-sale')).not.toHaveAttribute('data-done', '');
  await hand.tap('sheet-close');
  await hand.handOver('gerencia');
  await hand.tap('practice-tasks');
  await hand.look('everybody');
  await hand.tap('practice-reset');
  await hand.tap('practice-reset');
  await hand.tap('sheet-close');
  await expect(hand.at('open-shift')).toBeVisible(); // the shift went, too
  await page.goto(`${hand.server.url}/practica`);
  await expect(page.locator('.practice-band')).toBeVisible();
});

test('English says it as plainly', async ({ hand, page }) => {
  await enter(hand);
  await hand.tap('language');
  await expect(page.locator('.practice-band')).toContainText('nothing here is real');
  await hand.signIn('caja');
  await hand.tap('practice-tasks');
  await expect(hand.at('practice-sheet')).toContainText('A whole sale');
  await hand.look('tasks-english');
});
