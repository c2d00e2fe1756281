// Cards and transfers: the approval number from the terminal or the phone, then the charge. Digits first, letters behind a key.
import { useState } from 'preact/hooks';
import { t } from '../i18n/index';
import { money } from '../state/format';
import type { Means } from '../types';
import { Button } from './button';
import { Field, Keyboard } from './keyboard';
import { Keypad } from './keypad';
import { Sheet } from './sheet';

const REFERENCE_MAX = 40;

export function Referenced({
  means,
  amount,
  onPay,
}: {
  means: Means;
  amount: number;
  onPay: (reference: string) => Promise<void>;
}) {
  const tr = t.value;
  const [reference, setReference] = useState('');
  const [letters, setLetters] = useState(false);
  const ready = !means.needs_reference || reference.trim() !== '';
  const shut = (): void => setLetters(false);
  return (
    <div class="referenced">
      <div class="referenced-words">
        <Field label={tr.pay.reference} value={reference} hint={tr.pay.reference_hint} />
        <Button look="primary" className="tall" disabled={!ready} onPress={() => onPay(reference.trim())} testId="charge">
          {tr.pay.charge(money(amount))}
        </Button>
      </div>
      {letters ? (
        <Sheet
          title={tr.pay.reference}
          size="wide"
          onClose={shut}
          actions={
            <Button look="primary" onPress={shut} testId="letters-done">
              {tr.done}
            </Button>
          }
        >
          <Field label={tr.pay.reference} value={reference} />
          <Keyboard value={reference} onChange={setReference} onEnter={shut} max={REFERENCE_MAX} capitals="all" />
        </Sheet>
      ) : (
        <Keypad
          value={reference}
          onChange={setReference}
          onEnter={() => undefined}
          max={REFERENCE_MAX}
          corner="letters"
          onLetters={() => setLetters(true)}
        />
      )}
    </div>
  );
}
