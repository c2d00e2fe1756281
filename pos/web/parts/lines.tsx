// The lines of an order: those the server has, then those just tapped, apart.
import { t } from '../i18n/index';
import { lineAmount, type Draft } from '../state/draft';
import { capital, money, rate } from '../state/format';
import type { Discount, Line, LineOption, Order } from '../types';
import { chosen } from '../screens/order_acts';
import { Button } from './button';
import { Icon } from './icon';

const options = (list: LineOption[]) =>
  list.map((option) => (
    <span key={option.group + option.option}>
      {capital(option.quantity > 1 ? `${option.quantity} ${option.name}` : option.name)}
    </span>
  ));

export function SavedLines({ order }: { order: Order }) {
  return (
    <div class="lines">
      {order.lines.map((line) => (
        <SavedLine key={line.id} line={line} off={order.discounts.filter((discount) => discount.line === line.id)} />
      ))}
      {order.discounts.map((discount) => (
        <DiscountLine key={discount.id} discount={discount} order={order} />
      ))}
    </div>
  );
}

/** What came off, and why: it can be chosen and taken off again like a line. */
function DiscountLine({ discount, order }: { discount: Discount; order: Order }) {
  const tr = t.value.order;
  const picked = chosen.value !== null && 'discount' in chosen.value && chosen.value.discount === discount.id;
  const of = order.lines.find((line) => line.id === discount.line);
  const kind = discount.kind === 'courtesy' ? tr.courtesy : tr.discount;
  const percent = discount.percent && discount.percent < 10_000 ? ` ${rate(discount.percent)}` : '';
  return (
    <Button
      look="row"
      className="line off-line"
      selected={picked}
      onPress={() => {
        chosen.value = picked ? null : { discount: discount.id };
      }}
      testId={`discount-${discount.id}`}
    >
      <span class="line-quantity">
        <Icon name={discount.kind === 'courtesy' ? 'gift' : 'percent'} />
      </span>
      <span class="line-words">
        <strong>
          {kind}
          {percent}
        </strong>
        <span>{[of?.name, discount.reason].filter(Boolean).join(' · ')}</span>
      </span>
      <span class="line-amount">− {money(discount.value)}</span>
    </Button>
  );
}

function SavedLine({ line, off }: { line: Line; off: Discount[] }) {
  const tr = t.value.order;
  const left = line.quantity - line.voided;
  const picked = chosen.value !== null && 'line' in chosen.value && chosen.value.line === line.id;
  return (
    <Button
      look="row"
      className={`line ${left === 0 ? 'gone' : ''} ${line.changed ? 'unsent' : ''}`}
      selected={picked}
      onPress={() => {
        chosen.value = picked ? null : { line: line.id };
      }}
      testId={`line-${line.id}`}
    >
      <span class="line-quantity">{left || line.quantity}</span>
      <span class="line-words">
        <strong>{line.name}</strong>
        {options(line.options)}
        {line.seat !== null && <span>{tr.seat_n(line.seat)}</span>}
        {line.note && <em>{line.note}</em>}
        {off.map((discount) => (
          <span key={discount.id} class="line-off">
            {discount.kind === 'courtesy' ? tr.courtesy : tr.discount} − {money(discount.value)}
          </span>
        ))}
        {(line.sent > 0 || line.held || line.voided > 0) && (
          <span class="line-state">
            {line.sent > 0 && left > 0 && (
              <>
                <Icon name="check" />
                {tr.state_sent}
              </>
            )}
            {line.held && (
              <>
                <Icon name="wait" />
                {tr.held}
              </>
            )}
            {line.voided > 0 && (left === 0 ? tr.voided : tr.partly_voided(line.voided))}
          </span>
        )}
      </span>
      <span class="line-amount">{money(line.amount)}</span>
    </Button>
  );
}

export function DraftLines({ draft, apart }: { draft: Draft; apart: boolean }) {
  return (
    <div class="lines draft">
      {apart && <p class="lines-title">{t.value.order.new_lines}</p>}
      {draft.lines.map((line) => {
        const picked = chosen.value !== null && 'draft' in chosen.value && chosen.value.draft === line.id;
        return (
          <Button
            key={line.id}
            look="row"
            className="line new"
            selected={picked}
            onPress={() => {
              chosen.value = picked ? null : { draft: line.id };
            }}
            testId={`draft-${line.item}`}
          >
            <span class="line-quantity">{line.quantity}</span>
            <span class="line-words">
              <strong>{line.name}</strong>
              {options(line.options)}
              {line.seat ? <span>{t.value.order.seat_n(line.seat)}</span> : null}
              {line.note && <em>{line.note}</em>}
            </span>
            <span class="line-amount">{money(lineAmount(line, draft.kind))}</span>
          </Button>
        );
      })}
    </div>
  );
}
