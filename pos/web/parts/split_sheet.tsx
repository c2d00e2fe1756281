// Splitting a check: evenly, by seat, by dish, by amount. What each part comes to is seen before anything is fixed.
import { useEffect, useState } from 'preact/hooks';
import { t } from '../i18n/index';
import { tb } from '../i18n/bill';
import { splitCheck, type SplitRequest } from '../state/bill_acts';
import { checkName, dishParts, evenParts, isSplit, openChecks, seatPicks, seatsOf } from '../state/checks';
import { money } from '../state/format';
import { tell } from '../state/notice';
import { go } from '../state/route';
import type { Check, Order } from '../types';
import { endAct } from '../screens/order_acts';
import { AmountSheet } from './amount_sheet';
import { Button } from './button';
import { Field } from './keyboard';
import { Keypad } from './keypad';
import { Sheet } from './sheet';
import { SplitDishes } from './split_dishes';

const KINDS = ['ways', 'seats', 'dishes', 'amount'] as const;
type Kind = (typeof KINDS)[number];
const WAYS_MAX = 50;

/** A split as it stands on the screen: what would be asked for, and what it would make. */
export interface Plan {
  request: SplitRequest | null;
  parts: { name: string; due: number }[];
}
export interface PlanProps {
  order: Order;
  check: Check;
  onPlan: (plan: Plan) => void;
}
const NONE: Plan = { request: null, parts: [] };

export function SplitSheet({ order, check: id }: { order: Order; check: number | undefined }) {
  const tr = tb.value.split;
  const [kind, setKind] = useState<Kind>('ways');
  const [plan, setPlan] = useState<Plan>(NONE);
  const check = openChecks(order).find((candidate) => id === undefined || candidate.id === id);
  if (!check) return null;
  const ready = plan.request !== null && plan.parts.length > 1;
  const commit = async (): Promise<void> => {
    if (!plan.request) return;
    await splitCheck(order.id, plan.request);
    endAct();
    tell(tr.done(plan.parts.length));
    go({ at: 'pay', id: order.id });
  };
  const props = { order, check, onPlan: setPlan };
  return (
    <Sheet
      title={isSplit(order) ? tr.of(checkName(order, check)) : tr.title}
      onClose={endAct}
      closeWord={t.value.cancel}
      size="wide"
      testId="split-sheet"
      actions={
        <Button look="primary" disabled={!ready} onPress={commit} testId="split-commit">
          {ready ? tr.commit(plan.parts.length) : tr.choose}
        </Button>
      }
    >
      <div class="split-kinds">
        {KINDS.map((choice) => (
          <Button
            key={choice}
            selected={choice === kind}
            onPress={() => {
              setPlan(NONE);
              setKind(choice);
            }}
            testId={`split-${choice}`}
          >
            {tr.kinds[choice]}
          </Button>
        ))}
      </div>
      {kind === 'ways' && <Evenly {...props} />}
      {kind === 'seats' && <BySeat {...props} />}
      {kind === 'dishes' && <SplitDishes {...props} />}
      {kind === 'amount' && <ByAmount {...props} plan={plan} />}
      {(kind === 'ways' || kind === 'seats') && <Preview plan={plan} />}
    </Sheet>
  );
}

function Preview({ plan }: { plan: Plan }) {
  if (plan.parts.length < 2) return null;
  return (
    <ul class="parts" data-testid="parts">
      {plan.parts.map((part, i) => (
        <li key={i} class="part">
          <span>{part.name}</span>
          <strong>{money(part.due)}</strong>
        </li>
      ))}
    </ul>
  );
}

function Evenly({ check, onPlan }: PlanProps) {
  const tr = tb.value.split;
  const [ways, setWays] = useState<number | null>(null);
  const [typing, setTyping] = useState(false);
  const choose = (n: number): void => {
    setWays(n);
    setTyping(false);
    onPlan({
      request: { check: check.id, ways: n },
      parts: evenParts(check.totals.due, n).map((part, i) => ({ name: tr.check_n(i + 1), due: part.due })),
    });
  };
  return (
    <>
      <h3>{tr.how_many}</h3>
      <div class="number-grid">
        {[2, 3, 4, 5, 6, 7, 8].map((n) => (
          <Button key={n} look="key" selected={n === ways} onPress={() => choose(n)} testId={`ways-${n}`}>
            {n}
          </Button>
        ))}
        <Button className="ways-more" selected={ways !== null && ways > 8} onPress={() => setTyping(true)} testId="ways-more">
          {ways !== null && ways > 8 ? String(ways) : tr.more}
        </Button>
      </div>
      {typing && (
        <AmountSheet
          title={tr.parts}
          min={2}
          max={WAYS_MAX}
          show={String}
          onDone={choose}
          onClose={() => setTyping(false)}
        />
      )}
    </>
  );
}

function BySeat({ order, check, onPlan }: PlanProps) {
  const tr = tb.value.split;
  const all = seatsOf(order, check);
  const [left, setLeft] = useState<number[]>([]);
  const plan = (without: number[]): void => {
    const seats = all.filter((seat) => !without.includes(seat));
    const parts = dishParts(check, seatPicks(order, check, seats), seats.length).map((part, i) => ({
      name: i < seats.length ? tr.seat(seats[i]!) : tr.rest,
      ...part,
    }));
    setLeft(without);
    onPlan({ request: seats.length ? { check: check.id, seats } : null, parts: parts.filter((part) => !part.empty) });
  };
  useEffect(() => plan([]), [check.id]);
  if (all.length === 0) return <p class="sheet-hint split-empty">{tr.no_seats}</p>;
  const everything = check.lines.every((share) => order.lines.find((line) => line.id === share.line)?.seat === all[0]);
  return (
    <>
      <p class="sheet-hint">{all.length === 1 && everything ? tr.one_seat : tr.seats_hint}</p>
      <div class="choices">
        {all.map((seat) => (
          <Button
            key={seat}
            selected={!left.includes(seat)}
            onPress={() => plan(left.includes(seat) ? left.filter((other) => other !== seat) : [...left, seat])}
            testId={`split-seat-${seat}`}
          >
            {tr.seat(seat)}
          </Button>
        ))}
      </div>
    </>
  );
}

function ByAmount({ check, onPlan, plan }: PlanProps & { plan: Plan }) {
  const tr = tb.value.split;
  const [text, setText] = useState('');
  const change = (next: string): void => {
    const amount = Number(next || '0');
    const fits = amount > 0 && amount < check.totals.due;
    setText(next);
    onPlan(
      fits
        ? {
            request: { check: check.id, amount },
            parts: [
              { name: tr.this_one, due: amount },
              { name: tr.rest, due: check.totals.due - amount },
            ],
          }
        : NONE,
    );
  };
  return (
    <div class="by-amount">
      <div class="by-amount-sum">
        <Field
          big
          label={tr.amount_of}
          value={money(Number(text || '0'))}
          hint={tb.value.discount.up_to(money(Math.max(check.totals.due - 1, 0)))}
        />
        <Preview plan={plan} />
      </div>
      <Keypad value={text} onChange={change} max={9} corner="thousand" />
    </div>
  );
}
