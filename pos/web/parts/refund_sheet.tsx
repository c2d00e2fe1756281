// Giving money back, a step at a time: of which check, what of it, why, exactly how much by which means, and what to hand over.
import { useState } from 'preact/hooks';
import { ta } from '../i18n/after';
import { t } from '../i18n/index';
import { money } from '../state/format';
import { giveBack, leftOf, paidChecks, quoteRefund, type RefundWanted } from '../state/history';
import { site } from '../state/site';
import type { Check, Order, Refund, RefundQuote } from '../types';
import { withApproval } from './approval';
import { AmountSheet } from './amount_sheet';
import { Button } from './button';
import { Icon } from './icon';
import { PickDishes, pickWord } from './refund_dishes';
import { Reason } from './reason';
import { Sheet } from './sheet';

type Step =
  | { at: 'check' }
  | { at: 'what'; check: Check }
  | { at: 'dishes'; check: Check }
  | { at: 'tip'; check: Check }
  | { at: 'why'; wanted: RefundWanted; quote: RefundQuote }
  | { at: 'confirm'; wanted: RefundWanted; quote: RefundQuote; reason: string }
  | { at: 'done'; refund: Refund };

interface Props {
  order: Order;
  name: string;
  onClose: () => unknown;
}

export function RefundSheet({ order, name, onClose }: Props) {
  const checks = paidChecks(order).filter((check) => leftOf(order, check).total > 0);
  const only = checks.length === 1 ? checks[0]! : null;
  const [step, setStep] = useState<Step>(only ? { at: 'what', check: only } : { at: 'check' });
  const ask = async (wanted: RefundWanted): Promise<void> => {
    setStep({ at: 'why', wanted, quote: await quoteRefund(order.id, wanted) });
  };
  const title = ta.value.refund.title(name);
  switch (step.at) {
    case 'check':
      return <WhichCheck title={title} order={order} checks={checks} onDone={(check) => setStep({ at: 'what', check })} onClose={onClose} />;
    case 'what':
      return <What title={title} order={order} check={step.check} setStep={setStep} ask={ask} onClose={onClose} />;
    case 'dishes':
      return <PickDishes title={title} order={order} check={step.check} onDone={ask} onClose={onClose} />;
    case 'tip':
      return <Tip most={leftOf(order, step.check).tip} onDone={(tip) => ask({ check: step.check.id, tip })} onClose={onClose} />;
    case 'why':
      return <Why title={title} tip={step.wanted.tip !== undefined} onDone={(reason) => setStep({ ...step, at: 'confirm', reason })} onClose={onClose} />;
    case 'confirm':
      return <Confirm title={title} order={order} step={step} onDone={(refund) => setStep({ at: 'done', refund })} onClose={onClose} />;
    case 'done':
      return <Done order={order} refund={step.refund} onClose={onClose} />;
  }
}

interface StepProps {
  title: string;
  onClose: () => unknown;
}

function WhichCheck({ title, order, checks, onDone, onClose }: StepProps & { order: Order; checks: Check[]; onDone: (check: Check) => void }) {
  const tr = ta.value.refund;
  return (
    <Sheet title={title} onClose={() => void onClose()} closeWord={t.value.cancel} testId="refund-check">
      <p class="sheet-lead">{tr.which}</p>
      <div class="menu-list">
        {checks.map((check) => (
          <Button key={check.id} look="row" className="choice" onPress={() => onDone(check)} testId={`check-${check.position}`}>
            <Icon name="bill" />
            <span>
              <strong>{tr.check(check.label, check.position)}</strong>
              <span>{check.document ?? ''}</span>
            </span>
            <span class="row-end">{money(leftOf(order, check).total)}</span>
          </Button>
        ))}
      </div>
    </Sheet>
  );
}

function What({
  title,
  order,
  check,
  setStep,
  ask,
  onClose,
}: StepProps & { order: Order; check: Check; setStep: (step: Step) => void; ask: (wanted: RefundWanted) => Promise<void> }) {
  const tr = ta.value.refund;
  const left = leftOf(order, check);
  const dishes = left.lines.some((line) => line.whole > 0 || line.part);
  const choice = (id: string, icon: 'undo' | 'options' | 'people', word: string, more: string, off: boolean, act: () => unknown, end = '') => (
    <Button look="row" className="choice" disabled={off} onPress={act} testId={id}>
      <Icon name={icon} />
      <span>
        <strong>{word}</strong>
        {more && <span>{more}</span>}
      </span>
      {end && <span class="row-end">{end}</span>}
    </Button>
  );
  return (
    <Sheet title={title} onClose={() => void onClose()} closeWord={t.value.cancel} testId="refund-what">
      <p class="sheet-lead">{tr.what}</p>
      <div class="menu-list">
        {choice('refund-dishes', 'options', tr.dishes, '', !dishes, () => setStep({ at: 'dishes', check }))}
        {choice('refund-tip', 'people', tr.tip, left.tip ? '' : tr.no_tip, left.tip <= 0, () => setStep({ at: 'tip', check }), left.tip ? money(left.tip) : '')}
        {choice(
          'refund-all',
          'undo',
          tr.all,
          left.tip && left.tip < left.total ? tr.includes_tip(money(left.tip)) : '',
          false,
          () => ask({ check: check.id }),
          money(left.total),
        )}
      </div>
    </Sheet>
  );
}

