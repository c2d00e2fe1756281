// The checks of a split order: what each comes to, which are paid, and for each that is open its payment, its bill on paper, and a further split.
import { useEffect } from 'preact/hooks';
import { t } from '../i18n/index';
import { tb } from '../i18n/bill';
import { Button } from '../parts/button';
import { Icon } from '../parts/icon';
import { OrderSheets } from '../parts/order_sheets';
import { Scroller } from '../parts/scroller';
import { printPrecuenta, undoSplit } from '../state/bill_acts';
import { checkName, checksOf, ownLabel, shareWords } from '../state/checks';
import { money } from '../state/format';
import { tell } from '../state/notice';
import { go } from '../state/route';
import { may } from '../state/session';
import { site, tableName } from '../state/site';
import type { Check, Order } from '../types';
import { acting, endAct, startAct } from './order_acts';

const LINES_SHOWN = 3;

export function Checks({ order }: { order: Order }) {
  const tr = tb.value.checks;
  useEffect(() => endAct, []);
  const list = checksOf(order);
  const untouched = list.every((check) => check.state === 'open' && check.settled === 0) && list.some((check) => check.fixed);
  const live = order.state === 'open' || order.state === 'sent';
  const back = (): void => go({ at: 'order', id: order.id });
  const undo = async (): Promise<void> => {
    await undoSplit(order.id);
    tell(tr.undone);
    back();
  };
  return (
    <main class="checks">
      <header class="checks-head">
        <Button look="quiet" label={t.value.back} onPress={back} testId="checks-back">
          <Icon name="back" />
          <span>{t.value.back}</span>
        </Button>
        <h1>{tr.title(order.table ? tableName(order.table) : t.value.queue.order(order.number), list.length)}</h1>
        <p class="checks-left">
          <span>{tr.left}</span> <strong data-testid="checks-left">{money(order.balance)}</strong>
        </p>
      </header>
      <Scroller className="checks-scroll">
        <div class="check-cards">
          {list.map((check) => (
            <CheckCard key={check.id} order={order} check={check} />
          ))}
        </div>
      </Scroller>
      {live && untouched && (
        <footer class="checks-acts">
          <Button onPress={undo} testId="undo-split">
            <Icon name="undo" />
            <span>{tr.undo}</span>
          </Button>
        </footer>
      )}
      {acting.value && <OrderSheets />}
    </main>
  );
}

function CheckCard({ order, check }: { order: Order; check: Check }) {
  const tr = tb.value.checks;
  const open = check.state === 'open';
  const more = check.lines.length - LINES_SHOWN;
  // Equal parts hold a bit of everything: their lines tell nobody whose they are.
  const listed = open && !check.label.includes('Parte ');
  return (
    <section class={`check-card ${open ? '' : 'check-paid'}`} data-testid={`check-${check.position}`}>
      <header>
        <h2>{checkName(order, check)}</h2>
        {ownLabel(check) && <p class="check-label">{ownLabel(check)}</p>}
      </header>
      <p class="check-sum">{money(open ? check.balance : check.due)}</p>
      <p class="check-state">
        <Icon name={open ? 'wait' : 'check'} />
        <span>
          {[
            open ? (check.settled > 0 ? tr.paid_part(money(check.settled)) : tr.open) : tr.paid,
            check.document,
            check.tip.amount > 0 ? tr.tip(money(check.tip.amount)) : null,
          ]
            .filter(Boolean)
            .join(' · ')}
        </span>
      </p>
      {listed && (
        <ul class="check-lines">
          {check.lines.slice(0, LINES_SHOWN).map((share) => {
            const words = shareWords(order, share);
            return (
              <li key={share.line} class="bill-line">
                <span>{words.quantity}</span>
                <span>{words.name}</span>
                <span>{money(share.net)}</span>
              </li>
            );
          })}
          {more > 0 && <li>{tr.and_more(more)}</li>}
        </ul>
      )}
      {open && <CardActs order={order} check={check} />}
    </section>
  );
}

function CardActs({ order, check }: { order: Order; check: Check }) {
  const tr = tb.value.checks;
  return (
    <div class="check-acts">
      <Button
        look="primary"
        className="tall"
        disabled={!may('pay')}
        onPress={() => go({ at: 'pay', id: order.id, check: check.id })}
        testId={`check-${check.position}-pay`}
      >
        <Icon name="bill" />
        <span>{tr.pay}</span>
      </Button>
      {site.value?.precuenta && (
        <Button
          onPress={async () => {
            await printPrecuenta(order.id, check.id);
            tell(tb.value.precuenta_sent);
          }}
          testId={`check-${check.position}-precuenta`}
        >
          {tr.precuenta}
        </Button>
      )}
      {check.settled === 0 && (
        <Button onPress={() => startAct({ what: 'split', check: check.id })} testId={`check-${check.position}-split`}>
          {tr.split}
        </Button>
      )}
    </div>
  );
}
