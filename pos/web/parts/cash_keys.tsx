// Cash: exact first, then what people hand over, from the next note up; any other amount by the keypad.
import { useState } from 'preact/hooks';
import { t } from '../i18n/index';
import { money } from '../state/format';
import { site } from '../state/site';
import { AmountSheet } from './amount_sheet';
import { Button } from './button';

const KEYS = 5;

/** The next round sums a person may hand over: due rounded up to each note, each once, upwards. 33.500 → 34.000 35.000 40.000 50.000 100.000. */
export function nextNotes(due: number, notes: readonly number[]): number[] {
  const sums = notes.map((note) => Math.ceil(due / note) * note).filter((sum) => sum > due);
  return [...new Set(sums)].sort((a, b) => a - b).slice(0, KEYS);
}

export function CashKeys({
  due,
  exactDue,
  onPay,
}: {
  due: number;
  exactDue: number;
  onPay: (tendered: number) => Promise<void>;
}) {
  const tr = t.value.pay;
  const [typing, setTyping] = useState(false);
  return (
    <div class="cash">
      {due !== exactDue && (
        <p class="rounding">
          <span>{tr.cash_rounding}</span>
          <strong>− {money(exactDue - due)}</strong>
        </p>
      )}
      <div class="cash-keys">
        <Button look="primary" className="tall exact" onPress={() => onPay(due)} testId="cash-exact">
          <span>{tr.exact}</span>
          <strong>{money(due)}</strong>
        </Button>
        {nextNotes(due, site.value?.notes ?? []).map((sum) => (
          <Button key={sum} className="tall note-key" onPress={() => onPay(sum)} testId={`cash-${sum}`}>
            {money(sum)}
          </Button>
        ))}
        <Button className="tall note-key" onPress={() => setTyping(true)} testId="cash-other">
          {tr.other_amount}
        </Button>
      </div>
      {typing && (
        <AmountSheet
          title={tr.received}
          min={due}
          word={(amount) => `${tr.received} ${amount}`}
          onDone={(amount) => onPay(amount)}
          onClose={() => setTyping(false)}
        />
      )}
    </div>
  );
}
