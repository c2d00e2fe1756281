// The bill beside the payment: what was sold, discount, taxes, tip, total, what is paid already.
import { t } from '../i18n/index';
import { money, rate } from '../state/format';
import { tableName } from '../state/site';
import type { Order } from '../types';
import { Button } from './button';
import { Icon } from './icon';
import { Scroller } from './scroller';

export function BillSummary({ order, onBack, onTip }: { order: Order; onBack: () => void; onTip: (() => void) | undefined }) {
  const tr = t.value;
  const { totals } = order;
  const lines = order.lines.filter((line) => line.quantity > line.voided);
  return (
    <section class="bill">
      <header class="bill-head">
        <Button look="quiet" label={tr.back} onPress={onBack} testId="pay-back">
          <Icon name="back" />
          <span>{tr.back}</span>
        </Button>
        <h1>{order.table ? tableName(order.table) : tr.queue.order(order.number)}</h1>
      </header>
      <Scroller className="bill-lines">
        <ul class="plain-list">
          {lines.map((line) => (
            <li key={line.id} class="bill-line">
              <span>{line.quantity - line.voided}</span>
              <span>{line.name}</span>
              <span>{money(line.amount)}</span>
            </li>
          ))}
        </ul>
      </Scroller>
      <dl class="bill-sums">
        {totals.discount > 0 && (
          <div>
            <dt>{tr.pay.discount}</dt>
            <dd>− {money(totals.discount)}</dd>
          </div>
        )}
        {totals.taxes
          .filter((tax) => tax.tax > 0)
          .map((tax) => (
            <div key={`${tax.name}${tax.rate}`}>
              <dt>{tr.pay.tax(tax.name, rate(tax.rate))}</dt>
              <dd>{money(tax.tax)}</dd>
            </div>
          ))}
        {(order.tip.state !== 'unasked' || onTip) && (
          <div class="tip-row">
            <dt>{tr.pay.tip}</dt>
            <dd>
              <span>{money(order.tip.amount)}</span>
              {onTip && (
                <Button look="quiet" onPress={onTip} testId="change-tip">
                  {tr.pay.change_tip}
                </Button>
              )}
            </dd>
          </div>
        )}
        <div class="bill-total">
          <dt>{tr.pay.total}</dt>
          <dd>{money(totals.due)}</dd>
        </div>
        {order.paid > 0 && (
          <div>
            <dt>{tr.pay.paid}</dt>
            <dd>{money(order.paid)}</dd>
          </div>
        )}
        {order.paid > 0 && (
          <div class="bill-total">
            <dt>{tr.pay.remaining}</dt>
            <dd>{money(order.balance)}</dd>
          </div>
        )}
      </dl>
    </section>
  );
}
