// A discount or a courtesy: off the whole check or off a line, how much, why, and what is left then. A manager approves in place.
import { useState } from 'preact/hooks';
import { t } from '../i18n/index';
import { tb } from '../i18n/bill';
import { giveDiscount, type DiscountRequest } from '../state/bill_acts';
import { freeCheck, shareHalfUp } from '../state/checks';
import { money, rate } from '../state/format';
import { tell } from '../state/notice';
import type { Check, Order } from '../types';
import { chosen, endAct } from '../screens/order_acts';
import { AmountSheet } from './amount_sheet';
import { withApproval } from './approval';
import { Button } from './button';
import { Reason } from './reason';
import { Sheet } from './sheet';

const WHOLE = 10_000;
const PERCENTS = [500, 1000, 1500, 2000];
type Much = { percent: number } | { amount: number };

/** What comes off of what is left: the server's own rounding. */
const valueOf = (much: Much | null, left: number): number =>
  !much ? 0 : 'percent' in much ? shareHalfUp(left, much.percent, WHOLE) : much.amount;

export function DiscountSheet({ order, courtesy, line: first }: { order: Order; courtesy: boolean; line: number | null }) {
  const tr = tb.value.discount;
  const check = freeCheck(order);
  const [line, setLine] = useState(first);
  const [much, setMuch] = useState<Much | null>(courtesy ? { percent: WHOLE } : null);
  const [reason, setReason] = useState('');
  const [asking, setAsking] = useState<'target' | 'percent' | 'amount' | null>(null);
  if (!check) return null;
  const left = leftOf(check, line);
  const value = valueOf(much, left);
  const fits = much !== null && value > 0 && value <= left;
  const word = courtesy ? tr.off_courtesy : tr.off;
  const give = async (): Promise<void> => {
    if (!much) return;
    const why = reason.trim();
    const of = line === null ? {} : { line };
    const request: DiscountRequest = { kind: courtesy ? 'courtesy' : 'discount', ...much, ...of, reason: why };
    const done = await withApproval(`${word} ${money(value)} — ${why}`, (extra) => giveDiscount(order.id, request, extra));
    if (!done) return;
    chosen.value = null;
    endAct();
    tell(courtesy ? tr.given_courtesy : tr.given);
  };
  return (
    <Sheet
      title={courtesy ? tr.courtesy_title : tr.title}
      onClose={endAct}
      closeWord={t.value.cancel}
      size="wide"
      testId="discount-sheet"
      actions={
        <Button look="primary" disabled={!fits || !reason.trim()} onPress={give} testId="discount-give">
          {courtesy ? tr.give_courtesy : tr.give}
        </Button>
      }
    >
      <div class="discount">
        <div class="discount-what">
          <h3>{tr.to_what}</h3>
          <Button look="row" className="picker" onPress={() => setAsking('target')} testId="discount-target">
            <span>{nameOf(order, line)}</span>
            <span class="picker-word">{tr.change}</span>
          </Button>
          {!courtesy && <HowMuch much={much} onChoose={setMuch} onAsk={setAsking} />}
          <dl class="before-after" data-testid="before-after">
            <div>
              <dt>{tr.before}</dt>
              <dd>{money(check.totals.net)}</dd>
            </div>
            <div>
              <dt>{word}</dt>
              <dd>{fits ? `− ${money(value)}` : '—'}</dd>
            </div>
            <div class="after">
              <dt>{tr.after}</dt>
              <dd>{money(check.totals.net - (fits ? value : 0))}</dd>
            </div>
          </dl>
        </div>
        <div class="discount-why">
          <h3>{tr.why}</h3>
          <Reason
            reasons={courtesy ? tr.courtesy_reasons : tr.reasons}
            other={tr.other_reason}
            value={reason}
            onChange={setReason}
          />
        </div>
      </div>
      {asking === 'target' && (
        <Targets
          order={order}
          check={check}
          onPick={(picked) => {
            setLine(picked);
            if (much && 'amount' in much) setMuch(null);
            setAsking(null);
          }}
          onClose={() => setAsking(null)}
        />
      )}
      {asking === 'percent' && (
        <AmountSheet
          title={tr.percent_title}
          max={100}
          show={(n) => rate(n * 100)}
          onDone={(n) => {
            setMuch({ percent: n * 100 });
            setAsking(null);
          }}
          onClose={() => setAsking(null)}
        />
      )}
      {asking === 'amount' && (
        <AmountSheet
          title={tr.amount_title}
          hint={tr.up_to(money(left))}
          max={left}
          onDone={(amount) => {
            setMuch({ amount });
            setAsking(null);
          }}
          onClose={() => setAsking(null)}
        />
      )}
    </Sheet>
  );
}

const leftOf = (check: Check, line: number | null): number =>
  line === null ? check.totals.net : (check.lines.find((share) => share.line === line)?.net ?? 0);
const nameOf = (order: Order, line: number | null): string =>
  line === null ? tb.value.discount.whole : (order.lines.find((candidate) => candidate.id === line)?.name ?? '');

function HowMuch({
  much,
  onChoose,
  onAsk,
}: {
  much: Much | null;
  onChoose: (much: Much) => void;
  onAsk: (what: 'percent' | 'amount') => void;
}) {
  const tr = tb.value.discount;
  const percent = much && 'percent' in much ? much.percent : null;
  const own = percent !== null && !PERCENTS.includes(percent);
  return (
    <>
      <h3>{tr.how_much}</h3>
      <div class="percents">
        {PERCENTS.map((step) => (
          <Button
            key={step}
            selected={percent === step}
            onPress={() => onChoose({ percent: step })}
            testId={`percent-${step / 100}`}
          >
            {rate(step)}
          </Button>
        ))}
        <Button selected={own} onPress={() => onAsk('percent')} testId="percent-other">
          {own ? rate(percent) : tr.other_percent}
        </Button>
        <Button selected={much !== null && 'amount' in much} onPress={() => onAsk('amount')} testId="discount-amount">
          {much && 'amount' in much ? money(much.amount) : tr.amount}
        </Button>
      </div>
    </>
  );
}

function Targets({
  order,
  check,
  onPick,
  onClose,
}: {
  order: Order;
  check: Check;
  onPick: (line: number | null) => void;
  onClose: () => void;
}) {
  const tr = tb.value.discount;
  return (
    <Sheet title={tr.to_what} onClose={onClose} closeWord={t.value.cancel} testId="target-sheet">
      <div class="menu-list">
        <Button look="row" className="picker" onPress={() => onPick(null)} testId="target-whole">
          <strong>{tr.whole}</strong>
          <span>{money(check.totals.net)}</span>
        </Button>
        {check.lines
          .filter((share) => share.net > 0)
          .map((share) => (
            <Button
              key={share.line}
              look="row"
              className="picker"
              onPress={() => onPick(share.line)}
              testId={`target-${order.lines.find((line) => line.id === share.line)?.item ?? share.line}`}
            >
              <span>
                {share.quantity} {nameOf(order, share.line)}
              </span>
              <span>{money(share.net)}</span>
            </Button>
          ))}
      </div>
    </Sheet>
  );
}
