// Categories and product tiles, in the menu's own order: a tile never moves, also when it is sold out. "Agotados" below the categories turns a
// tap on a tile into saying what there is of it.
import { signal } from '@preact/signals';
import { t } from '../i18n/index';
import { may } from '../state/session';
import { addToDraft } from '../state/draft';
import { money, soft } from '../state/format';
import { closedHours, priceNow } from '../state/menu_times';
import { currentDraft, order } from '../state/sale';
import { menu } from '../state/site';
import type { Category, Kind, MenuItem, Span } from '../types';
import { category as shownCategory, choosing, chosen, marking } from '../screens/order_acts';
import { Button } from './button';
import { Icon } from './icon';
import { lazy } from './lazy';
import { Scroller } from './scroller';

const StockSheet = lazy(() => import('./stock_sheet').then((m) => m.StockSheet), true);

function pick(item: MenuItem): void {
  if (item.option_groups.length > 0) {
    choosing.value = { item };
    return;
  }
  chosen.value = { draft: addToDraft(currentDraft(), item, []) };
}

/** The product whose stock is being said. */
const stocking = signal<MenuItem | null>(null);

/** "11:00–02:00", or nothing where days alone decide. */
const hoursText = (hours: Span[]): string => {
  const span = hours.find((candidate) => candidate.from !== candidate.to);
  return span ? `${span.from}–${span.to}` : '';
};

function ProductFoot({ item, category, kind }: { item: MenuItem; category: Category; kind: Kind }) {
  const tr = t.value.order;
  const closed = closedHours(item, category);
  if (!item.available) return <strong class="sold-out-word">{tr.sold_out}</strong>;
  if (closed) return <strong class="sold-out-word">{tr.not_now(hoursText(closed))}</strong>;
  return (
    <>
      <span class="product-price">{money(priceNow(item, kind))}</span>
      {item.remaining !== null && <span class="product-left">{tr.left(item.remaining)}</span>}
    </>
  );
}

export function Tiles() {
  const tr = t.value.order;
  const { kind } = currentDraft();
  const categories = menu.value?.categories ?? [];
  const category = categories.find((candidate) => candidate.id === shownCategory.value) ?? categories[0];
  const shut = order.value !== null && !['open', 'sent'].includes(order.value.state);
  if (!category)
    return (
      <section class="carte">
        <p class="empty">{tr.menu_empty}</p>
      </section>
    );
  return (
    <section class={`carte ${marking.value ? 'marked' : ''}`}>
      {marking.value && (
        <p class="marking">
          <span>{tr.mark_hint}</span>
          <Button
            look="primary"
            onPress={() => {
              marking.value = false;
            }}
            testId="marking-done"
          >
            {tr.mark_done}
          </Button>
        </p>
      )}
      <nav class="categories" aria-label={tr.categories}>
        {categories.map((candidate) => (
          <Button
            key={candidate.id}
            look="tab"
            className={`category color-${candidate.color ?? 'none'}`}
            selected={candidate === category}
            onPress={() => {
              shownCategory.value = candidate.id;
            }}
            testId={`category-${candidate.id}`}
          >
            <i class="color-band" aria-hidden="true" />
            <span>{soft(candidate.name)}</span>
          </Button>
        ))}
        {may('sold_out') && !marking.value && (
          <Button
            look="quiet"
            className="mark-key"
            onPress={() => {
              marking.value = true;
            }}
            testId="mark"
          >
            <Icon name="alert" />
            <span>{tr.mark_sold_out}</span>
          </Button>
        )}
      </nav>
      <Scroller key={category.id} className="tiles-scroll">
        <div class={`tiles color-${category.color ?? 'none'}`}>
          {category.items.map((item) => {
            const sold = item.available && closedHours(item, category) === null;
            return (
              <Button
                key={item.id}
                look="tile"
                className={`product ${sold ? '' : 'sold-out'}`}
                disabled={!marking.value && (!sold || shut)}
                onPress={() => {
                  if (marking.value) stocking.value = item;
                  else pick(item);
                }}
                testId={`item-${item.id}`}
              >
                <span class="product-name">{soft(item.name)}</span>
                <span class="product-foot">
                  <ProductFoot item={item} category={category} kind={kind} />
                </span>
              </Button>
            );
          })}
        </div>
      </Scroller>
      {stocking.value && (
        <StockSheet
          item={stocking.value}
          onClose={() => {
            stocking.value = null;
          }}
        />
      )}
    </section>
  );
}
