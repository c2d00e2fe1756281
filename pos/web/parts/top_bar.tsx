// The bar on top: where one is, where one can go, who one is. On a phone all of it is behind "Menú".
import { signal } from '@preact/signals';
import { PRACTICE } from '../house';
import { t } from '../i18n/index';
import { capital, soft } from '../state/format';
import { openOrders } from '../state/orders';
import { go, route, type Route } from '../state/route';
import { lock, may, session, signInPage } from '../state/session';
import { sellsAtTables, site, walkUpKinds } from '../state/site';
import { leaveOrder } from '../screens/order_acts';
import { Button } from './button';
import { Icon, type IconName } from './icon';
import { Sheet } from './sheet';

interface Place {
  to: Route;
  word: string;
  icon: IconName;
  here: readonly Route['at'][];
  shown: boolean;
  /** Seldom wanted: only in the menu. */
  seldom?: boolean;
}

function places(): Place[] {
  const nav = t.value.nav;
  const sells = may('sell');
  const tables = sellsAtTables.value;
  const waiting = openOrders.value.length;
  return [
    {
      to: { at: 'home' },
      word: tables ? nav.tables : nav.sell,
      icon: tables ? 'people' : 'plus',
      here: tables ? ['home', 'table', 'order', 'pay', 'done'] : ['home', 'sale'],
      shown: sells,
    },
    {
      to: { at: 'orders' },
      word: waiting ? `${nav.orders} · ${waiting}` : nav.orders,
      icon: 'clock',
      here: tables ? ['orders', 'sale'] : ['orders', 'order', 'pay', 'done'],
      shown: sells && walkUpKinds.value.length > 0,
    },
    { to: { at: 'paper', job: null }, word: nav.paper, icon: 'paper', here: ['paper', 'printer'], shown: may('paper') },
    { to: { at: 'shift' }, word: nav.shift, icon: 'bill', here: ['shift', 'close'], shown: may('shift') },
    { to: { at: 'daily' }, word: nav.daily, icon: 'chart', here: ['daily'], shown: may('reports') },
    { to: { at: 'history', id: null }, word: nav.history, icon: 'undo', here: ['history'], shown: sells, seldom: true },
    { to: { at: 'journal', order: null }, word: nav.journal, icon: 'note', here: ['journal'], shown: may('journal'), seldom: true },
    { to: { at: 'staff' }, word: nav.staff, icon: 'people', here: ['staff'], shown: may('staff') && !PRACTICE, seldom: true },
  ].filter((place) => place.shown) as Place[];
}

const menuOpen = signal(false);

async function travel(to: Route): Promise<void> {
  menuOpen.value = false;
  await leaveOrder();
  go(to);
}
async function lockNow(): Promise<void> {
  menuOpen.value = false;
  await leaveOrder();
  await lock();
}

export function TopBar() {
  const tr = t.value;
  const who = session.value?.staff;
  const list = places();
  const here = list.find((place) => place.here.includes(route.value.at));
  return (
    <header class="top-bar">
      <div class="brand">
        <span class="brand-mark" aria-hidden="true" />
        <strong>{soft(site.value?.name ?? tr.product)}</strong>
      </div>
      <nav class="tabs">
        {list.filter((place) => !place.seldom).map((place) => (
          <Button
            key={place.to.at}
            look="tab"
            selected={place === here}
            onPress={() => travel(place.to)}
            testId={`nav-${place.to.at}`}
          >
            {place.word}
          </Button>
        ))}
      </nav>
      <div class="top-end">
        <Button look="quiet" className="lock-button" onPress={lockNow} label={`${tr.nav.lock}: ${who?.name ?? ''}`} testId="lock">
          <Icon name="lock" />
          <span>{capital(who?.name ?? '')}</span>
        </Button>
        <Button
          look="quiet"
          className="menu-button"
          label={tr.menu_button}
          onPress={() => {
            menuOpen.value = true;
          }}
          testId="menu"
        >
          <Icon name="menu" />
        </Button>
      </div>
    </header>
  );
}

/** Everything the bar has no room for. Drawn beside the screens: a sheet inside the bar would be cut by it. */
export function MenuSheet() {
  const tr = t.value;
  if (!menuOpen.value || !session.value) return null;
  return (
    <Sheet
      title={site.value?.name ?? tr.product}
      onClose={() => {
        menuOpen.value = false;
      }}
      testId="menu-sheet"
    >
      <div class="menu-list">
        {places().map((place) => (
          <Button key={place.to.at} look="row" onPress={() => travel(place.to)} testId={`menu-${place.to.at}`}>
            <Icon name={place.icon} />
            <span>{place.word}</span>
          </Button>
        ))}
        <Button look="row" onPress={() => travel({ at: 'device' })} testId="menu-device">
          <Icon name="phone" />
          <span>{tr.nav.device}</span>
        </Button>
        <Button look="row" onPress={lockNow} testId="menu-lock">
          <Icon name="lock" />
          <span>
            {tr.nav.lock} · {capital(session.value.staff.name)}
          </span>
        </Button>
      </div>
      <p class="sheet-hint">{tr.device.version(signInPage.value?.version ?? '')}</p>
    </Sheet>
  );
}
