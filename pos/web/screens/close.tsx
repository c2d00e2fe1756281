// Closing the shift: what is left open, then the blind count by denomination, then the result. Nothing expected is shown before the count.
import { useEffect, useState } from 'preact/hooks';
import { t } from '../i18n/index';
import { withApproval } from '../parts/approval';
import { Button } from '../parts/button';
import { Icon } from '../parts/icon';
import { Keypad } from '../parts/keypad';
import { Scroller } from '../parts/scroller';
import { waiting } from '../outbox';
import { digits, money, signed } from '../state/format';
import { report } from '../state/notice';
import { loadOpenOrders, openOrders } from '../state/orders';
import { loadPrinters, printers } from '../state/print';
import { go } from '../state/route';
import { may } from '../state/session';
import { closeShift, shift } from '../state/shift';
import { site } from '../state/site';
import type { ShiftClosed } from '../types';
import { closed } from './close_state';

const PIECES_MAX = 5;
const SMALLEST_NOTE = 2000;

export function CloseShift() {
  const tr = t.value.closing;
  const [step, setStep] = useState<'gate' | 'count'>('gate');
  const [carry, setCarry] = useState(false);
  useEffect(() => {
    loadOpenOrders().catch(report);
    if (may('paper')) loadPrinters().catch(report);
  }, []);
  const result = closed.value;
  const at = result ? 2 : step === 'count' ? 1 : 0;
  return (
    <main class="close-shift">
      <header class="close-head">
        <h1>{tr.title}</h1>
        <ol class="steps">
          {[tr.step_gate, tr.step_count, tr.step_result].map((word, i) => (
            <li key={word} class={i === at ? 'now' : i < at ? 'past' : ''} aria-current={i === at ? 'step' : undefined}>
              {word}
            </li>
          ))}
        </ol>
      </header>
      {result ? (
        <Result result={result} />
      ) : step === 'gate' ? (
        <Gate carry={carry} onCarry={() => setCarry(!carry)} onNext={() => setStep('count')} />
      ) : (
        <Count carry={carry} onBack={() => setStep('gate')} />
      )}
    </main>
  );
}

function Gate({ carry, onCarry, onNext }: { carry: boolean; onCarry: () => void; onNext: () => void }) {
  const tr = t.value.closing;
  const open = openOrders.value.length;
  const paper = printers.value.reduce((sum, printer) => sum + printer.waiting + printer.unknown, 0);
  const unsent = waiting.value.length;
  const row = (good: boolean, words: string, hint: string, see: (() => void) | null) => (
    <div class={`gate-row ${good ? 'good' : 'bad'}`}>
      <Icon name={good ? 'check' : 'alert'} />
      <span>
        <strong>{words}</strong>
        {!good && <span>{hint}</span>}
      </span>
      {!good && see && <Button onPress={see}>{tr.see}</Button>}
    </div>
  );
  return (
    <div class="gate">
      {row(open === 0, tr.open_orders(open), tr.open_orders_hint, () =>
        go(site.value?.default_kind === 'table' ? { at: 'home' } : { at: 'orders' }),
      )}
      {open > 0 && (
        <Button className="tall" selected={carry} onPress={onCarry} testId="carry">
          <Icon name={carry ? 'check' : 'next'} />
          <span>{tr.carry}</span>
        </Button>
      )}
      {row(paper === 0, tr.paper(paper), tr.paper_hint, () => go({ at: 'paper', job: null }))}
      {row(unsent === 0, tr.pending(unsent), tr.pending_hint, null)}
      <div class="gate-acts">
        <Button className="tall" onPress={() => go({ at: 'shift' })}>
          {t.value.back}
        </Button>
        <Button look="primary" className="tall" disabled={unsent > 0 || (open > 0 && !carry)} onPress={onNext} testId="to-count">
          {tr.to_count}
        </Button>
      </div>
    </div>
  );
}

