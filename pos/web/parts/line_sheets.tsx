// A note for the kitchen on a line, and voiding a line or a whole order: how many, why, and by whose leave.
import { signal } from '@preact/signals';
import { useState } from 'preact/hooks';
import { t } from '../i18n/index';
import { setDraftLine, type DraftLine } from '../state/draft';
import { currentDraft, order, voidLine, voidOrder } from '../state/sale';
import { site, tableName } from '../state/site';
import type { Line, Order } from '../types';
import { chosen, noting } from '../screens/order_acts';
import { withApproval } from './approval';
import { Button } from './button';
import { Field, Keyboard } from './keyboard';
import { Sheet } from './sheet';

const NOTE_MAX = 140;
const REASON_MAX = 100;
export const voiding = signal<{ line: Line } | { order: true } | null>(null);

export function NoteSheet() {
  const line = noting.value;
  return line && <Note key={line.id} line={line} />;
}

function Note({ line }: { line: DraftLine }) {
  const tr = t.value;
  const [note, setNote] = useState(line.note);
  const shut = (): void => {
    noting.value = null;
  };
  const keep = (): void => {
    setDraftLine(currentDraft(), { ...line, note: note.trim() });
    shut();
  };
  return (
    <Sheet
      title={tr.order.note}
      onClose={shut}
      closeWord={tr.cancel}
      size="wide"
      testId="note-sheet"
      actions={
        <Button look="primary" onPress={keep} testId="note-done">
          {tr.done}
        </Button>
      }
    >
      <Field label={line.name} value={note} />
      <Keyboard value={note} onChange={setNote} onEnter={keep} max={NOTE_MAX} shortcuts={tr.order.quick_notes} />
    </Sheet>
  );
}

export function VoidSheet() {
  const what = voiding.value;
  const whole = order.value;
  if (!what || !whole) return null;
  return 'line' in what ? (
    <Void key={what.line.id} line={what.line} order={whole} />
  ) : (
    <Void key="order" line={null} order={whole} />
  );
}

function Void({ line, order: whole }: { line: Line | null; order: Order }) {
  const tr = t.value;
  const left = line ? line.quantity - line.voided : 0;
  const [quantity, setQuantity] = useState(left);
  const [reason, setReason] = useState('');
  const [writing, setWriting] = useState(false);
  const name = line ? line.name : whole.table ? tableName(whole.table) : tr.queue.order(whole.number);
  const what = line ? `${quantity} ${name}` : name;
  const shut = (): void => {
    voiding.value = null;
  };
  const commit = async (): Promise<void> => {
    const done = await withApproval(`${tr.order.void} ${what} — ${reason}`, (extra) =>
      line ? voidLine(whole.id, line.id, quantity, reason.trim(), extra) : voidOrder(whole.id, reason.trim(), extra),
    );
    if (!done) return;
    chosen.value = null;
    shut();
  };
  return (
    <Sheet
      title={line ? tr.order.void : tr.order.void_order}
      onClose={shut}
      closeWord={tr.cancel}
      size={writing ? 'wide' : 'narrow'}
      testId="void-sheet"
      actions={
        <Button look="danger" disabled={!reason.trim()} onPress={commit} testId="void-commit">
          {tr.order.void}
        </Button>
      }
    >
      <p class="sheet-lead">{tr.order.void_why(what)}</p>
      {left > 1 && (
        <div class="stepper">
          <span>{tr.order.how_many}</span>
          <Button
            look="key"
            disabled={quantity <= 1}
            label={tr.order.one_less}
            onPress={() => setQuantity(quantity - 1)}
            testId="void-less"
          >
            −
          </Button>
          <strong>{quantity}</strong>
          <Button
            look="key"
            disabled={quantity >= left}
            label={tr.order.one_more}
            onPress={() => setQuantity(quantity + 1)}
            testId="void-more"
          >
            +
          </Button>
        </div>
      )}
      {writing ? (
        <>
          <Field label={tr.order.other_reason} value={reason} />
          <Keyboard value={reason} onChange={setReason} max={REASON_MAX} />
        </>
      ) : (
        <div class="choices one">
          {(site.value?.void_reasons ?? []).map((text, i) => (
            <Button key={text} selected={reason === text} onPress={() => setReason(text)} testId={`reason-${i}`}>
              {text}
            </Button>
          ))}
          <Button
            onPress={() => {
              setReason('');
              setWriting(true);
            }}
          >
            {tr.order.other_reason}
          </Button>
        </div>
      )}
    </Sheet>
  );
}
