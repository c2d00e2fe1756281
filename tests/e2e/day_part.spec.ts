// What a tile promises is what the bill says: prices by kind of order, and dishes that are not sold at every hour.
import { expect, test } from './fixtures';

test.use({ siteName: 'la-cocina' });

test('a dish that costs more to take away says so before it is sent, and on the bill', async ({ hand }) => {
  await hand.signIn('caja');
  await hand.openShift('100000');
  await hand.tap('category-postres');
  await expect(hand.at('item-cuajada-melao')).toContainText('6.500');
  await hand.tap('item-cuajada-melao');
  await expect(hand.at('total')).toHaveText(/6\.500/);
  await hand.tap('kind-takeaway');
  await expect(hand.at('item-cuajada-melao')).toContainText('7.000');
  await expect(hand.at('total')).toHaveText(/7\.000/);
  await hand.look('takeaway-price');
  await hand.tap('send');
  await expect(hand.at('cancel-send')).toHaveCount(0);
  await expect(hand.at('total')).toHaveText(/7\.000/); // the server's own figure now
});

test('outside its hours a dish cannot be tapped, and its tile says when it is sold', async ({ hand, page }) => {
  const at = (hours: number): string =>
    new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', hour12: false, timeZone: 'America/Bogota' }).format(
      Date.now() + hours * 3_600_000,
    );
  const later = { days: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'], from: at(2), to: at(4) };
  await page.route('**/api/v1/menu', async (route) => {
    const reply = await route.fetch();
    const menu = await reply.json();
    for (const category of menu.categories)
      for (const item of category.items) if (item.id === 'sopa-sola') item.hours = [later];
    await route.fulfill({ response: reply, json: menu });
  });
  await hand.signIn('caja');
  await hand.openShift('100000');
  await expect(hand.at('item-sopa-sola')).toBeDisabled();
  await expect(hand.at('item-sopa-sola')).toContainText(`Solo ${later.from}–${later.to}`);
  await expect(hand.at('item-mojarra')).toBeEnabled();
  await hand.look('not-now');
});
