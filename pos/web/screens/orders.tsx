// The queue: who is still to pay, the longest waiting first, and the paid orders of this shift to call out by number. On the truck the number is the largest thing.
import { useEffect } from 'preact/hooks';
import { t } from '../i18n/index';
import { Button } from '../parts/button';
import { Icon } from '../parts/icon';
import { Scroller } from '../parts/scroller';
import { age, clock, money } from '../state/format';
import { report } from '../state/notice';
import { loadOpenOrders, loadPaidOrders, openOrders, paidOrders } from '../state/orders';
import { go } from '../state/route';
import { sellsAtTables, tableName } from '../state/site';
import type { OrderSummary } from '../types';

export function Orders() {
  const tr = t.value.queue;
  useEffect(() => {
    loadOpenOrders().catch(report);
    loadPaidOrders().catch(report);
  }, []);
  return (
    <main class="queue">
      <section>
        <h2>
          <span class="band warn-band" aria-hidden="true" />
          {tr.open}
          <span class="tally">{openOrders.value.length}</span>
        </h2>
        <Scroller>
          {openOrders.value.length === 0 && <p class="empty">{sellsAtTables.value ? tr.no_open_tables : tr.no_open}</p>}
          <div class="cards">
            {[...openOrders.value].reverse().map((order) => (
              <OrderCard key={order.id} order={order} />
            ))}
          </div>
        </Scroller>
      </section>
      <section>
        <h2>
          <span class="band good-band" aria-hidden="true" />
          {tr.paid}
          <span class="tally">{paidOrders.value.length}</span>
        </h2>
        <Scroller>
          {paidOrders.value.length === 0 && <p class="empty">{tr.no_paid}</p>}
          <div class="cards">
            {paidOrders.value.map((order) => (
              <OrderCard key={order.id} order={order} />
            ))}
          </div>
          <Button className="see-past" onPress={() => go({ at: 'history', id: null })} testId="see-past">
            <Icon name="undo" />
            <span>{tr.past}</span>
          </Button>
        </Scroller>
      </section>
      {!sellsAtTables.value && (
        <div class="queue-act">
          <Button look="primary" className="tall" onPress={() => go({ at: 'home' })} testId="new-sale">
            <Icon name="plus" />
            <span>{tr.new_sale}</span>
          </Button>
        </div>
      )}
    </main>
  );
}

export function OrderCard({ order, onPress }: { order: OrderSummary; onPress?: () => unknown }) {
  const tr = t.value;
  const paid = order.state === 'paid' || order.state === 'closed';
  return (
    <Button
      look="row"
      className={`card ${paid ? 'card-paid' : ''} ${order.changed && !paid ? 'unsent' : ''}`}
      onPress={onPress ?? (() => go({ at: 'order', id: order.id }))}
      testId={`order-${order.id}`}
    >
      <span class={order.table ? 'card-table' : 'card-number'}>{order.table ? tableName(order.table) : order.number}</span>
      <span class="card-facts">
        <strong>{order.name || (order.table ? tr.queue.order(order.number) : tr.kinds[order.kind])}</strong>
        <span>
          {paid ? clock(order.opened_at) : age(order.opened_at)}
          {order.changed && !paid ? ` · ${tr.floor.unsent}` : ''}
        </span>
        <span class="card-sum">{money(order.net)}</span>
      </span>
    </Button>
  );
}
