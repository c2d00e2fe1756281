// One line that is always there, so that nothing moves when it has something to say: calm words, or no connection, or a printer in trouble.
import { useState } from 'preact/hooks';
import { t } from '../i18n/index';
import { discard, retryNow, stuck, waiting } from '../outbox';
import { offline } from '../state/connection';
import { capital, clock } from '../state/format';
import { openOrders } from '../state/orders';
import { trouble, troubleOf } from '../state/print';
import { notice } from '../state/notice';
import { go } from '../state/route';
import { may, session, signInPage } from '../state/session';
import { shift } from '../state/shift';
import { site } from '../state/site';
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
  const printer = trouble.value[0];
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
  if (printer && may('paper')) {
    return (
      <div class="status warn" role="alert" data-testid="printer-trouble">
        <Icon name="printer" />
        <span class="status-text">{tr.status.printer_trouble(printer.name, troubleOf(printer) ?? '')}</span>
        <Button look="plain" className="status-act" onPress={() => go({ at: 'paper', job: null })}>
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
      {site.value?.practice && <span class="tag">{tr.practice}</span>}
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
  if (path.startsWith('/print')) return words.paper;
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
