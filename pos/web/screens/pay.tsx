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
import { money } from '../state/format';
import { report } from '../state/notice';
import { go, route } from '../state/route';
import { loadOrder, order, pay } from '../state/sale';
import { asksTip, site } from '../state/site';
import type { Buyer, Means, MeansKind, Order } from '../types';

const icons: Record<MeansKind, IconName> = { cash: 'bill', debit: 'card', credit: 'card', transfer: 'phone' };

export function Pay() {
  const tr = t.value;
  const at = route.value;
  const id = at.at === 'pay' ? at.id : 0;
  const [askTip, setAskTip] = useState(false);
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
  const open = bill.state === 'open' || bill.state === 'sent';
  const tipFirst = asksTip.value && open && (askTip || bill.tip.state === 'unasked');
  return (
    <main class="pay">
      <BillSummary
        order={bill}
        onBack={() => go({ at: 'order', id })}
        onTip={asksTip.value && open && !tipFirst ? () => setAskTip(true) : undefined}
      />
      <section class="pay-main">
        {!open ? (
          <div class="pay-ended">
            <p>{tr.pay.nothing_due}</p>
            <Button look="primary" className="tall" onPress={() => go({ at: 'home' })}>
              {tr.back}
            </Button>
          </div>
        ) : tipFirst ? (
          <TipQuestion order={bill} onAnswered={() => setAskTip(false)} />
        ) : (
          <MeansAndKeys order={bill} />
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

function MeansAndKeys({ order: bill }: { order: Order }) {
  const tr = t.value.pay;
  const list = site.value?.means ?? [];
  const [chosen, setChosen] = useState<Means | null>(list.find((means) => means.kind === 'cash') ?? list[0] ?? null);
  const [part, setPart] = useState<number | null>(null);
  const [asking, setAsking] = useState(false);
  const [unidentified, setUnidentified] = useState<Offer | null>(null);
  const amount = part ?? bill.balance;
  const coin = site.value?.coin ?? 1;

  const charge = async (offer: Offer, buyer?: Buyer): Promise<void> => {
    const payment: Parameters<typeof pay>[1] = { means: offer.means.id };
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
          due={part === null ? bill.cash_due : part - (part % coin)}
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
          max={bill.balance}
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
