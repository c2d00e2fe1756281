// Which dishes go back: + and − on each, half of one where a guest ate the other, never more than is left of it.
import { useState } from 'preact/hooks';
import { ta } from '../i18n/after';
import { t } from '../i18n/index';
import { money } from '../state/format';
import { leftOf, type LineLeft, type RefundWanted } from '../state/history';
import type { Check, Order } from '../types';
import { Button } from './button';
import { Icon } from './icon';
import { Sheet } from './sheet';

type Pick = NonNullable<RefundWanted['lines']>[number];
/* The server takes no finer parts of a line. */
const PARTS_MAX = 50;

/** How many dishes: "2", "1½"; of a part that nobody counts: in a word. */
export function pickWord({ quantity, of }: Pick): string {
  if (!of) return String(quantity);
  return of === 1 ? ta.value.refund.part : halves(quantity);
}
const halves = (n: number): string => `${Math.floor(n / 2) || (n % 2 ? '' : '0')}${n % 2 ? '½' : ''}`;

/* Counted in halves. Whole dishes are asked for as such; halves as parts of what is left of the line. */
function pickOf(left: LineLeft, n: number): Pick {
  if (left.part) return { line: left.line, quantity: 1, of: 1 };
  return n % 2 ? { line: left.line, quantity: n, of: 2 * left.whole } : { line: left.line, quantity: n / 2 };
}

interface Props {
  title: string;
  order: Order;
  check: Check;
  onDone: (wanted: RefundWanted) => Promise<void>;
  onClose: () => unknown;
}

export function PickDishes({ title, order, check, onDone, onClose }: Props) {
  const tr = ta.value.refund;
  const { lines } = leftOf(order, check);
  const [picked, setPicked] = useState<Record<number, number>>({});
  const chosen = lines.filter((left) => (picked[left.line] ?? 0) > 0);
  return (
    <Sheet
      title={title}
      onClose={() => void onClose()}
      closeWord={t.value.cancel}
      size="wide"
      testId="refund-pick"
      actions={
        <>
          <p class="picked">{tr.picked(chosen.length)}</p>
          <Button
            look="primary"
            disabled={chosen.length === 0}
            onPress={() => onDone({ check: check.id, lines: chosen.map((left) => pickOf(left, picked[left.line]!)) })}
            testId="pick-done"
          >
            {tr.next}
          </Button>
        </>
      }
    >
      <p class="sheet-lead">{tr.pick}</p>
      <div class="picks">
        {lines.map((left) => (
          <PickRow key={left.line} order={order} left={left} n={picked[left.line] ?? 0} onChange={(n) => setPicked({ ...picked, [left.line]: n })} />
        ))}
      </div>
    </Sheet>
  );
}

function PickRow({ order, left, n, onChange }: { order: Order; left: LineLeft; n: number; onChange: (halves: number) => void }) {
  const tr = ta.value.refund;
  const line = order.lines.find((one) => one.id === left.line);
  const most = left.part ? 2 : 2 * left.whole;
  const facts = left.part ? tr.part_of : most ? tr.left(left.whole) : tr.none_left;
  return (
    <div class={`pick ${n > 0 ? 'chosen' : ''} ${most === 0 ? 'spent' : ''}`}>
      <span class="pick-words">
        <strong>{line?.name}</strong>
        <span>{most ? `${facts} · ${money(left.gross)}` : facts}</span>
      </span>
      <Button
        look="key"
        disabled={left.part || most === 0 || 2 * left.whole > PARTS_MAX}
        selected={n % 2 === 1}
        onPress={() => onChange(n % 2 ? n - 1 : n < most ? n + 1 : n - 1)}
        label={tr.half}
        testId={`half-${line?.item}`}
      >
        ½
      </Button>
      <Button look="key" disabled={n === 0} label={t.value.order.one_less} onPress={() => onChange(Math.max(0, n - 2))} testId={`less-${line?.item}`}>
        <Icon name="minus" />
      </Button>
      <strong class="pick-count">{left.part ? (n ? '✓' : '0') : halves(n)}</strong>
      <Button
        look="key"
        disabled={n + 2 > most}
        label={t.value.order.one_more}
        onPress={() => onChange(n + 2)}
        testId={`more-${line?.item}`}
      >
        <Icon name="plus" />
      </Button>
    </div>
  );
}
