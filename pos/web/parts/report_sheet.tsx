// The X report of an open shift, or the Z of a closed one.
import { useEffect, useState } from 'preact/hooks';
import { get } from '../api';
import { t } from '../i18n/index';
import { digits, money, signed } from '../state/format';
import { report as tellFault } from '../state/notice';
import type { ShiftReport } from '../types';
import { Sheet } from './sheet';

export function ReportSheet({ id, onClose }: { id: number; onClose: () => void }) {
  const tr = t.value;
  const [facts, setFacts] = useState<ShiftReport | null>(null);
  useEffect(() => {
    get<ShiftReport>(`/shifts/${id}/report`)
      .then(setFacts)
      .catch((e: unknown) => {
        onClose();
        tellFault(e);
      });
  }, [id]);
  if (!facts) return null;
  const { shift, totals, cash } = facts;
  const row = (word: string, amount: number, strong = false) => (
    <div class={strong ? 'bill-total' : ''}>
      <dt>{word}</dt>
      <dd>{signed(amount)}</dd>
    </div>
  );
  return (
    <Sheet title={facts.z ? tr.shift.z(shift.z_number ?? 0) : tr.shift.report} onClose={onClose} testId="report-sheet">
      <dl class="bill-sums">
        <div>
          <dt>{tr.shift.documents}</dt>
          <dd>{digits(facts.documents)}</dd>
        </div>
        {row(tr.daily.net, totals.net, true)}
        {facts.taxes.map((tax) => (
          <div key={`${tax.name}${tax.rate}`}>
            <dt>{tax.name}</dt>
            <dd>{money(tax.tax)}</dd>
          </div>
        ))}
        {row(tr.daily.tips, totals.tips)}
        {facts.means.map((means) => (
          <div key={means.means}>
            <dt>{means.name}</dt>
            <dd>{money(means.charged)}</dd>
          </div>
        ))}
        {row(tr.shift.float, cash.float)}
        {row(tr.shift.sales_cash, cash.sales)}
        {row(tr.shift.movements_in, cash.in)}
        {row(tr.shift.movements_out, 0 - cash.out)}
        {row(tr.shift.refunds, 0 - cash.refunds)}
        {row(tr.shift.tips_paid, 0 - cash.tips_paid_out)}
        {row(tr.shift.expected, cash.expected, true)}
        {facts.z && shift.counted !== null && row(tr.closing.counted, shift.counted)}
        {facts.z && shift.difference !== null && row(tr.closing.difference, shift.difference, true)}
      </dl>
    </Sheet>
  );
}
