// Which screen is shown: sign-in first, then an open shift, then where the route says; sheets that belong to no screen over all of them.
import { useEffect } from 'preact/hooks';
import { listen, loadEverything, stopListening } from './events';
import { t } from './i18n/index';
import { ApprovalSheet } from './parts/approval';
import { FaultSheet } from './parts/fault_sheet';
import { StatusLine } from './parts/status_line';
import { MenuSheet, TopBar } from './parts/top_bar';
import { CloseShift } from './screens/close';
import { closed } from './screens/close_state';
import { DailySales } from './screens/daily';
import { Device } from './screens/device';
import { Done } from './screens/done';
import { Floor } from './screens/floor';
import { OpenShift } from './screens/open_shift';
import { OrderScreen } from './screens/order';
import { Orders } from './screens/orders';
import { Paper } from './screens/paper';
import { Pay } from './screens/pay';
import { ShiftScreen } from './screens/shift';
import { SignIn } from './screens/sign_in';
import { report } from './state/notice';
import { route } from './state/route';
import { may, session, started } from './state/session';
import { shift, shiftKnown } from './state/shift';
import { menu, sellsAtTables, site } from './state/site';

export function App() {
  const who = session.value?.staff.id;
  useEffect(() => {
    if (!who) return undefined;
    loadEverything().catch(report);
    listen();
    return stopListening;
  }, [who]);
  if (!started.value)
    return (
      <main class="center-page">
        <p>{t.value.loading}</p>
      </main>
    );
  if (!who)
    return (
      <>
        <SignIn />
        <FaultSheet />
      </>
    );
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
      <FaultSheet />
    </div>
  );
}

function Screen() {
  const at = route.value.at;
  if (at === 'device') return <Device />;
  if (at === 'paper' && may('paper')) return <Paper />;
  if (at === 'daily' && may('reports')) return <DailySales />;
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
