// One past sale, whole: what was sold, how it was paid, what went back; and what can be done with it.
import { useState } from 'preact/hooks';
import { ta } from '../i18n/after';
import { t } from '../i18n/index';
import { Button } from '../parts/button';
import { Icon } from '../parts/icon';
import { RefundSheet } from '../parts/refund_sheet';
import { ReopenSheet } from '../parts/reopen_sheet';
import { Scroller } from '../parts/scroller';
import { Sheet } from '../parts/sheet';
import { capital, clock, money } from '../state/format';
import { canGiveBack, loadSale, receiptsOf } from '../state/history';
import { fault, tell } from '../state/notice';
import { reprint } from '../state/print';
import { go } from '../state/route';
import { may } from '../state/session';
import { site, tableName } from '../state/site';
import type { Check, Job, Order, Payment, Refund } from '../types';

export const saleName = (order: Order): string =>
  [t.value.queue.order(order.number), order.table ? tableName(order.table) : order.name].filter(Boolean).join(' · ');
export const meansName = (slug: string): string => site.value?.means.find((means) => means.id === slug)?.name ?? slug;

export function SaleView({ order }: { order: Order }) {
  const tr = ta.value.history;
  const ended = order.ended_at ?? order.opened_at;
  return (
    <>
      <header class="sale-head">
        <Button
          look="quiet"
          className="sale-back"
          label={t.value.back}
          onPress={() => go({ at: 'history', id: null })}
          testId="history-back"
        >
          <Icon name="back" />
          <span>{t.value.back}</span>
        </Button>
        <div>
          <h1>{saleName(order)}</h1>
          <p>{[clock(ended), tr.served(capital(order.served_by))].join(' · ')}</p>
        </div>
      </header>
      <Scroller key={order.id} className="sale-scroll">
        <div class="sale">
          {order.state === 'voided' && order.void_reason && (
            <p class="sale-note">
              <Icon name="close" />
              <span>{tr.why_voided(order.void_reason)}</span>
            </p>
          )}
          {order.refunds.length > 0 && (
            <section>
              <h2>{tr.refunds}</h2>
              {order.refunds.map((refund) => (
                <RefundFacts key={refund.id} refund={refund} />
              ))}
            </section>
          )}
          {order.checks.length === 0 && <Lines order={order} check={null} />}
          {order.checks.map((check) => (
            <CheckFacts key={check.id} order={order} check={check} />
          ))}
        </div>
      </Scroller>
      <Acts order={order} />
    </>
  );
}

function Lines({ order, check }: { order: Order; check: Check | null }) {
  const tr = ta.value.history;
  const rows = check
    ? check.lines.map((line) => ({ ...line, name: order.lines.find((one) => one.id === line.line)?.name ?? '' }))
    : order.lines.map((line) => ({ line: line.id, quantity: line.quantity - line.voided || line.quantity, gross: line.amount, name: line.name }));
  const given = (line: number): number =>
    order.refunds
      .filter((refund) => refund.check === check?.id && !refund.reopens)
      .flatMap((refund) => refund.lines)
      .reduce((sum, row) => sum + (row.line === line ? row.quantity : 0), 0);
  return (
    <ul class="sale-lines">
      {rows.map((row) => (
        <li key={row.line}>
          <span>{row.quantity || '·'}</span>
          <span>
            {row.name}
            {given(row.line) > 0 && <em> {tr.gave_back(given(row.line))}</em>}
          </span>
          <span>{money(row.gross)}</span>
        </li>
      ))}
    </ul>
  );
}

function CheckFacts({ order, check }: { order: Order; check: Check }) {
  const tr = ta.value.history;
  const words = t.value.pay;
  const payments = order.payments.filter((payment) => payment.check === check.id);
  const sum = (word: string, amount: string, strong = false) => (
    <div class={strong ? 'bill-total' : ''}>
      <dt>{word}</dt>
      <dd>{amount}</dd>
    </div>
  );
  return (
    <section>
      <h2>{check.document ? tr.document(check.document) : check.label || tr.sold}</h2>
      {check.document && check.label && <p>{check.label}</p>}
      <Lines order={order} check={check} />
      <dl class="bill-sums">
        {check.totals.discount > 0 && sum(words.discount, `− ${money(check.totals.discount)}`)}
        {check.tip.amount > 0 && sum(words.tip, money(check.tip.amount))}
        {sum(tr.total, money(check.due), true)}
        {payments.map((payment) => (
          <PaymentFacts key={payment.id} payment={payment} />
        ))}
        {check.balance > 0 && sum(words.remaining, money(check.balance))}
      </dl>
    </section>
  );
}

