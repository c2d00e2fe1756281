// People and PINs: somebody joins, gets another PIN and another role, and loses the access at once on every screen.
import { expect, test } from './fixtures';
import { done } from './sales_kit';
import { Api } from './support_server.mjs';

test.use({ siteName: 'interno' });

test('somebody joins, works, and is out at once, on every size', async ({ hand, page }) => {
  const { tap, at } = { tap: hand.tap.bind(hand), at: hand.at.bind(hand) };
  const nobody = hand.server.api();
  const signIn = async (pin: string): Promise<{ status: number; body: Record<string, any> }> => {
    const { people } = await done(nobody.get('/sign-in'));
    const rosa = people.find((one: { name: string }) => one.name === 'Rosa');
    return nobody.post('/session', { staff: rosa?.id ?? 0, pin, device: 'phone-rosa' });
  };
  await hand.signIn('administración');
  await tap('menu');
  await tap('menu-staff');
  await hand.look('people');
  await tap('staff-add');
  for (const letter of 'rosa') await tap(`letter-${letter}`);
  await hand.look('name');
  await tap('staff-name-done');
  await hand.look('role');
  await tap('role-waiter');
  await hand.type('7391');
  await hand.look('pin');
  await tap('pin-next');
  await hand.type('7392'); // not the same
  await tap('pin-next');
  await expect(page.getByText('No son iguales')).toBeVisible();
  await hand.type('7391');
  await tap('pin-next');
  await hand.type('7391');
  await tap('pin-next');
  await expect(at('staff-Rosa')).toContainText('Mesa');
  const her = await signIn('7391');
  expect(her.status).toBe(201);
  const rosa = new Api(hand.server.url, her.body.token);
  expect((await rosa.get('/session')).status).toBe(200);

  // A weak PIN is refused in words; another one ends what the old one opened.
  await tap('staff-Rosa');
  await hand.look('person');
  await tap('staff-pin');
  for (let i = 0; i < 2; i++) {
    await hand.type('1234');
    await tap('pin-next');
  }
  await expect(page.getByText('muy fácil de adivinar')).toBeVisible();
  await tap('fault-ok');
  hand.complaints.splice(0); // the browser's own words about the refusal
  for (let i = 0; i < 2; i++) {
    await hand.type('8264');
    await tap('pin-next');
  }
  await expect(at('pin-sheet')).toHaveCount(0);
  expect((await signIn('7391')).status).toBe(401);

  // A manager needs a longer PIN: it is asked with the role.
  await tap('staff-Rosa');
  await tap('staff-role');
  await tap('role-manager');
  await hand.type('8264');
  await expect(at('pin-next')).toBeDisabled();
  await hand.type('31');
  await tap('pin-next');
  await hand.type('826431');
  await tap('pin-next');
  await expect(at('staff-Rosa')).toContainText('Gerencia');

  // Out, at once.
  const again = await signIn('826431');
  const working = new Api(hand.server.url, again.body.token);
  expect((await working.get('/session')).status).toBe(200);
  await tap('staff-Rosa');
  await tap('staff-leave-open');
  await hand.look('leave');
  await tap('leave-commit');
  await expect(page.locator('.person-row.left')).toContainText('Rosa');
  await hand.look('left');
  expect((await working.get('/session')).status).toBe(401);
  await tap('staff-Rosa');
  await tap('staff-back');
  await expect(page.locator('.person-row.left')).toHaveCount(0);
  expect((await signIn('826431')).status).toBe(201);
});
