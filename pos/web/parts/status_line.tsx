// One line that is always there, so that nothing moves when it has something to say: calm words, or no connection, or a printer in trouble.
import { useState } from 'preact/hooks';
import { t } from '../i18n/index';
import { discard, retryNow, stuck, waiting } from '../outbox';
import { offline } from '../state/connection';
import { capital, clock } from '../state/format';
import { openOrders } from '../state/orders';
import { RANK, astray, inDoubt, toTell, waitingSince } from '../state/print';
import { notice } from '../state/notice';
import { go } from '../state/route';
import { may, session, signInPage } from '../state/session';
import { shift } from '../state/shift';
import { Button } from './button';
import { Icon } from './icon';
import { Sheet } from './sheet';

export function StatusLine() {
  const [open, setOpen] = useState(false);
  return (
    <div class="status-place">
      <Line openPending={() => setOpen(true)} />
      {open && <Pending onClose={() => setOpen(false)} />}
    </div>
  );
}

function Line({ openPending }: { openPending: () => void }) {
  const tr = t.value;
  const held = waiting.value.filter((entry) => entry.staff !== session.value?.staff.id);
  if (offline.value) {
    return (
      <div class="status bad" role="alert" data-testid="offline">
        <Icon name="signal" />
        <span class="status-text">{tr.status.offline}</span>
        {waiting.value.length > 0 && (
          <Button look="plain" className="status-act" onPress={openPending}>
            {tr.status.pending(waiting.value.length)}
          </Button>
        )}
      </div>
    );
  }
  if (held.length > 0 || stuck.value) {
    return (
      <div class="status warn" role="status">
        <Icon name="wait" />
        <span class="status-text">
          {held[0] ? tr.status.pending_of_other(capital(held[0].staffName)) : tr.status.pending(waiting.value.length)}
        </span>
        <Button look="plain" className="status-act" onPress={openPending}>
          {tr.closing.see}
        </Button>
      </div>
    );
  }
  if (notice.value)
    return (
      <div class="status told" role="status">
        <Icon name="check" />
        <span class="status-text">{notice.value}</span>
      </div>
    );
  const news = may('paper') ? paperNews() : [];
  if (news[0]) return <PaperLine first={news[0]} more={news.length - 1} />;
  const words = [
    tr.status.all_well,
    shift.value ? `${tr.nav.shift} ${clock(shift.value.opened_at)}` : null,
    tr.status.open_orders(openOrders.value.length),
  ];
  return (
    <div class="status calm">
      <Icon name="check" />
      <span class="status-text">
        {words.filter(Boolean).map((word, i) => (
          <span key={i}>{word}</span>
        ))}
      </span>
      {signInPage.value?.demo && <span class="tag">{tr.demo}</span>}
    </div>
  );
}

interface News {
  /** What it is, then what waits for it. */
  what: string;
  rest: string[];
  rank: number;
  printer: string;
}

/** What the paper has to tell, the worst first: printers in trouble, then those paused, stations that print elsewhere, paper that is low. */
function paperNews(): News[] {
  const tr = t.value.status;
  const printers = toTell.value.map(({ printer, what, rank }): News => {
    const since = waitingSince(printer);
    const rest: string[] = [];
    if (since !== null) rest.push(tr.waiting_since(printer.waiting, clock(new Date(since).toISOString())));
    if (inDoubt(printer) > 0) rest.push(tr.doubtful(inDoubt(printer)));
    return { what: tr.printer_trouble(printer.name, tr.troubles[what]), rest, rank, printer: printer.id };
  });
  const stations = astray.value.map(
    (place): News => ({ what: tr.prints_at(place.name, place.printer.name), rest: [], rank: RANK.astray, printer: place.printer.id }),
  );
  return [...printers, ...stations].sort((a, b) => a.rank - b.rank);
}

/** All of the line is the key to the remedy. */
function PaperLine({ first, more }: { first: News; more: number }) {
  const tr = t.value.status;
  const alarm = first.rank === RANK.alarm;
  const rest = more > 0 ? [...first.rest, tr.and_more(more)] : first.rest;
  return (
    <div role={alarm ? 'alert' : 'status'} data-testid="printer-trouble">
      <Button
        look="row"
        className={`status status-button ${alarm ? 'warn' : 'news'}`}
        onPress={() => go({ at: 'printer', printer: first.printer })}
        testId="what-to-do"
      >
        <Icon name="printer" />
        <span class="status-text">
          <strong>{first.what}</strong>
          {rest.map((words) => (
            <span key={words}>{words}</span>
          ))}
        </span>
        <span class="status-end">{tr.what_to_do}</span>
        <Icon name="next" />
      </Button>
    </div>
  );
}

function describe(path: string): string {
  const words = t.value.pending.kinds;
  if (path.endsWith('/send')) return words.send;
  if (path.endsWith('/payments')) return words.pay;
  if (path.endsWith('/void')) return words.void;
  if (path.endsWith('/tip')) return words.tip;
  if (path.startsWith('/shifts')) return words.shift;
  if (path.startsWith('/print') || path.startsWith('/stations')) return words.paper;
  return words.order;
}

function Pending({ onClose }: { onClose: () => void }) {
  const tr = t.value;
  return (
    <Sheet
      title={tr.pending.title}
      onClose={onClose}
      actions={
        <Button look="primary" onPress={retryNow}>
          {tr.sign_in.retry}
        </Button>
      }
    >
      <p class="sheet-hint">{tr.pending.hint}</p>
      <ul class="plain-list">
        {waiting.value.map((entry) => (
          <li key={entry.key} class="pending-row">
            <span>
              <strong>{tr.pending.of(capital(entry.staffName), clock(new Date(entry.at).toISOString()))}</strong>
              <br />
              {describe(entry.path)}
            </span>
            <Button look="plain" onPress={() => discard(entry.key)}>
              {tr.pending.discard}
            </Button>
          </li>
        ))}
      </ul>
      {waiting.value.length > 0 && <p class="sheet-hint">{tr.pending.discard_hint}</p>}
    </Sheet>
  );
}
