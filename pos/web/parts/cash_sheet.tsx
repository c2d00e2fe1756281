// Money into or out of the drawer: how much, then why.
import { useState } from 'preact/hooks';
import { t } from '../i18n/index';
import { money } from '../state/format';
import type { CashKind } from '../state/shift';
import { Button } from './button';
import { Field, Keyboard } from './keyboard';
import { Keypad } from './keypad';
import { Sheet } from './sheet';

const REASON_MAX = 100;

export function CashSheet({
  kind,
  title,
  onDone,
  onClose,
}: {
  kind: CashKind;
  title: string;
  onDone: (amount: number, reason: string) => Promise<void>;
  onClose: () => void;
}) {
  const tr = t.value;
  const [text, setText] = useState('');
  const [reason, setReason] = useState('');
  const [step, setStep] = useState<'amount' | 'reason' | 'writing'>('amount');
  const amount = Number(text || '0');
  const reasons = { in: tr.shift.reasons_in, out: tr.shift.reasons_out, tip_payout: tr.shift.reasons_tip_payout }[kind];
  if (step === 'amount') {
    return (
      <Sheet
        title={title}
        onClose={onClose}
        closeWord={tr.cancel}
        testId="cash-sheet"
        actions={
          <Button look="primary" disabled={amount <= 0} onPress={() => setStep('reason')} testId="cash-amount-done">
            {tr.shift.why}
          </Button>
        }
      >
        <Field big label={tr.shift.amount} value={money(amount)} />
        <Keypad value={text} onChange={setText} onEnter={() => amount > 0 && setStep('reason')} max={9} corner="thousand" />
      </Sheet>
    );
  }
  return (
    <Sheet
      title={`${title} · ${money(amount)}`}
      onClose={onClose}
      closeWord={tr.cancel}
      size={step === 'writing' ? 'wide' : 'narrow'}
      testId="cash-sheet"
      actions={
        <Button look="primary" disabled={!reason.trim()} onPress={() => onDone(amount, reason.trim())} testId="cash-record">
          {tr.shift.record}
        </Button>
      }
    >
      {step === 'reason' ? (
        <div class="choices one">
          {reasons.map((one, i) => (
            <Button key={one} selected={one === reason} onPress={() => setReason(one)} testId={`cash-reason-${i}`}>
              {one}
            </Button>
          ))}
          <Button
            onPress={() => {
              setReason('');
              setStep('writing');
            }}
          >
            {tr.shift.other_reason}
          </Button>
        </div>
      ) : (
        <>
          <Field label={tr.shift.why} value={reason} />
          <Keyboard value={reason} onChange={setReason} max={REASON_MAX} />
        </>
      )}
    </Sheet>
  );
}
