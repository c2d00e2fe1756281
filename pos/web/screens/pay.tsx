// Charging: the tip question where it is asked, then the means, then exact or next-note keys, or a reference. The bill stands beside it.
import { useEffect, useState } from 'preact/hooks';
import { Problem } from '../api';
import { t } from '../i18n/index';
import { BillSummary } from '../parts/bill_summary';
import { Button } from '../parts/button';
import { BuyerSheet } from '../parts/buyer_sheet';
import { CashKeys } from '../parts/cash_keys';
import { Icon, type IconName } from '../parts/icon';
import { AmountSheet } from '../parts/amount_sheet';
import { Referenced } from '../parts/referenced';
import { TipQuestion } from '../parts/tip_question';
import { lazy } from '../parts/lazy';
import { checksOf, isSplit } from '../state/checks';
import { money } from '../state/format';
import { report } from '../state/notice';
import { go, route } from '../state/route';
import { loadOrder, order, pay } from '../state/sale';
import { asksTip, site } from '../state/site';
import type { Buyer, Check, Means, MeansKind, Order } from '../types';

const icons: Record<MeansKind, IconName> = { cash: 'bill', debit: 'card', credit: 'card', transfer: 'phone' };

/** Where an order is split: its checks, to choose the one that is paid. */
const Checks = lazy(() => import('./checks').then((m) => m.Checks));

export function Pay() {
  const tr = t.value;
  const at = route.value;
  const id = at.at === 'pay' ? at.id : 0;
  useEffect(() => {
    if (id) loadOrder(id).catch(report);
  }, [id]);
  const bill = order.value;
  if (!bill || bill.id !== id)
    return (
      <main class="center-page">
        <p>{tr.loading}</p>
      </main>
    );
  const wanted = at.at === 'pay' ? at.check : undefined;
  const checks = checksOf(bill);
  const check = checks.find((candidate) => candidate.id === wanted) ?? (checks.length === 1 ? checks[0] : undefined);
  return check ? <PayCheck key={check.id} order={bill} check={check} /> : <Checks order={bill} />;
}

function PayCheck({ order: bill, check }: { order: Order; check: Check }) {
  const tr = t.value;
  const [askTip, setAskTip] = useState(false);
  const live = bill.state === 'open' || bill.state === 'sent';
  const open = live && check.state === 'open';
  const tipFirst = asksTip.value && open && (askTip || check.tip.state === 'unasked');
  const split = isSplit(bill);
  const others = live && split;
  return (
    <main class="pay">
      <BillSummary
        order={bill}
        check={check}
        onBack={() => go(split ? { at: 'pay', id: bill.id } : { at: 'order', id: bill.id })}
        onTip={asksTip.value && open && !tipFirst ? () => setAskTip(true) : undefined}
      />
      <section class="pay-main">
        {!open ? (
          <div class="pay-ended">
            <p>{others ? tr.bill.paid_check : tr.pay.nothing_due}</p>
            <Button look="primary" className="tall" onPress={() => go(others ? { at: 'pay', id: bill.id } : { at: 'home' })}>
              {others ? tr.bill.see_checks : tr.back}
            </Button>
          </div>
        ) : tipFirst ? (
          <TipQuestion order={bill} check={check} onAnswered={() => setAskTip(false)} />
        ) : (
          <MeansAndKeys order={bill} check={check} />
        )}
      </section>
    </main>
  );
}

interface Offer {
  means: Means;
  tendered?: number;
  reference?: string;
}

function MeansAndKeys({ order: bill, check }: { order: Order; check: Check }) {
  const tr = t.value.pay;
  const list = site.value?.means ?? [];
  const [chosen, setChosen] = useState<Means | null>(list.find((means) => means.kind === 'cash') ?? list[0] ?? null);
  const [part, setPart] = useState<number | null>(null);
  const [asking, setAsking] = useState(false);
  const [unidentified, setUnidentified] = useState<Offer | null>(null);
  const amount = part ?? check.balance;
  const coin = site.value?.coin ?? 1;

  const charge = async (offer: Offer, buyer?: Buyer): Promise<void> => {
    const payment: Parameters<typeof pay>[1] = { means: offer.means.id, check: check.id };
    if (part !== null) payment.amount = part;
    if (offer.tendered) payment.tendered = offer.tendered;
    if (offer.reference) payment.reference = offer.reference;
    if (buyer) payment.buyer = buyer;
    try {
      await pay(bill.id, payment);
    } catch (e) {
      if (e instanceof Problem && e.code === 'buyer_needed' && !buyer) {
        setUnidentified(offer);
        return;
      }
      if (e instanceof Problem && (e.code === 'order_paid' || e.status === 412)) await loadOrder(bill.id).catch(() => undefined);
      throw e;
    }
    setUnidentified(null);
    go({ at: 'done', id: bill.id });
  };
  return (
    <>
      <h2>{tr.how}</h2>
      <div class="means">
        {list.map((means) => (
          <Button key={means.id} selected={means === chosen} onPress={() => setChosen(means)} testId={`means-${means.id}`}>
            <Icon name={icons[means.kind]} />
            <span>{means.name}</span>
          </Button>
        ))}
      </div>
      <div class="due-line">
        <span>{part === null ? tr.remaining : tr.part_amount}</span>
        <strong>{money(amount)}</strong>
        <Button look="quiet" onPress={() => (part === null ? setAsking(true) : setPart(null))} testId="part">
          {part === null ? tr.part : tr.whole}
        </Button>
      </div>
      {chosen?.kind === 'cash' ? (
        <CashKeys
          due={part === null ? check.cash_due : part - (part % coin)}
          exactDue={amount}
          onPay={(tendered) => charge({ means: chosen, tendered })}
        />
      ) : (
        chosen && (
          <Referenced
            key={chosen.id}
            means={chosen}
            amount={amount}
            onPay={(reference) => charge({ means: chosen, reference })}
          />
        )
      )}
      {asking && (
        <AmountSheet
          title={tr.part_amount}
          max={check.balance}
          onDone={(value) => {
            setPart(value);
            setAsking(false);
          }}
          onClose={() => setAsking(false)}
        />
      )}
      {unidentified && <BuyerSheet onDone={(buyer) => charge(unidentified, buyer)} onClose={() => setUnidentified(null)} />}
    </>
  );
}