function Count({ carry, onBack }: { carry: boolean; onBack: () => void }) {
  const tr = t.value.closing;
  const denominations = site.value?.denominations ?? [];
  const [pieces, setPieces] = useState<Record<number, string>>({});
  const [at, setAt] = useState(denominations[0] ?? 0);
  const total = denominations.reduce((sum, value) => sum + value * Number(pieces[value] || '0'), 0);
  const commit = async (): Promise<void> => {
    const id = shift.value?.id;
    if (!id) return;
    const count: Record<string, number> = {};
    for (const value of denominations) if (Number(pieces[value] || '0') > 0) count[String(value)] = Number(pieces[value]);
    await withApproval(tr.carry, async (extra) => {
      closed.value = await closeShift(id, count, carry, extra);
    });
  };
  const column = (values: number[], word: string) => (
    <div class="count-column">
      <h2>{word}</h2>
      {values.map((value) => (
        <Button
          key={value}
          look="row"
          className="count-row"
          selected={value === at}
          onPress={() => setAt(value)}
          testId={`count-${value}`}
        >
          <span class="count-value">{digits(value)}</span>
          <strong class="count-pieces">× {pieces[value] || '0'}</strong>
        </Button>
      ))}
    </div>
  );
  return (
    <div class="count">
      <Scroller className="count-list">
        <p class="hint">{tr.count_hint}</p>
        <div class="count-columns">
          {column(
            denominations.filter((value) => value >= SMALLEST_NOTE),
            tr.note,
          )}
          {column(
            denominations.filter((value) => value < SMALLEST_NOTE),
            tr.coin,
          )}
        </div>
      </Scroller>
      <div class="count-keys">
        <p class="count-now">
          <span>{money(at)}</span>
          <strong>× {pieces[at] || '0'}</strong>
        </p>
        <Keypad
          key={at}
          value={pieces[at] ?? ''}
          max={PIECES_MAX}
          corner="clear"
          onEnter={() => setAt(denominations[denominations.indexOf(at) + 1] ?? at)}
          onChange={(value) => setPieces({ ...pieces, [at]: value.replace(/^0+(?=\d)/, '') })}
        />
        <p class="count-total">
          <span>{tr.counted}</span>
          <strong data-testid="counted">{money(total)}</strong>
        </p>
        <div class="gate-acts">
          <Button className="tall" onPress={onBack}>
            {t.value.back}
          </Button>
          <Button look="primary" className="tall" onPress={commit} testId="commit-count">
            {tr.commit}
          </Button>
        </div>
      </div>
    </div>
  );
}

function Result({ result }: { result: ShiftClosed }) {
  const tr = t.value.closing;
  const { difference } = result;
  const verdict = difference === 0 ? tr.exact : difference < 0 ? tr.short(money(-difference)) : tr.over(money(difference));
  const finish = (): void => {
    closed.value = null;
    shift.value = null;
    go({ at: 'home' });
  };
  return (
    <div class="result">
      <p class={`verdict ${difference === 0 ? 'good' : 'bad'}`} data-testid="verdict">
        <Icon name={difference === 0 ? 'check' : 'alert'} />
        <span>{verdict}</span>
      </p>
      <dl class="facts">
        <div>
          <dt>{tr.expected}</dt>
          <dd data-testid="expected">{money(result.expected)}</dd>
        </div>
        <div>
          <dt>{tr.counted}</dt>
          <dd>{money(result.counted)}</dd>
        </div>
        <div class="bill-total">
          <dt>{tr.difference}</dt>
          <dd data-testid="difference">{signed(difference)}</dd>
        </div>
      </dl>
      <p class="closed-word">{tr.closed(result.z_number)}</p>
      {result.job !== null && <p class="hint">{tr.printed}</p>}
      <div class="gate-acts">
        {result.job !== null && may('paper') && (
          <Button
            className="tall"
            onPress={() => {
              const job = result.job;
              closed.value = null;
              go({ at: 'paper', job });
            }}
            testId="see-z"
          >
            {t.value.pay.see_ticket}
          </Button>
        )}
        <Button look="primary" className="tall" onPress={finish} testId="finish">
          {tr.finish}
        </Button>
      </div>
    </div>
  );
}
