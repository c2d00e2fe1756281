// A printer that does not answer: a line that says which, why and how many wait, and that leads to the tickets.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, Hand, test as base } from './fixtures';
import { root, startServer } from './support_server.mjs';

/* La Cocina with its kitchen printer on the network at a port where nobody listens. */
const test = base.extend({
  server: async ({}, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'comanda-site-'));
    const site = JSON.parse(readFileSync(join(root, 'data/sites/la-cocina.json'), 'utf8'));
    site.menu_file = join(root, 'data/menus/la-cocina.json');
    const kitchen = site.printers.find((printer: { slug: string }) => printer.slug === 'cocina');
    Object.assign(kitchen, { transport: 'tcp', host: '127.0.0.1', port: 1 });
    for (const station of site.stations) delete station.fallback;
    const file = join(folder, 'site.json');
    writeFileSync(file, JSON.stringify(site));
    const server = await startServer({ site: file });
    await use(server);
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  },
});
test.use({ siteName: 'la-cocina' });

test('a printer that does not answer is named, with what waits, and the way to it', async ({ hand }: { hand: Hand }) => {
  await hand.signIn('caja');
  await hand.openShift('100000');
  await hand.tap('item-mojarra');
  await hand.tap('send');
  const line = hand.at('printer-trouble');
  await expect(line).toContainText('Cocina: no se encuentra en la red', { timeout: 15_000 });
  await expect(line).toContainText('1 tiquete espera desde', { timeout: 15_000 });
  await hand.look('printer-trouble');
  await line.getByRole('button').tap();
  await expect(hand.at('printer-cocina')).toContainText('no se encuentra en la red');
  await expect(hand.at('trouble-unreachable')).toContainText('Revise que el cable de red esté bien puesto');
  await expect(hand.at('job-kitchen').first()).toContainText('En espera');
  await hand.look('printer-trouble-tickets');
  await hand.go('shift');
  await hand.tap('close-shift');
  await expect(hand.page.getByText('1 tiquete sin imprimir')).toBeVisible();
  await hand.look('gate-with-trouble');
});
