// A paid sale is opened again, to be corrected and charged once more: what that means, why, and by whose leave.
import { useState } from 'preact/hooks';
import { ta } from '../i18n/after';
import { t } from '../i18n/index';
import { money } from '../state/format';
import { leftOf, paidChecks, reopen } from '../state/history';
import { tell } from '../state/notice';
import { go } from '../state/route';
import type { Order } from '../types';
import { withApproval } from './approval';
import { Button } from './button';
import { Reason } from './reason';
import { Sheet } from './sheet';

export function ReopenSheet({ order, name, onClose }: { order: Order; name: string; onClose: () => void }) {
  const tr = ta.value.reopen;
  const [reason, setReason] = useState('');
  const left = paidChecks(order).reduce((sum, check) => sum + leftOf(order, check).total, 0);
  const commit = async (): Promise<void> => {
    const why = reason.trim();
    const done = await withApproval(tr.approve(name, why), async (extra) => void (await reopen(order.id, why, extra)));
    if (!done) return;
    tell(tr.done);
    go({ at: 'order', id: order.id });
  };
  return (
    <Sheet
      title={tr.title}
      onClose={onClose}
      closeWord={t.value.cancel}
      size="wide"
      testId="reopen-sheet"
      actions={
        <Button look="danger" disabled={!reason.trim()} onPress={commit} testId="reopen-commit">
          {tr.commit}
        </Button>
      }
    >
      <p class="sheet-lead">{tr.explain(money(left))}</p>
      <p class="sheet-hint">{tr.money}</p>
      <Reason reasons={tr.reasons} other={ta.value.refund.other} value={reason} onChange={setReason} />
    </Sheet>
  );
}