function PaymentFacts({ payment }: { payment: Payment }) {
  const tr = ta.value.history;
  return (
    <div>
      <dt>
        {meansName(payment.means)}
        {payment.reference && ` · ${tr.reference(payment.reference)}`}
        {payment.change > 0 && <span class="fact-more">{tr.tendered(money(payment.tendered), money(payment.change))}</span>}
      </dt>
      <dd>{money(payment.charged)}</dd>
    </div>
  );
}

function RefundFacts({ refund }: { refund: Refund }) {
  const tr = ta.value.history;
  return (
    <div class="given" data-testid={`refund-${refund.number}`}>
      <Icon name="undo" />
      <div>
        <strong>
          {tr.refund_n(refund.number)}
          {refund.reopens && ` · ${tr.for_anew}`}
        </strong>
        <span>{refund.means.map((means) => `${meansName(means.means)} ${money(means.charged)}`).join(' + ')}</span>
        {refund.lines.length > 0 && !refund.reopens && (
          <span>{refund.lines.map((line) => `${line.quantity || ''} ${line.name}`.trim()).join(', ')}</span>
        )}
        <span>{refund.reason}</span>
        <span>{tr.refund_by(capital(refund.by), clock(refund.at), capital(refund.approved_by ?? ''))}</span>
      </div>
      <strong class="given-sum">{money(refund.returned)}</strong>
    </div>
  );
}

function Acts({ order }: { order: Order }) {
  const tr = ta.value.history;
  const [doing, setDoing] = useState<'refund' | 'reopen' | null>(null);
  const [copies, setCopies] = useState<Job[] | null>(null);
  const print = async (job: Job): Promise<void> => {
    await reprint(job.id);
    setCopies(null);
    tell(tr.copy_done);
  };
  const copy = async (): Promise<void> => {
    const found = await receiptsOf(order.id);
    if (found.length === 0) fault.value = tr.no_paper;
    else if (found.length === 1) await print(found[0]!);
    else setCopies(found);
  };
  const documents = order.checks.map((check) => check.document).filter((document) => document !== null);
  const shut = (): void => setDoing(null);
  return (
    <footer class="sale-acts">
      {order.state === 'closed' && canGiveBack(order) && <p class="hint">{tr.closed_hint}</p>}
      <div class={`segmented ${may('journal') ? 'acts-4' : ''}`}>
        <Button className="tall" disabled={documents.length === 0 || !may('paper')} onPress={copy} testId="copy">
          <Icon name="printer" />
          <span>{tr.copy}</span>
        </Button>
        <Button
          className="tall"
          disabled={order.state !== 'paid' || !may('pay')}
          onPress={() => setDoing('reopen')}
          testId="reopen"
        >
          <Icon name="note" />
          <span>{tr.reopen}</span>
        </Button>
        <Button className="tall" disabled={!canGiveBack(order) || !may('pay')} onPress={() => setDoing('refund')} testId="refund">
          <Icon name="undo" />
          <span>{tr.refund}</span>
        </Button>
        {may('journal') && (
          <Button className="tall" onPress={() => go({ at: 'journal', order: order.id })} testId="sale-journal">
            <Icon name="paper" />
            <span>{tr.journal}</span>
          </Button>
        )}
      </div>
      {doing === 'refund' && (
        <RefundSheet
          order={order}
          name={saleName(order)}
          onClose={() => {
            shut();
            return loadSale(order.id);
          }}
        />
      )}
      {doing === 'reopen' && <ReopenSheet order={order} name={saleName(order)} onClose={shut} />}
      {copies && (
        <Sheet title={tr.copy_title} onClose={() => setCopies(null)} testId="copies">
          <div class="menu-list">
            {copies.map((job, i) => (
              <Button key={job.id} look="row" onPress={() => print(job)} testId={`copy-${i}`}>
                <Icon name="paper" />
                <span>{copies.length === documents.length ? tr.document(documents[i]!) : clock(job.created_at)}</span>
              </Button>
            ))}
          </div>
        </Sheet>
      )}
    </footer>
  );
}
