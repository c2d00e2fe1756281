// Typing an amount of pesos, or another whole number, on the keypad, between a least and a most.
import { useState } from 'preact/hooks';
import { t } from '../i18n/index';
import { money } from '../state/format';
import { Button } from './button';
import { Keypad } from './keypad';
import { Field } from './keyboard';
import { Sheet } from './sheet';

interface Props {
  title: string;
  hint?: string;
  min?: number;
  max?: number;
  word?: (amount: string) => string;
  /** How it reads when it is no money. */
  show?: (amount: number) => string;
  onDone: (amount: number) => unknown;
  onClose: () => void;
}

export function AmountSheet({ title, hint, min = 1, max = 999_999_999, word, show = money, onDone, onClose }: Props) {
  const tr = t.value;
  const [text, setText] = useState('');
  const amount = Number(text || '0');
  const fits = amount >= min && amount <= max;
  return (
    <Sheet
      title={title}
      onClose={onClose}
      closeWord={tr.cancel}
      testId="amount-sheet"
      actions={
        <Button look="primary" disabled={!fits} onPress={() => onDone(amount)} testId="amount-done">
          {word ? word(show(amount)) : tr.accept}
        </Button>
      }
    >
      <Field big label={title} value={show(amount)} hint={hint ?? ' '} />
      <Keypad value={text} onChange={setText} onEnter={() => fits && onDone(amount)} max={9} corner={show === money ? 'thousand' : 'clear'} />
    </Sheet>
  );
}
