// The bill beside the payment: what was sold, discount, taxes, tip, total, what is paid already.
import { t } from '../i18n/index';
import { money, rate } from '../state/format';
import { tableName } from '../state/site';
import { checkName, isSplit, ownLabel, shareWords } from '../state/checks';
import type { Check, Order } from '../types';
import { Button } from './button';
import { Icon } from './icon';
import { Scroller } from './scroller';

interface Props {
  order: Order;
  check: Check;
  onBack: () => void;
  onTip: (() => void) | undefined;
}

export function BillSummary({ order, check, onBack, onTip }: Props) {
  const tr = t.value;
  const { totals } = check;
  const place = order.table ? tableName(order.table) : tr.queue.order(order.number);
  const split = isSplit(order);
  return (
    <section class="bill">
      <header class={`bill-head ${split ? 'bill-of-split' : ''}`}>
        <Button look="quiet" label={tr.back} onPress={onBack} testId="pay-back">
          <Icon name="back" />
          <span>{tr.back}</span>
        </Button>
        <h1>{split ? checkName(order, check) : place}</h1>
      </header>
      <Scroller className="bill-lines">
        {split && <p class="check-label">{[place, ownLabel(check)].filter(Boolean).join(' · ')}</p>}
        <ul class="plain-list">
          {check.lines.map((share) => {
            const words = shareWords(order, share);
            return (
              <li key={share.line} class="bill-line">
                <span>{words.quantity}</span>
                <span>{words.name}</span>
                <span>{money(share.gross)}</span>
              </li>
            );
          })}
        </ul>
      </Scroller>
      <dl class="bill-sums">
        {totals.discount > totals.courtesy && (
          <div>
            <dt>{tr.order.discounts}</dt>
            <dd>− {money(totals.discount - totals.courtesy)}</dd>
          </div>
        )}
        {totals.courtesy > 0 && (
          <div>
            <dt>{tr.bill.courtesies}</dt>
            <dd>− {money(totals.courtesy)}</dd>
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
        {(check.tip.state !== 'unasked' || onTip) && (
          <div class="tip-row">
            <dt>{tr.pay.tip}</dt>
            <dd>
              <span>{money(check.tip.amount)}</span>
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
          <dd>{money(check.due)}</dd>
        </div>
        {check.settled > 0 && (
          <div>
            <dt>{tr.pay.paid}</dt>
            <dd>{money(check.settled)}</dd>
          </div>
        )}
        {check.settled > 0 && (
          <div class="bill-total">
            <dt>{tr.pay.remaining}</dt>
            <dd>{money(check.balance)}</dd>
          </div>
        )}
      </dl>
    </section>
  );
}
