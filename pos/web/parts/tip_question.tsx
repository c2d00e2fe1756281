// The tip, asked before the bill is issued: two buttons with nothing chosen beforehand, and another amount up to the lawful ceiling.
import { useState } from 'preact/hooks';
import { t } from '../i18n/index';
import { money } from '../state/format';
import { answerTip } from '../state/sale';
import type { Check, Order } from '../types';
import { AmountSheet } from './amount_sheet';
import { Button } from './button';

export function TipQuestion({ order, check, onAnswered }: { order: Order; check: Check; onAnswered: () => void }) {
  const tr = t.value.pay;
  const [typing, setTyping] = useState(false);
  const answer = async (what: { amount: number } | { declined: true }): Promise<void> => {
    await answerTip(order.id, { check: check.id, ...what });
    setTyping(false);
    onAnswered();
  };
  return (
    <div class="tip" data-testid="tip">
      <h2>{tr.tip_question}</h2>
      <div class="tip-answers">
        <Button className="huge" onPress={() => answer({ amount: check.tip.ceiling })} testId="tip-yes">
          <span class="tip-word">{tr.tip_yes}</span>
          <strong>{money(check.tip.ceiling)}</strong>
        </Button>
        <Button className="huge" onPress={() => answer({ declined: true })} testId="tip-no">
          {tr.tip_no}
        </Button>
      </div>
      <Button className="tall" onPress={() => setTyping(true)} testId="tip-other">
        {tr.tip_other}
      </Button>
      <p class="law">{tr.tip_law}</p>
      {typing && (
        <AmountSheet
          title={tr.tip}
          hint={tr.tip_limit(money(check.tip.ceiling))}
          max={check.tip.ceiling}
          onDone={(amount) => answer({ amount })}
          onClose={() => setTyping(false)}
        />
      )}
    </div>
  );
}
