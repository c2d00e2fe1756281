// The shift: what opened it, money in and out of the drawer, the X report for those who may see it, and the way to the close.
import { useEffect, useState } from 'preact/hooks';
import { get } from '../api';
import { t } from '../i18n/index';
import { withApproval } from '../parts/approval';
import { Button } from '../parts/button';
import { CashSheet } from '../parts/cash_sheet';
import { Icon } from '../parts/icon';
import { NumberingNotice } from '../parts/numbering_notice';
import { ReportSheet } from '../parts/report_sheet';
import { capital, clock, day, money, signed } from '../state/format';
import { report, tell } from '../state/notice';
import { go } from '../state/route';
import { may } from '../state/session';
import { moveCash, shift, type CashKind } from '../state/shift';
import type { Shift } from '../types';

export function ShiftScreen() {
  const tr = t.value.shift;
  const now = shift.value;
  const [moving, setMoving] = useState<CashKind | null>(null);
  const [past, setPast] = useState<Shift[] | null>(null);
  const [reporting, setReporting] = useState<number | null>(null);
  useEffect(() => {
    if (may('reports'))
      get<{ shifts: Shift[] }>('/shifts')
        .then((page) => setPast(page.shifts.filter((one) => one.state === 'closed')))
        .catch(report);
  }, [now?.id]);
  if (!now) return null;
  const words: Record<CashKind, string> = { in: tr.cash_in, out: tr.cash_out, tip_payout: tr.tip_payout };
  const move = async (kind: CashKind, amount: number, reason: string): Promise<void> => {
    const done = await withApproval(
      `${words[kind]} ${money(amount)} — ${reason}`,
      async (extra) => void (await moveCash(now.id, kind, amount, reason, extra)),
    );
    if (!done) return;
    setMoving(null);
    tell(tr.recorded);
  };
  return (
    <main class="shift">
      <section class="shift-now">
        <h1>{tr.title}</h1>
        <p class="shift-day">{capital(day(now.business_day))}</p>
        <NumberingNotice />
        <p>{tr.opened(capital(now.opened_by), clock(now.opened_at))}</p>
        <dl class="facts">
          <div>
            <dt>{tr.float}</dt>
            <dd>{money(now.float)}</dd>
          </div>
        </dl>
        <div class="shift-acts">
          {(['in', 'out', 'tip_payout'] as const).map((kind) => (
            <Button
              key={kind}
              className="tall"
              disabled={!may('cash_movement')}
              onPress={() => setMoving(kind)}
              testId={`cash-${kind}`}
            >
              <Icon name={kind === 'in' ? 'plus' : kind === 'out' ? 'minus' : 'people'} />
              <span>{words[kind]}</span>
            </Button>
          ))}
          <Button className="tall" disabled={!may('x_report')} onPress={() => setReporting(now.id)} testId="x-report">
            <Icon name="paper" />
            <span>{tr.report}</span>
          </Button>
        </div>
        <div class="shift-close">
          <Button look="primary" className="tall" onPress={() => go({ at: 'close' })} testId="close-shift">
            <Icon name="lock" />
            <span>{tr.close}</span>
          </Button>
          <p class="hint">{tr.close_hint}</p>
        </div>
      </section>
      {past && (
        <section class="shift-past">
          <h2>{tr.past}</h2>
          {past.length === 0 && <p class="empty">{tr.no_past}</p>}
          <div class="menu-list">
            {past.slice(0, 8).map((one) => (
              <Button key={one.id} look="row" onPress={() => setReporting(one.id)} testId={`past-${one.id}`}>
                <strong>{tr.z(one.z_number ?? 0)}</strong>
                <span>{capital(day(one.business_day))}</span>
                <span class="row-end">{signed(one.difference ?? 0)}</span>
              </Button>
            ))}
          </div>
        </section>
      )}
      {moving && (
        <CashSheet
          kind={moving}
          title={words[moving]}
          onDone={(amount, reason) => move(moving, amount, reason)}
          onClose={() => setMoving(null)}
        />
      )}
      {reporting !== null && <ReportSheet id={reporting} onClose={() => setReporting(null)} />}
    </main>
  );
}
