// Past sales: the list of a day, found by the number on the receipt; on the right the sale that was tapped.
import { useEffect, useState } from 'preact/hooks';
import { ta } from '../i18n/after';
import { t } from '../i18n/index';
import { AmountSheet } from '../parts/amount_sheet';
import { Button } from '../parts/button';
import { Icon } from '../parts/icon';
import { Scroller } from '../parts/scroller';
import { capital, clock, day, money, shiftDay } from '../state/format';
import { loadOlderPast, loadPast, loadSale, past, pastDay, pastNext, pastNumber, sale, today } from '../state/history';
import { report } from '../state/notice';
import { openOrders } from '../state/orders';
import { go, route } from '../state/route';
import { tableName } from '../state/site';
import type { PastOrder } from '../types';
import { SaleView } from './history_sale';

export function History() {
  const tr = ta.value.history;
  const at = route.value;
  const chosen = at.at === 'history' ? at.id : null;
  const { value: orders } = openOrders; // told anew whenever any order changed
  useEffect(() => {
    loadPast().catch(report);
  }, [pastDay.value, pastNumber.value, orders]);
  useEffect(() => {
    if (chosen) loadSale(chosen).catch(report);
  }, [chosen, orders]);
  return (
    <main class={`history ${chosen ? 'showing' : ''}`}>
      <section class="history-list">
        <Finder />
        <Scroller key={`${pastDay.value} ${pastNumber.value}`}>
          {past.value?.length === 0 && <p class="empty">{pastNumber.value ? tr.empty_found : tr.empty}</p>}
          <div class="menu-list">
            {(past.value ?? []).map((one) => (
              <Row key={one.id} one={one} selected={one.id === chosen} />
            ))}
            {pastNext.value !== null && (
              <Button onPress={loadOlderPast} testId="older">
                {tr.older}
              </Button>
            )}
          </div>
        </Scroller>
      </section>
      <section class="history-view">
        {chosen && sale.value?.id === chosen ? (
          <SaleView key={chosen} order={sale.value} />
        ) : (
          <p class="empty">{chosen ? t.value.loading : tr.choose}</p>
        )}
      </section>
    </main>
  );
}

/** Which day, or which number. */
function Finder() {
  const tr = ta.value.history;
  const [finding, setFinding] = useState(false);
  const shown = pastDay.value ?? today();
  const move = (by: number): void => {
    pastDay.value = shiftDay(shown, by);
  };
  return (
    <div class="finder">
      <h1>{tr.title}</h1>
      {pastNumber.value ? (
        <div class="found">
          <strong>{tr.found(pastNumber.value)}</strong>
          <Button
            onPress={() => {
              pastNumber.value = '';
            }}
            testId="find-end"
          >
            <Icon name="close" />
            <span>{tr.find_end}</span>
          </Button>
        </div>
      ) : (
        <>
          <div class="day-row">
            <Button look="key" label={tr.earlier} onPress={() => move(-1)} testId="day-earlier">
              <Icon name="back" />
            </Button>
            <strong>{shown === today() ? tr.today : capital(day(shown))}</strong>
            <Button look="key" disabled={shown === today()} label={tr.later} onPress={() => move(1)} testId="day-later">
              <Icon name="next" />
            </Button>
          </div>
          <Button onPress={() => setFinding(true)} testId="find">
            <Icon name="search" />
            <span>{tr.find}</span>
          </Button>
        </>
      )}
      {finding && (
        <AmountSheet
          title={tr.find_title}
          hint={tr.find_hint}
          word={() => tr.find_go}
          show={(n) => (n ? String(n) : '')}
          onDone={(n) => {
            pastNumber.value = String(n);
            setFinding(false);
          }}
          onClose={() => setFinding(false)}
        />
      )}
    </div>
  );
}

type State = 'good' | 'back' | 'gone' | 'open';
/** What became of a sale, in a word, and how it is marked. */
function stateOf(one: PastOrder): { word: string; look: State } {
  const tr = ta.value.history;
  if (one.merged_into) return { word: tr.merged(one.merged_into), look: 'gone' };
  if (one.state === 'voided') return { word: tr.voided, look: 'gone' };
  if (one.refunded_whole) return { word: tr.whole, look: 'back' };
  if (one.returned > 0) return { word: tr.part, look: 'back' };
  if (one.ended_at === null) return { word: tr.open, look: 'open' };
  return { word: tr.paid, look: 'good' };
}
const icons = { good: 'check', back: 'undo', gone: 'close', open: 'clock' } as const;

function Row({ one, selected }: { one: PastOrder; selected: boolean }) {
  const { word, look } = stateOf(one);
  const name = one.table ? tableName(one.table) : one.name || t.value.kinds[one.kind];
  return (
    <Button
      look="row"
      className={`past past-${look}`}
      selected={selected}
      onPress={() => go({ at: 'history', id: one.id })}
      testId={`past-${one.number}`}
    >
      <span class="past-number">{one.number}</span>
      <span class="past-words">
        <strong>{name}</strong>
        <span>{[clock(one.ended_at ?? one.opened_at), one.documents].filter(Boolean).join(' · ')}</span>
        <span class="past-state">
          <Icon name={icons[look]} />
          {word}
        </span>
      </span>
      <span class="past-sum">
        {one.paid > 0 && <strong>{money(one.paid)}</strong>}
        {one.returned > 0 && <span>− {money(one.returned)}</span>}
      </span>
    </Button>
  );
}
