// Whose the next dishes are, or the chosen one: the seat goes to the kitchen with them, and the bill is split by it.
import { useState } from 'preact/hooks';
import { t } from '../i18n/index';
import { tb } from '../i18n/bill';
import { putDraft, setDraftLine } from '../state/draft';
import { currentDraft, order } from '../state/sale';
import { chosen, endAct } from '../screens/order_acts';
import { Button } from './button';
import { Sheet } from './sheet';

const LEAST = 8;
const MOST = 20;

export function SeatSheet() {
  const tr = tb.value.seat;
  const draft = currentDraft();
  const pick = chosen.value;
  const line = pick && 'draft' in pick ? draft.lines.find((candidate) => candidate.id === pick.draft) : undefined;
  const [ofLine, setOfLine] = useState(false);
  const covers = (draft.order !== null ? order.value?.covers : draft.covers) ?? 0;
  const seats = Array.from({ length: Math.min(Math.max(covers, LEAST), MOST) }, (_, i) => i + 1);
  const now = (ofLine && line ? line.seat : draft.seat) ?? 0;
  const set = (seat: number): void => {
    if (ofLine && line) setDraftLine(draft, { ...line, seat });
    else putDraft({ ...draft, seat });
    endAct();
  };
  return (
    <Sheet title={tr.title} onClose={endAct} closeWord={t.value.cancel} testId="seat-sheet">
      {line && (
        <div class="segmented">
          <Button selected={!ofLine} onPress={() => setOfLine(false)} testId="seat-next">
            {tr.next}
          </Button>
          <Button selected={ofLine} onPress={() => setOfLine(true)} testId="seat-line">
            {line.name}
          </Button>
        </div>
      )}
      <div class="number-grid">
        {seats.map((seat) => (
          <Button key={seat} look="key" selected={seat === now} onPress={() => set(seat)} testId={`seat-${seat}`}>
            {seat}
          </Button>
        ))}
        <Button className="span-all" selected={now === 0} onPress={() => set(0)} testId="seat-0">
          {tr.none}
        </Button>
      </div>
      <p class="sheet-hint">{tr.hint}</p>
    </Sheet>
  );
}
