// Printers in trouble, by finger: what the selling screen says, the remedy, and what a person may do — pause, another printer, a word on a ticket
// in doubt. La Cocina, with its kitchen printer on the network: a fake one that keeps what is on its paper.
import { expect, Hand, test as base } from './fixtures';
import { startPrinter } from './support_printer.mjs';
import { changedSite, root, startServer } from './support_server.mjs';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

type Printer = Awaited<ReturnType<typeof startPrinter>>;

const test = base.extend<{ printer: Printer; mute: boolean }>({
  mute: [false, { option: true }],
  printer: async ({ mute }, use) => {
    const printer = await startPrinter({ mute });
    await use(printer);
    printer.close();
  },
  server: async ({ printer, mute }, use) => {
    const { printers, stations } = JSON.parse(readFileSync(join(root, 'data/sites/la-cocina.json'), 'utf8'));
    Object.assign(
      printers.find((one: { slug: string }) => one.slug === 'cocina'),
      { transport: 'tcp', host: '127.0.0.1', port: printer.port, ...(mute ? { profile: 'generic-80', confirm: true } : {}) },
    );
    for (const station of stations) delete station.fallback; // a person decides here, not the clock
    const site = await changedSite('la-cocina', { printers, stations });
    const server = await startServer({ site: site.file });
    await use(server);
    await server.stop();
    await site.remove();
  },
});
test.use({ siteName: 'la-cocina' });

/** A fish for the kitchen. */
async function sell(hand: Hand): Promise<void> {
  await hand.go('home');
  await hand.seeMenu();
  await hand.tap('item-mojarra');
  await hand.seeOrder();
  await hand.tap('send');
  await expect(hand.at('send')).toBeDisabled();
  await expect(hand.at('cancel-send')).toHaveCount(0);
}
const line = (hand: Hand) => hand.at('printer-trouble');
const soon = { timeout: 15_000 };
/** How often a text stands on the kitchen's paper. */
const count = (printer: Printer, text: string): number => printer.paper().filter((ticket) => ticket.includes(text)).length;

test('paper out on every size: the line says it, the remedy is a tap away, and it heals by itself', async ({ hand, printer }) => {
  await hand.signIn('caja');
  await hand.openShift('100000');
  await expect(line(hand)).toHaveCount(0);
  printer.change({ paper: false });
  await expect(line(hand)).toContainText('Cocina: se acabó el papel', soon);
  await sell(hand);
  await expect(line(hand)).toContainText('1 tiquete espera desde', soon);
  await sell(hand);
  await expect(line(hand)).toContainText('2 tiquetes esperan desde', soon);
  await hand.look('paper-out');

  await hand.tap('what-to-do');
  await expect(hand.at('trouble-paper_out')).toContainText('Ponga un rollo nuevo con el papel saliendo por arriba.');
  await expect(hand.at('trouble-paper_out')).toContainText('Los tiquetes que esperan salen solos.');
  await hand.look('printer-page');
  await hand.tap('what-happened');
  await expect(hand.at('remedies').locator('.cause')).toHaveCount(19);
  await expect(hand.at('remedies').locator('.cause').first()).toContainText('Ahora');
  await hand.look('what-happened');
  await hand.tap('cause-cutter');
  await expect(hand.at('remedies')).toContainText('No use cuchillos.');
  await hand.look('what-happened-cutter');
  await hand.tap('sheet-close');

  // The cook sees what waits, and each ticket as it will be.
  await hand.handOver('cocina');
  if (hand.phone) await hand.tap('printer-back');
  await expect(hand.at('printer-cocina')).toContainText('se acabó el papel');
  await hand.tap('sieve-waiting');
  await expect(hand.at('job-kitchen')).toHaveCount(2);
  await expect(hand.at('job-kitchen').first()).toContainText('En espera');
  await hand.look('queue-of-tickets');
  await hand.tap('job-kitchen');
  await expect.poll(() => hand.at('ticket-picture').evaluate((img: HTMLImageElement) => img.naturalWidth)).toBeGreaterThan(300);
  await expect(hand.at('reprint')).toBeDisabled(); // it comes out by itself
  await hand.look('ticket-that-waits');
  expect(printer.paper()).toEqual([]);

  printer.change({ paper: true });
  await expect(line(hand)).toHaveCount(0, soon);
  await expect.poll(() => count(printer, 'MOJARRA')).toBe(2);
  expect(count(printer, 'RESPALDO') + count(printer, 'DUPLICADO') + count(printer, 'COPIA')).toBe(0);
  await expect(hand.at('reprint')).toBeEnabled();
  await hand.tap('reprint');
  await expect.poll(() => count(printer, 'COPIA')).toBe(1);
  if (hand.phone) await hand.tap('ticket-back');
  await hand.tap('sieve-printed');
  await expect(hand.at('job-kitchen')).toHaveCount(3);
  await hand.look('printed-tickets');
  await hand.tap('sieve-doubt');
  await expect(hand.page.getByText('Ningún tiquete está en duda.')).toBeVisible();
  printer.change({ low: true });
  await expect(line(hand)).toContainText('Cocina: queda poco papel', soon);
  await hand.tap('what-to-do');
  await hand.look('paper-low');
});

