// The order: its name, its lines, what can be done with the chosen line, the money, and the actions, each always in the same place.
import { useState } from 'preact/hooks';
import { t } from '../i18n/index';
import { draftAt, putDraft, type Draft } from '../state/draft';
import { age, capital, money } from '../state/format';
import { currentDraft, draftKey, draftPending, order, shownCash, shownDue } from '../state/sale';
import { checksOf, isSplit } from '../state/checks';
import { go } from '../state/route';
import { stuck } from '../outbox';
import { may } from '../state/session';
import { asksTip, cashMeans, tableName, walkUpKinds } from '../state/site';
import type { Kind, Order } from '../types';
import { cancelSend, countdown, pane, payExact, startAct, startAgain, startPaying, startSend } from '../screens/order_acts';
import { Button } from './button';
import { Icon } from './icon';
import { Keyboard, Field } from './keyboard';
import { LineBar } from './line_bar';
import { DraftLines, SavedLines } from './lines';
import { Scroller } from './scroller';
import { Sheet } from './sheet';

const NAME_MAX = 40;

export function OrderPanel() {
  const tr = t.value;
  const draft = draftAt(draftKey.value ?? '') ?? currentDraft();
  const saved = draft.order !== null ? order.value : null;
  const count =
    (saved?.lines ?? []).reduce((sum, line) => sum + line.quantity - line.voided, 0) +
    draft.lines.reduce((sum, line) => sum + line.quantity, 0);
  const empty = (saved?.lines.length ?? 0) === 0 && draft.lines.length === 0;
  return (
    <section class="order-panel">
      <OrderHead draft={draft} saved={saved} />
      <Scroller
        className="lines-scroll"
        follow={`${draftKey.value} ${draft.lines.length} ${saved?.lines.length ?? 0}`}
        label={tr.nav.orders}
      >
        {empty && <p class="empty">{tr.order.empty}</p>}
        {saved && <SavedLines order={saved} />}
        {draft.lines.length > 0 && <DraftLines draft={draft} apart={(saved?.lines.length ?? 0) > 0} />}
      </Scroller>
      <LineBar draft={draft} saved={saved} />
      <Bottom draft={draft} saved={saved} count={count} empty={empty} />
    </section>
  );
}

function OrderHead({ draft, saved }: { draft: Draft; saved: Order | null }) {
  const tr = t.value;
  const [naming, setNaming] = useState(false);
  const kind = saved?.kind ?? draft.kind;
  const name = saved ? saved.name : draft.name;
  const covers = saved ? saved.covers : draft.covers;
  const title =
    kind === 'table' ? tableName(saved?.table ?? draft.table) : saved ? tr.queue.order(saved.number) : tr.queue.new_order;
  const facts = [
    name && kind !== 'table' ? name : null,
    kind === 'table' && covers ? tr.persons(covers) : null,
    saved ? `${age(saved.opened_at)} · ${capital(saved.served_by)}` : null,
  ].filter(Boolean);
  const kinds = walkUpKinds.value;
  return (
    <header class={`order-head ${saved && kind !== 'table' ? 'numbered' : ''}`}>
      <div class="order-title">
        <h1>{title}</h1>
        {facts.length > 0 && <p>{facts.join(' · ')}</p>}
      </div>
      <div class="order-head-acts">
        {!saved && kind !== 'table' && (
          <Button look="plain" onPress={() => setNaming(true)} testId="name-order">
            <Icon name="note" />
            <span>{tr.order.name}</span>
          </Button>
        )}
        {kind === 'table' && (
          <Button look="plain" onPress={() => startAct({ what: 'seat' })} testId="seat">
            {draft.seat ? tr.order.seat_n(draft.seat) : tr.order.seat}
          </Button>
        )}
        <Button look="plain" onPress={() => startAct({ what: 'more' })} testId="order-more">
          {tr.order.more}
        </Button>
      </div>
      {!saved && kind !== 'table' && kinds.length > 1 && (
        <div class="segmented">
          {kinds.map((choice: Kind) => (
            <Button
              key={choice}
              selected={choice === draft.kind}
              onPress={() => putDraft({ ...draft, kind: choice })}
              testId={`kind-${choice}`}
            >
              {tr.kinds[choice]}
            </Button>
          ))}
        </div>
      )}
      {saved && isSplit(saved) && <SplitStrip order={saved} />}
      {naming && <NameSheet draft={draft} onClose={() => setNaming(false)} />}
    </header>
  );
}

