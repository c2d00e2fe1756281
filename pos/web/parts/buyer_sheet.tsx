// Above the limit of a POS document the buyer is identified: the kind of document and its number, then the name.
import { useState } from 'preact/hooks';
import { t } from '../i18n/index';
import type { Buyer } from '../types';
import { Button } from './button';
import { Field, Keyboard } from './keyboard';
import { Keypad } from './keypad';
import { Sheet } from './sheet';

const KINDS = ['CC', 'NIT', 'CE', 'PA'] as const;
const NUMBER_MAX = 20;
const NAME_MAX = 100;

export function BuyerSheet({ onDone, onClose }: { onDone: (buyer: Buyer) => Promise<void>; onClose: () => void }) {
  const tr = t.value;
  const [kind, setKind] = useState<(typeof KINDS)[number]>('CC');
  const [number, setNumber] = useState('');
  const [name, setName] = useState('');
  const [step, setStep] = useState<'number' | 'letters' | 'name'>('number');
  const finish = (): Promise<void> => onDone({ kind, number: number.trim(), name: name.trim() });
  if (step === 'name') {
    return (
      <Sheet
        title={tr.pay.buyer_title}
        onClose={onClose}
        closeWord={tr.cancel}
        size="wide"
        testId="buyer-sheet"
        actions={
          <>
            <Button onPress={() => setStep('number')}>{tr.back}</Button>
            <Button look="primary" disabled={!name.trim()} onPress={finish} testId="buyer-done">
              {tr.accept}
            </Button>
          </>
        }
      >
        <p class="sheet-lead">
          {tr.pay.buyer_kinds[kind]} {number}
        </p>
        <Field label={tr.pay.buyer_name} value={name} />
        <Keyboard value={name} onChange={setName} max={NAME_MAX} capitals="words" />
      </Sheet>
    );
  }
  return (
    <Sheet
      title={tr.pay.buyer_title}
      onClose={onClose}
      closeWord={tr.cancel}
      size="wide"
      testId="buyer-sheet"
      actions={
        <Button look="primary" disabled={!number.trim()} onPress={() => setStep('name')} testId="buyer-next">
          {tr.pay.buyer_name}
        </Button>
      }
    >
      <p class="sheet-hint">{tr.pay.buyer_hint}</p>
      <div class="choices">
        {KINDS.map((choice) => (
          <Button key={choice} selected={choice === kind} onPress={() => setKind(choice)}>
            {tr.pay.buyer_kinds[choice]}
          </Button>
        ))}
      </div>
      <Field label={tr.pay.buyer_number} value={number} />
      {step === 'letters' ? (
        <Keyboard value={number} onChange={setNumber} max={NUMBER_MAX} capitals="all" />
      ) : (
        <Keypad value={number} onChange={setNumber} max={NUMBER_MAX} corner="letters" onLetters={() => setStep('letters')} />
      )}
    </Sheet>
  );
}
