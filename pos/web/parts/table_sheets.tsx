// Where an order stands and who serves it: another table, another order taken in, another waiter.
import { useState } from 'preact/hooks';
import { get } from '../api';
import { t } from '../i18n/index';
import { tb } from '../i18n/bill';
import { mergeOrder, moveOrder, transferOrder } from '../state/bill_acts';
import { draftAt } from '../state/draft';
import { capital, money } from '../state/format';
import { tell } from '../state/notice';
import { byTable, loadOpenOrders, walkUps } from '../state/orders';
import { signInPage } from '../state/session';
import { site, tableName } from '../state/site';
import type { Order, Table } from '../types';
import { FloorPlan } from '../screens/floor';
import { endAct } from '../screens/order_acts';
import { OrderCard } from '../screens/orders';
import { Button } from './button';
import { Icon } from './icon';
import { Sheet } from './sheet';

const placeOf = (order: Pick<Order, 'table' | 'number'>): string =>
  order.table ? tableName(order.table) : t.value.queue.order(order.number);

export function MoveSheet({ order }: { order: Order }) {
  const tr = tb.value.move;
  const barred = (table: Table): string | null =>
    table.id === order.table
      ? tr.here
      : byTable.value.has(table.id)
        ? tr.taken
        : (draftAt(`table:${table.id}`)?.lines.length ?? 0) > 0
          ? tr.started
          : null;
  const move = async (table: Table): Promise<void> => {
    await moveOrder(order.id, table.id);
    await loadOpenOrders();
    endAct();
    tell(tr.moved(table.name));
  };
  return (
    <Sheet title={tr.title(placeOf(order))} onClose={endAct} closeWord={t.value.cancel} size="wide" testId="move-sheet">
      <p class="sheet-hint">{tr.hint}</p>
      <div class="plan">
        <FloorPlan onPick={move} barred={barred} />
      </div>
    </Sheet>
  );
}

export function MergeSheet({ order }: { order: Order }) {
  const tr = tb.value.merge;
  const [from, setFrom] = useState<Order | null>(null);
  const others = walkUps.value.filter((other) => other.id !== order.id);
  const look = async (id: number): Promise<void> => setFrom(await get<Order>(`/orders/${id}`));
  const merge = async (): Promise<void> => {
    if (!from) return;
    await mergeOrder(order.id, from.id);
    await loadOpenOrders();
    endAct();
    tell(tr.merged(placeOf(from)));
  };
  if (from) return <Joining order={order} from={from} onJoin={merge} onBack={() => setFrom(null)} />;
  const barred = (table: Table): string | null =>
    table.id === order.table ? tb.value.move.here : byTable.value.has(table.id) ? null : tr.free;
  const tables = (site.value?.tables.length ?? 0) > 0;
  const nothing = others.length === 0 && [...byTable.value.values()].every((other) => other.id === order.id);
  return (
    <Sheet title={tr.title(placeOf(order))} onClose={endAct} closeWord={t.value.cancel} size="wide" testId="merge-sheet">
      <p class="sheet-hint">{nothing ? tr.none : tr.hint}</p>
      {tables && (
        <div class="plan">
          <FloorPlan onPick={(table) => look(byTable.value.get(table.id)?.id ?? 0)} barred={barred} />
        </div>
      )}
      {others.length > 0 && (
        <>
          <h3>{tr.others}</h3>
          <div class="cards">
            {others.map((other) => (
              <OrderCard key={other.id} order={other} onPress={() => look(other.id)} />
            ))}
          </div>
        </>
      )}
    </Sheet>
  );
}

/** Both bills side by side, and what they come to together. */
function Joining({
  order,
  from,
  onJoin,
  onBack,
}: {
  order: Order;
  from: Order;
  onJoin: () => Promise<void>;
  onBack: () => void;
}) {
  const tr = tb.value.merge;
  const [a, b] = [placeOf(from), placeOf(order)];
  return (
    <Sheet
      title={tr.confirm(a, b)}
      onClose={endAct}
      closeWord={t.value.cancel}
      size="wide"
      testId="join-sheet"
      actions={
        <>
          <Button onPress={onBack} testId="join-back">
            {t.value.back}
          </Button>
          <Button look="primary" onPress={onJoin} testId="join-commit">
            {tr.confirm(a, b)}
          </Button>
        </>
      }
    >
      <p class="sheet-lead">{from.table ? tr.explain(a, b) : tr.explain_order(a, b)}</p>
      <div class="joining">
        <Bill order={from} name={a} />
        <Bill order={order} name={b} />
      </div>
      <dl class="before-after">
        <div class="after">
          <dt>{tr.together}</dt>
          <dd data-testid="together">{money(from.totals.net + order.totals.net)}</dd>
        </div>
      </dl>
    </Sheet>
  );
}

function Bill({ order, name }: { order: Order; name: string }) {
  return (
    <section class="joining-bill">
      <h3>
        {name} · {money(order.totals.net)}
      </h3>
      <ul class="plain-list">
        {order.lines
          .filter((line) => line.quantity > line.voided)
          .map((line) => (
            <li key={line.id} class="bill-line">
              <span>{line.quantity - line.voided}</span>
              <span>{line.name}</span>
              <span>{money(line.amount)}</span>
            </li>
          ))}
      </ul>
    </section>
  );
}

export function TransferSheet({ order }: { order: Order }) {
  const tr = tb.value.transfer;
  const people = (signInPage.value?.people ?? []).filter((person) => person.role !== 'cook');
  return (
    <Sheet title={tr.title} onClose={endAct} closeWord={t.value.cancel} testId="transfer-sheet">
      <div class="menu-list">
        {people.map((person) => {
          const now = person.name === order.served_by;
          const name = capital(person.name);
          const role = now ? tr.now : t.value.roles[person.role];
          return (
            <Button
              key={person.id}
              look="row"
              disabled={now}
              onPress={async () => {
                await transferOrder(order.id, person.id);
                await loadOpenOrders();
                endAct();
                tell(tr.done(name));
              }}
              testId={`serve-${person.name}`}
            >
              <Icon name="people" />
              <span>{name === role ? name : `${name} · ${role}`}</span>
            </Button>
          );
        })}
      </div>
    </Sheet>
  );
}