/** A split order says so; its checks are a tap away. */
function SplitStrip({ order: saved }: { order: Order }) {
  const tr = t.value.bill;
  const checks = checksOf(saved);
  const paid = checks.filter((check) => check.state === 'paid').length;
  return (
    <Button className="split-strip" onPress={() => go({ at: 'pay', id: saved.id })} testId="see-checks">
      <Icon name="split" />
      <span>
        {tr.split_in(checks.length)}
        {paid > 0 ? ` · ${tr.paid_of(paid)}` : ''}
      </span>
    </Button>
  );
}

function NameSheet({ draft, onClose }: { draft: Draft; onClose: () => void }) {
  const tr = t.value;
  const [name, setName] = useState(draft.name);
  const keep = (): void => {
    putDraft({ ...draft, name: name.trim() });
    onClose();
  };
  return (
    <Sheet
      title={tr.order.name_of}
      onClose={onClose}
      closeWord={tr.cancel}
      size="wide"
      testId="name-sheet"
      actions={
        <Button look="primary" onPress={keep} testId="name-done">
          {tr.done}
        </Button>
      }
    >
      <Field big label={tr.order.name} value={name} />
      <Keyboard value={name} onChange={setName} onEnter={keep} max={NAME_MAX} capitals="words" />
    </Sheet>
  );
}

function Bottom({ draft, saved, count, empty }: { draft: Draft; saved: Order | null; count: number; empty: boolean }) {
  const tr = t.value;
  const paid = (saved?.paid ?? 0) > 0;
  return (
    <footer class="order-bottom">
      {(saved?.totals.discount ?? 0) > 0 && (
        <p class="total-off">
          <span>{tr.order.discounts}</span>
          <span data-testid="total-off">− {money(saved?.totals.discount ?? 0)}</span>
        </p>
      )}
      <div class="order-total">
        <Button
          look="plain"
          className="pane-switch"
          onPress={() => {
            pane.value = pane.value === 'menu' ? 'order' : 'menu';
          }}
          testId="pane-switch"
        >
          <Icon name={pane.value === 'menu' ? 'paper' : 'back'} />
          <span>{pane.value === 'menu' ? tr.order.see_order(count) : tr.order.see_menu}</span>
        </Button>
        <span class="total-word">{paid ? tr.order.balance : tr.order.total}</span>
        <strong class="total-sum" data-testid="total">
          {money(shownDue.value)}
        </strong>
      </div>
      {saved && !['open', 'sent'].includes(saved.state) ? (
        <Ended saved={saved} />
      ) : (
        <Actions draft={draft} saved={saved} empty={empty} />
      )}
    </footer>
  );
}

function Ended({ saved }: { saved: Order }) {
  const tr = t.value.order;
  const word = saved.state === 'voided' ? tr.voided : saved.state === 'closed' ? tr.closed : tr.paid;
  return (
    <div class="actions ended">
      <p class={`state-word ${saved.state}`}>
        <Icon name={saved.state === 'voided' ? 'close' : 'check'} />
        {word}
        {saved.checks[0]?.document ? ` · ${saved.checks[0].document}` : ''}
      </p>
      <Button look="primary" className="tall" onPress={startAgain} testId="ended-next">
        {t.value.back}
      </Button>
    </div>
  );
}

function Actions({ draft, saved, empty }: { draft: Draft; saved: Order | null; empty: boolean }) {
  const tr = t.value;
  const unsent = draft.lines.length > 0 || (saved?.changed ?? false);
  const pending = draftPending.value;
  const may_pay = may('pay') && !empty && !pending;
  const atTable = draft.kind === 'table' || saved?.kind === 'table';
  const quick = !asksTip.value && !atTable && cashMeans.value !== null && !(saved && isSplit(saved));
  return (
    <div class={`actions ${quick ? 'with-quick' : ''}`}>
      {countdown.value ? (
        <Button look="plain" className="tall send sending" onPress={cancelSend} testId="cancel-send">
          <span class="sending-word">{tr.order.sending}</span>
          <strong>{tr.cancel}</strong>
          <i class="sending-bar" aria-hidden="true" />
        </Button>
      ) : (
        <Button look="plain" className="tall send" disabled={!unsent || pending} onPress={startSend} testId="send">
          <Icon name={unsent || empty ? 'send' : 'check'} />
          <span>
            {pending && stuck.value
              ? tr.order.pending
              : pending
                ? tr.order.sending
                : unsent || empty
                  ? tr.order.send
                  : tr.order.sent}
          </span>
        </Button>
      )}
      <Button look={quick ? 'plain' : 'primary'} className="tall" disabled={!may_pay} onPress={startPaying} testId="pay">
        <Icon name="bill" />
        <span>{tr.order.pay}</span>
      </Button>
      {quick && (
        <Button look="primary" className="tall exact" disabled={!may_pay} onPress={payExact} testId="exact">
          <span>{tr.order.exact}</span>
          <strong>{money(shownCash.value)}</strong>
        </Button>
      )}
    </div>
  );
}
