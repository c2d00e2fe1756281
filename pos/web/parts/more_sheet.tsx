// "Más": the acts on a whole order, each where it always is. What needs the server to know of the order saves it first.
import { t } from '../i18n/index';
import { tb } from '../i18n/bill';
import { draftAt } from '../state/draft';
import { printPrecuenta } from '../state/bill_acts';
import { freeCheck, isSplit, openChecks } from '../state/checks';
import { fault, tell } from '../state/notice';
import { go } from '../state/route';
import { draftKey, order, save } from '../state/sale';
import { may } from '../state/session';
import { site } from '../state/site';
import { endAct, marking, pane, startAct, startSavedAct, type Act } from '../screens/order_acts';
import { Button } from './button';
import { Icon, type IconName } from './icon';
import { voiding } from './line_sheets';
import { Sheet } from './sheet';

interface Entry {
  id: string;
  icon: IconName;
  word: string;
  off: boolean;
  run: () => unknown;
}

/** A split order shows its checks; where several are open the bill is printed from there. */
function toChecks(id: number): void {
  endAct();
  go({ at: 'pay', id });
}

async function split(): Promise<void> {
  const saved = await save();
  if (isSplit(saved)) toChecks(saved.id);
  else startAct({ what: 'split' });
}
async function comesOff(what: 'discount' | 'courtesy'): Promise<void> {
  const saved = await save();
  if (freeCheck(saved)) return startAct({ what });
  endAct();
  fault.value = t.value.errors.order_split;
}
async function precuenta(): Promise<void> {
  const saved = await save();
  const [check, other] = openChecks(saved);
  if (!check || other) return toChecks(saved.id);
  await printPrecuenta(saved.id, check.id);
  endAct();
  tell(tb.value.precuenta_sent);
}

function entries(): Entry[] {
  const tr = t.value.order;
  const words = tb.value.acts;
  const draft = draftAt(draftKey.value ?? '');
  const saved = draftKey.value === `order:${order.value?.id}` ? order.value : null;
  const live = saved ? saved.state === 'open' || saved.state === 'sent' : true;
  const lines = (saved?.lines.filter((line) => line.quantity > line.voided).length ?? 0) + (draft?.lines.length ?? 0);
  const atTable = (saved?.kind ?? draft?.kind) === 'table';
  const bare = !live || lines === 0;
  const act = (next: Act) => (): Promise<void> => startSavedAct(next);
  const list: (Entry | false)[] = [
    { id: 'act-split', icon: 'split', word: saved && isSplit(saved) ? words.checks : words.split, off: bare, run: split },
    { id: 'act-discount', icon: 'percent', word: words.discount, off: bare, run: () => comesOff('discount') },
    { id: 'act-courtesy', icon: 'gift', word: words.courtesy, off: bare, run: () => comesOff('courtesy') },
    (site.value?.precuenta ?? false) && { id: 'act-precuenta', icon: 'paper', word: words.precuenta, off: bare, run: precuenta },
    atTable && { id: 'act-move', icon: 'next', word: words.move, off: bare, run: act({ what: 'move' }) },
    { id: 'act-merge', icon: 'merge', word: atTable ? words.merge : words.merge_orders, off: bare, run: act({ what: 'merge' }) },
    { id: 'act-transfer', icon: 'people', word: words.transfer, off: bare, run: act({ what: 'transfer' }) },
    {
      id: 'mark-sold-out',
      icon: 'alert',
      word: tr.mark_sold_out,
      off: !may('sold_out'),
      run: () => {
        endAct();
        marking.value = true;
        pane.value = 'menu';
      },
    },
    {
      id: 'void-order',
      icon: 'trash',
      word: tr.void_order,
      off: !saved || !live || saved.paid > 0,
      run: () => {
        endAct();
        voiding.value = { order: true };
      },
    },
  ];
  return list.filter((entry): entry is Entry => entry !== false);
}

export function MoreSheet() {
  return (
    <Sheet title={t.value.order.more} onClose={endAct} size="wide" testId="more-sheet">
      <div class="act-grid">
        {entries().map((entry) => (
          <Button key={entry.id} disabled={entry.off} onPress={entry.run} testId={entry.id}>
            <Icon name={entry.icon} />
            <span>{entry.word}</span>
          </Button>
        ))}
      </div>
    </Sheet>
  );
}