test('paused, and at another printer, on every size: tickets wait, go on, go elsewhere and come home', async ({ hand, printer }) => {
  await hand.signIn('caja');
  await hand.openShift('100000');
  await hand.go('paper');
  await hand.tap('printer-cocina');
  await expect(hand.at('printer-page')).toContainText('Está lista.');
  await hand.look('printer-well');
  await hand.tap('test-print');
  await expect.poll(() => printer.paper().length).toBe(1);
  await hand.tap('pause');
  await expect(hand.at('trouble-paused')).toContainText('La puso en pausa Caja');
  await expect(line(hand)).toContainText('Cocina: en pausa', soon);
  await hand.look('paused');
  await sell(hand);
  await expect(line(hand)).toContainText('1 tiquete espera', soon);
  await hand.look('paused-while-selling');
  expect(count(printer, 'MOJARRA')).toBe(0);
  await hand.tap('what-to-do');
  await hand.tap('pause');
  await expect.poll(() => count(printer, 'MOJARRA')).toBe(1);
  await expect(line(hand)).toHaveCount(0, soon);

  // Paused again, its station prints at the drinks' printer: what waits goes along, with the mark.
  await hand.tap('pause');
  await sell(hand);
  await expect(line(hand)).toContainText('1 tiquete espera', soon);
  await hand.tap('what-to-do');
  await hand.tap('route-cocina');
  await hand.look('choose-printer');
  await hand.tap('route-to-bebidas');
  await expect(hand.at('station-cocina')).toContainText('Imprime en Bebidas');
  await hand.tap('pause');
  await expect(line(hand)).toContainText('COCINA imprime en Bebidas', soon);
  await hand.look('at-another-printer');
  await sell(hand);
  const books = await hand.books();
  const backups = async (): Promise<string[]> => {
    const { body } = await books.get('/print-jobs?printer=bebidas&state=printed');
    return Promise.all(body.jobs.map(async (job: { id: number }) => (await books.get(`/print-jobs/${job.id}/text`)).body));
  };
  await expect.poll(async () => (await backups()).filter((text) => text.includes('RESPALDO DE COCINA')).length, soon).toBe(2);
  expect(count(printer, 'MOJARRA')).toBe(1);
  await hand.tap('what-to-do'); // leads to where it prints now
  await expect(hand.at('station-cocina')).toContainText('la suya es Cocina');
  await hand.look('guest-station');
  await hand.tap('home-cocina');
  await expect(line(hand)).toHaveCount(0, soon);
  await sell(hand);
  await expect.poll(() => count(printer, 'MOJARRA')).toBe(2);
  expect(count(printer, 'RESPALDO')).toBe(0);
});

test('a ticket in doubt on every size: a person looks and says; what did not come out comes again, marked', async ({ hand, printer }) => {
  await hand.signIn('caja');
  await hand.openShift('100000');
  printer.losePower();
  await sell(hand);
  await expect(line(hand)).toContainText('1 tiquete por confirmar', soon);
  await hand.look('doubt-while-selling');
  await hand.tap('what-to-do');
  await hand.look('doubt-page');
  await hand.tap('see-doubt');
  await expect(hand.page.getByText('¿Salió este tiquete?')).toBeVisible();
  await expect.poll(() => hand.at('ticket-picture').evaluate((img: HTMLImageElement) => img.naturalWidth)).toBeGreaterThan(300);
  await hand.look('did-it-come-out');
  await hand.tap('did-not');
  await expect.poll(() => count(printer, 'POSIBLE DUPLICADO'), soon).toBe(1);
  await expect(line(hand)).toHaveCount(0, soon);

  printer.losePower();
  await sell(hand);
  await expect(line(hand)).toContainText('1 tiquete por confirmar', soon);
  await hand.tap('what-to-do');
  await hand.tap('see-doubt');
  await hand.tap('came-out');
  await expect(line(hand)).toHaveCount(0, soon);
  expect(count(printer, 'POSIBLE DUPLICADO')).toBe(1);
  expect(printer.paper()).toHaveLength(1);
});

test('the printers in English', async ({ hand, printer }) => {
  await hand.signIn('caja');
  await hand.openShift('100000');
  printer.change({ cover: true });
  await expect(line(hand)).toContainText('Cocina: tapa abierta', soon);
  await hand.tap('menu');
  await hand.tap('menu-device');
  await hand.tap('language-en');
  await sell(hand);
  await expect(line(hand)).toContainText('Cocina: cover open', soon);
  await hand.tap('what-to-do');
  await expect(hand.at('trouble-cover_open')).toContainText('Close the cover, pressing on both sides until it clicks.');
  await hand.look('printer-page-english');
  await hand.tap('what-happened');
  await hand.look('what-happened-english');
});

test.describe('a printer that tells nothing, where the site wants somebody to look', () => {
  test.use({ mute: true });

  test('each of its tickets asks whether it came out', async ({ hand, printer }) => {
    await hand.signIn('caja');
    await hand.openShift('100000');
    await sell(hand);
    await sell(hand);
    await expect(line(hand)).toContainText('2 tiquetes por confirmar', { timeout: 30_000 });
    await hand.tap('what-to-do');
    await expect(hand.at('printer-page')).toContainText('Mire usted si salió.');
    await hand.tap('sieve-doubt');
    await expect(hand.at('job-kitchen')).toHaveCount(2);
    await hand.tap('see-doubt');
    await hand.look('mute-printer');
    await hand.tap('came-out');
    await expect(line(hand)).toContainText('1 tiquete por confirmar', soon);
    await expect(hand.at('job-kitchen')).toHaveCount(1);
    await hand.tap('what-to-do');
    await hand.tap('see-doubt');
    await hand.tap('did-not');
    await expect.poll(() => count(printer, 'POSIBLE DUPLICADO'), soon).toBe(1);
    await expect(line(hand)).toContainText('1 tiquete por confirmar', soon); // the copy asks too
    expect(printer.paper()).toHaveLength(3);
  });
});
