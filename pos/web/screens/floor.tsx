// The floor: the tables of each area where they stand, who is seated, for how long, what is not sent; and the orders without a table.
import { signal } from '@preact/signals';
import { useState } from 'preact/hooks';
import { t } from '../i18n/index';
import { Button } from '../parts/button';
import { Icon } from '../parts/icon';
import { Scroller } from '../parts/scroller';
import { Sheet } from '../parts/sheet';
import { Keypad } from '../parts/keypad';
import { Field } from '../parts/keyboard';
import { age, capital, money } from '../state/format';
import { draftAt, newDraft, putDraft } from '../state/draft';
import { byTable, walkUps } from '../state/orders';
import { trouble } from '../state/print';
import { go } from '../state/route';
import { site, walkUpKinds } from '../state/site';
import type { OrderSummary, Table } from '../types';
import { OrderCard } from './orders';

const shownArea = signal<string | null>(null);

export function Floor() {
  const tr = t.value;
  const [seating, setSeating] = useState<Table | null>(null);
  if (!site.value?.tables.length)
    return (
      <main class="center-page">
        <Icon name="people" />
        <p>{tr.floor.empty}</p>
      </main>
    );
  const pick = (table: Table): void => {
    const order = byTable.value.get(table.id);
    if (order) go({ at: 'order', id: order.id });
    else if (draftAt(`table:${table.id}`)) go({ at: 'table', table: table.id });
    else setSeating(table);
  };
  const seat = (table: Table, covers: number): void => {
    putDraft({ ...newDraft(`table:${table.id}`, 'table', null, table.id), covers });
    setSeating(null);
    go({ at: 'table', table: table.id });
  };
  return (
    <main class="floor">
      <div class="floor-main">
        <FloorPlan onPick={pick} />
      </div>
      {walkUpKinds.value.length > 0 && (
        <aside class="floor-side">
          <Button look="primary" className="tall" onPress={() => go({ at: 'sale' })} testId="new-takeaway">
            <Icon name="bag" />
            <span>{tr.floor.new_takeaway}</span>
          </Button>
          <h2>{tr.floor.others}</h2>
          <Scroller className="side-orders">
            <div class="cards">
              {walkUps.value.map((order) => (
                <OrderCard key={order.id} order={order} />
              ))}
            </div>
          </Scroller>
        </aside>
      )}
      {seating && <Covers table={seating} onDone={(covers) => seat(seating, covers)} onClose={() => setSeating(null)} />}
    </main>
  );
}

/** The tables of an area, each where it stands. `barred`: why one cannot be picked now, in a word; null: it can. */
export function FloorPlan({ onPick, barred }: { onPick: (table: Table) => unknown; barred?: (table: Table) => string | null }) {
  const areas = site.value?.areas ?? [];
  const area = areas.find((candidate) => candidate.id === shownArea.value) ?? areas[0];
  const tables = (site.value?.tables ?? []).filter((table) => !area || table.area === area.id);
  const columns = tracks(tables.map((table) => table.x));
  const rows = tracks(tables.map((table) => table.y));
  return (
    <>
      <div class="areas">
        {areas.map((candidate) => (
          <Button
            key={candidate.id}
            look="tab"
            selected={candidate === area}
            onPress={() => {
              shownArea.value = candidate.id;
            }}
            testId={`area-${candidate.id}`}
          >
            {candidate.name}
          </Button>
        ))}
      </div>
      <Scroller className="tables-scroll">
        <div class={`tables cols-${columns.length}`}>
          {[...tables]
            .sort((a, b) => a.y - b.y || a.x - b.x)
            .map((table) => (
              <TableTile
                key={table.id}
                table={table}
                place={placeOf(table, columns, rows)}
                order={byTable.value.get(table.id)}
                onPress={() => onPick(table)}
                barred={barred?.(table) ?? null}
              />
            ))}
        </div>
      </Scroller>
    </>
  );
}

/** The cells in use; an empty column or row between two is an aisle and takes only a gap. */
const tracks = (cells: number[]): number[] => [...new Set(cells)].sort((a, b) => a - b);
function placeOf(table: Table, columns: number[], rows: number[]): string {
  const column = columns.indexOf(table.x);
  const row = rows.indexOf(table.y);
  const aisle = (list: number[], at: number): boolean => at > 0 && list[at]! - list[at - 1]! > 1;
  return `gx-${column} gy-${row} ${aisle(columns, column) ? 'aisle-x' : ''} ${aisle(rows, row) ? 'aisle-y' : ''}`;
}

function TableTile({
  table,
  place,
  order,
  onPress,
  barred,
}: {
  table: Table;
  place: string;
  order: OrderSummary | undefined;
  onPress: () => unknown;
  barred: string | null;
}) {
  const tr = t.value;
  const drafted = !order && (draftAt(`table:${table.id}`)?.lines.length ?? 0) > 0;
  const unsent = drafted || order?.changed || (order && (draftAt(`order:${order.id}`)?.lines.length ?? 0) > 0);
  const late = !unsent && (order?.unprinted ?? 0) > 0 && trouble.value.length > 0;
  return (
    <Button
      look="tile"
      className={`table ${place} ${order ? 'taken' : 'free'} ${unsent ? 'unsent' : ''}`}
      disabled={barred !== null}
      onPress={onPress}
      testId={`table-${table.id}`}
    >
      <strong class="table-name">{table.name}</strong>
      {barred !== null ? <span class="table-barred">{barred}</span> : null}
      {barred === null && order ? (
        <span class="table-facts">
          <span class="table-sum">{money(order.net)}</span>
          <span class="table-more">
            {age(order.opened_at)} · {capital(order.served_by)}
          </span>
        </span>
      ) : null}
      {late && barred === null && <span class="table-flag">{tr.floor.kitchen_waiting(order?.unprinted ?? 0)}</span>}
      {(barred !== null || (!unsent && !late)) && (
        <span class="table-foot">
          <span>{order || barred !== null ? '' : tr.floor.free}</span>
          <span class="table-people">
            <Icon name="people" />
            {order?.covers || table.seats}
          </span>
        </span>
      )}
      {unsent && barred === null && <span class="table-flag">{tr.floor.unsent}</span>}
    </Button>
  );
}

function Covers({ table, onDone, onClose }: { table: Table; onDone: (covers: number) => void; onClose: () => void }) {
  const tr = t.value;
  const [typing, setTyping] = useState<string | null>(null);
  return (
    <Sheet
      title={tr.floor.table_for(table.name)}
      onClose={onClose}
      testId="covers"
      actions={
        typing === null ? (
          <Button look="plain" onPress={() => onDone(0)} testId="covers-skip">
            {tr.floor.without_count}
          </Button>
        ) : (
          <Button look="primary" disabled={!Number(typing)} onPress={() => onDone(Number(typing))}>
            {tr.accept}
          </Button>
        )
      }
    >
      {typing === null ? (
        <div class="number-grid">
          {[1, 2, 3, 4, 5, 6, 7, 8].map((n) => (
            <Button key={n} look="key" onPress={() => onDone(n)} testId={`covers-${n}`}>
              {n}
            </Button>
          ))}
          <Button look="plain" className="span-all" onPress={() => setTyping('')}>
            {tr.floor.more}
          </Button>
        </div>
      ) : (
        <>
          <Field big label={tr.floor.how_many} value={typing} />
          <Keypad value={typing} onChange={setTyping} max={2} corner="clear" />
        </>
      )}
    </Sheet>
  );
}
