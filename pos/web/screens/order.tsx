// The order screen: categories and tiles on the left, the order and its money on the right; on a phone two panes over the same actions.
import { useEffect } from 'preact/hooks';
import { t } from '../i18n/index';
import { NoteSheet, VoidSheet } from '../parts/line_sheets';
import { OptionSheet } from '../parts/option_sheet';
import { lazy } from '../parts/lazy';
import { OrderPanel } from '../parts/order_panel';
import { Tiles } from '../parts/tiles';
import { report } from '../state/notice';
import { Problem } from '../api';
import { fault } from '../state/notice';
import { go, route } from '../state/route';
import { loadOrder, order } from '../state/sale';
import { site } from '../state/site';
import { acting, endAct, pane } from './order_acts';

const OrderSheets = lazy(() => import('../parts/order_sheets').then((m) => m.OrderSheets), true);

export function OrderScreen() {
  const at = route.value;
  const id = at.at === 'order' ? at.id : null;
  useEffect(() => endAct, []); // what was open does not wait for who comes back
  useEffect(() => {
    if (id === null) {
      order.value = null;
      return;
    }
    loadOrder(id).catch((e: unknown) => {
      if (e instanceof Problem && e.status === 404) {
        fault.value = t.value.order.no_order;
        go({ at: 'home' });
      } else report(e);
    });
  }, [id]);
  return (
    <main class={`order-screen pane-${pane.value} kind-${order.value?.kind ?? site.value?.default_kind ?? ''}`}>
      <Tiles />
      <OrderPanel />
      <OptionSheet />
      <NoteSheet />
      <VoidSheet />
      {acting.value && <OrderSheets />}
    </main>
  );
}