function Tip({ most, onDone, onClose }: { most: number; onDone: (tip: number) => unknown; onClose: () => unknown }) {
  const tr = ta.value.refund;
  const [part, setPart] = useState(false);
  if (part)
    return (
      <AmountSheet title={tr.tip_title} hint={tr.tip_hint(money(most))} max={most} onDone={onDone} onClose={() => void onClose()} />
    );
  return (
    <Sheet title={tr.tip_title} onClose={() => void onClose()} closeWord={t.value.cancel} testId="refund-tip-sheet">
      <div class="menu-list">
        <Button look="primary" onPress={() => onDone(most)} testId="tip-all">
          {tr.tip_all(money(most))}
        </Button>
        <Button onPress={() => setPart(true)} testId="tip-part">
          {t.value.pay.other_amount}
        </Button>
      </div>
    </Sheet>
  );
}

function Why({ title, tip, onDone, onClose }: StepProps & { tip: boolean; onDone: (reason: string) => void }) {
  const tr = ta.value.refund;
  const [reason, setReason] = useState('');
  return (
    <Sheet
      title={title}
      onClose={() => void onClose()}
      closeWord={t.value.cancel}
      size="wide"
      testId="refund-why"
      actions={
        <Button look="primary" disabled={!reason.trim()} onPress={() => onDone(reason.trim())} testId="refund-next">
          {tr.next}
        </Button>
      }
    >
      <p class="sheet-lead">{tr.why}</p>
      <Reason reasons={tip ? tr.reasons_tip : tr.reasons} other={tr.other} value={reason} onChange={setReason} />
    </Sheet>
  );
}

/** The means by which it goes back, cash first and in the largest type: that is what a hand must do. */
function Hand({ order, quote, large }: { order: Order; quote: RefundQuote; large: boolean }) {
  const tr = ta.value.refund;
  const name = (slug: string): string => site.value?.means.find((means) => means.id === slug)?.name ?? slug;
  const cash = quote.means.filter((means) => means.kind === 'cash').reduce((sum, means) => sum + means.charged, 0);
  const cashOwed = quote.means.filter((means) => means.kind === 'cash').reduce((sum, means) => sum + means.amount, 0);
  const others = quote.means.filter((means) => means.kind !== 'cash' && means.charged > 0);
  const reference = (id: number): string | null => order.payments.find((payment) => payment.id === id)?.reference ?? null;
  return (
    <div class={`hand ${large ? 'large' : ''}`}>
      {cash === 0 && others.length === 0 && <p class="hand-word">{tr.nothing_to_hand}</p>}
      {cash > 0 && (
        <div>
          <p class="hand-word">{tr.hand_cash}</p>
          <p class="hand-sum" data-testid="hand-cash">
            {money(cash)}
          </p>
          {cash !== cashOwed && <p class="sheet-hint">{tr.rounding(money(cashOwed))}</p>}
        </div>
      )}
      {others.map((means) => (
        <div key={means.payment}>
          <p class="hand-word">{tr.hand_other(name(means.means))}</p>
          <p class="hand-sum" data-testid={`hand-${means.means}`}>
            {money(means.charged)}
          </p>
          {reference(means.payment) && <p class="sheet-hint">{tr.reference(reference(means.payment)!)}</p>}
        </div>
      ))}
    </div>
  );
}

function Confirm({
  title,
  order,
  step,
  onDone,
  onClose,
}: StepProps & { order: Order; step: Extract<Step, { at: 'confirm' }>; onDone: (refund: Refund) => void }) {
  const tr = ta.value.refund;
  const { wanted, quote, reason } = step;
  const what = wanted.tip
    ? tr.tip
    : wanted.lines
      ? wanted.lines.map((pick) => `${pickWord(pick)} ${order.lines.find((one) => one.id === pick.line)?.name ?? ''}`).join(', ')
      : tr.all;
  const commit = async (): Promise<void> => {
    let refund: Refund | null = null;
    const done = await withApproval(tr.approve(money(quote.returned), reason), async (extra) => {
      refund = (await giveBack(order.id, wanted, reason, extra)).refund;
    });
    if (done && refund) onDone(refund);
  };
  return (
    <Sheet
      title={title}
      onClose={() => void onClose()}
      closeWord={t.value.cancel}
      testId="refund-confirm"
      actions={
        <Button look="danger" onPress={commit} testId="refund-commit">
          {tr.commit(money(quote.returned))}
        </Button>
      }
    >
      <p class="sheet-lead">{tr.confirm}</p>
      <p class="sheet-hint">{tr.of_which(what, reason)}</p>
      <Hand order={order} quote={quote} large={false} />
      {quote.tip > 0 && quote.tip < quote.total && <p class="sheet-hint">{tr.includes_tip(money(quote.tip))}</p>}
    </Sheet>
  );
}

function Done({ order, refund, onClose }: { order: Order; refund: Refund; onClose: () => unknown }) {
  const tr = ta.value.refund;
  const cash = refund.means.some((means) => means.kind === 'cash' && means.charged > 0);
  return (
    <Sheet
      title={tr.done_title(refund.number)}
      size="wide"
      testId="refund-done"
      actions={
        <Button look="primary" onPress={onClose} testId="refund-end">
          <Icon name="check" />
          <span>{tr.end}</span>
        </Button>
      }
    >
      <Hand order={order} quote={refund} large />
      <p class="sheet-hint centered">{cash ? tr.drawer : tr.no_drawer}</p>
    </Sheet>
  );
}
