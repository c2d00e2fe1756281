// Paid: the change in the largest type on the screen, the document, and the way to the next sale.
import { useEffect } from 'preact/hooks';
import { t } from '../i18n/index';
import { Button } from '../parts/button';
import { Icon } from '../parts/icon';
import { NumberingNotice } from '../parts/numbering_notice';
import { money } from '../state/format';
import { report, tell } from '../state/notice';
import { reprint } from '../state/print';
import { go, route } from '../state/route';
import { lastPayment, loadOrder, order } from '../state/sale';
import { may } from '../state/session';
import { sellsAtTables, tableName } from '../state/site';
import { startAgain } from './order_acts';

export function Done() {
  const tr = t.value;
  const at = route.value;
  const id = at.at === 'done' ? at.id : 0;
  useEffect(() => {
    if (id && order.value?.id !== id) loadOrder(id).catch(report);
  }, [id]);
  const bill = order.value;
  if (!bill || bill.id !== id)
    return (
      <main class="center-page">
        <p>{tr.loading}</p>
      </main>
    );
  const last = lastPayment.value?.order.id === id ? lastPayment.value : null;
  const stored = bill.payments[bill.payments.length - 1];
  const change = last?.payment.change ?? stored?.change ?? 0;
  const charged = last?.payment.charged ?? stored?.charged ?? 0;
  const remaining = bill.balance;
  const document = last?.receipt?.number ?? bill.checks[0]?.document;
  const job = last?.receipt?.job ?? null;
  const warned = last?.receipt && last.receipt.numbering_warning !== 'none';
  const copy = async (receipt: number): Promise<void> => {
    await reprint(receipt);
    tell(tr.pay.copy_told);
  };
  return (
    <main class="done-screen">
      <section class="change" aria-live="polite">
        <p class="change-word">{change > 0 ? tr.pay.change : tr.pay.no_change}</p>
        <p class="change-sum" data-testid="change">
          {money(change)}
        </p>
        <p class="change-facts">
          {tr.pay.charged} {money(charged)}
          {stored && stored.tendered > 0 && change > 0 ? ` · ${tr.pay.received} ${money(stored.tendered)}` : ''}
        </p>
      </section>
      {bill.kind !== 'table' && (
        <section class="call">
          <p class="call-word">{tr.pay.call}</p>
          <p class="call-number" data-testid="call-number">
            {bill.number}
          </p>
          {bill.name && <p class="call-name">{bill.name}</p>}
        </section>
      )}
      <section class="done-facts">
        {remaining > 0 ? (
          <p class="still-due">
            <Icon name="alert" />
            <span>{tr.pay.still_due(money(remaining))}</span>
          </p>
        ) : (
          <p>
            <Icon name="check" />
            <span>
              {[bill.table ? tableName(bill.table) : null, document ? tr.pay.receipt(document) : null]
                .filter(Boolean)
                .join(' · ')}
            </span>
          </p>
        )}
        {job !== null && (
          <p>
            <Icon name="printer" />
            <span>{tr.pay.printing}</span>
          </p>
        )}
        {warned && <NumberingNotice />}
      </section>
      <div class="done-acts">
        {job !== null && may('paper') && (
          <Button className="tall" onPress={() => go({ at: 'paper', job })} testId="see-ticket">
            <Icon name="paper" />
            <span>{tr.pay.see_ticket}</span>
          </Button>
        )}
        {job !== null && may('paper') && (
          <Button className="tall" onPress={() => copy(job)} testId="print-copy">
            <Icon name="printer" />
            <span>{tr.pay.copy}</span>
          </Button>
        )}
        {remaining > 0 ? (
          <Button look="primary" className="tall" onPress={() => go({ at: 'pay', id })} testId="pay-more">
            {tr.order.pay}
          </Button>
        ) : (
          <Button look="primary" className="tall" onPress={startAgain} testId="next-sale">
            <Icon name="next" />
            <span>{sellsAtTables.value ? tr.pay.to_tables : tr.pay.next_sale}</span>
          </Button>
        )}
      </div>
    </main>
  );
}
