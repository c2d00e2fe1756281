// What a signed-in person sees: the bars, and the screen that the route names; sheets that belong to no screen over all of them.
// Selling is in one piece; what is opened once a day is fetched in its own.
import { useEffect } from 'preact/hooks';
import { t } from './i18n/index';
import { ApprovalSheet } from './parts/approval';
import { lazy } from './parts/lazy';
import { StatusLine } from './parts/status_line';
import { MenuSheet, TopBar } from './parts/top_bar';
import { closed } from './screens/close_state';
import { Done } from './screens/done';
import { Floor } from './screens/floor';
import { OpenShift } from './screens/open_shift';
import { OrderScreen } from './screens/order';
import { pauseOrder } from './screens/order_acts';
import { Orders } from './screens/orders';
import { Pay } from './screens/pay';
import { route } from './state/route';
import { beforeLock, may } from './state/session';
import { shift, shiftKnown } from './state/shift';
import { menu, sellsAtTables, site } from './state/site';

const CloseShift = lazy(() => import('./screens/close').then((m) => m.CloseShift));
const DailySales = lazy(() => import('./screens/daily').then((m) => m.DailySales));
const Device = lazy(() => import('./screens/device').then((m) => m.Device));
const History = lazy(() => import('./screens/history').then((m) => m.History));
const Journal = lazy(() => import('./screens/journal').then((m) => m.Journal));
const Paper = lazy(() => import('./screens/paper').then((m) => m.Paper));
const ShiftScreen = lazy(() => import('./screens/shift').then((m) => m.ShiftScreen));
const Staff = lazy(() => import('./screens/staff').then((m) => m.Staff));

export function Frame() {
  useEffect(() => {
    beforeLock.value = pauseOrder;
  }, []);
  const ready = site.value && menu.value && shiftKnown.value;
  return (
    <div class="frame">
      <TopBar />
      <StatusLine />
      {ready ? (
        <Screen />
      ) : (
        <main class="center-page">
          <p>{t.value.loading}</p>
        </main>
      )}
      <MenuSheet />
      <ApprovalSheet />
    </div>
  );
}

function Screen() {
  const at = route.value.at;
  if (at === 'device') return <Device />;
  if ((at === 'paper' || at === 'printer') && may('paper')) return <Paper />;
  if (at === 'daily' && may('reports')) return <DailySales />;
  if (at === 'journal' && may('journal')) return <Journal />;
  if (at === 'staff' && may('staff')) return <Staff />;
  if (at === 'history' && may('sell')) return <History />;
  if (closed.value) return <CloseShift />;
  if (!may('sell') && may('paper')) return <Paper />;
  if (!shift.value) return <OpenShift />;
  switch (at) {
    case 'orders':
      return <Orders />;
    case 'sale':
    case 'table':
    case 'order':
      return <OrderScreen />;
    case 'pay':
      return <Pay />;
    case 'done':
      return <Done />;
    case 'shift':
      return <ShiftScreen />;
    case 'close':
      return <CloseShift />;
    default:
      return sellsAtTables.value ? <Floor /> : <OrderScreen />;
  }
}
