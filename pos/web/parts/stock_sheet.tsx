// What there is of a product: sold out, a few left that count down, or as many as wanted. One tap for the usual case.
import { useState } from 'preact/hooks';
import { ta } from '../i18n/after';
import { t } from '../i18n/index';
import { command } from '../outbox';
import { tell } from '../state/notice';
import { loadMenu } from '../state/site';
import type { MenuItem } from '../types';
import { AmountSheet } from './amount_sheet';
import { Button } from './button';
import { Icon } from './icon';
import { Sheet } from './sheet';

const MOST = 9999;

export function StockSheet({ item, onClose }: { item: MenuItem; onClose: () => void }) {
  const tr = ta.value.stock;
  const [counting, setCounting] = useState(false);
  const set = async (body: { available: boolean; remaining?: number }, told: string): Promise<void> => {
    await command('PUT', `/menu/items/${item.id}/availability`, body);
    await loadMenu();
    tell(told);
    onClose();
  };
  if (counting)
    return (
      <AmountSheet
        title={tr.how_many}
        hint={item.name}
        max={MOST}
        show={(n) => (n ? String(n) : '')}
        word={(n) => tr.set(Number(n || '0'))}
        onDone={(n) => set({ available: true, remaining: n }, tr.now_few(item.name, n))}
        onClose={onClose}
      />
    );
  const state = !item.available ? 'out' : item.remaining !== null ? 'few' : 'back';
  const choice = (id: typeof state, icon: 'close' | 'wait' | 'check', word: string, hint: string, act: () => unknown) => (
    <Button look="row" className="choice" selected={state === id} onPress={act} testId={`stock-${id}`}>
      <Icon name={icon} />
      <span>
        <strong>{word}</strong>
        <span>{hint}</span>
      </span>
    </Button>
  );
  return (
    <Sheet title={item.name} onClose={onClose} closeWord={t.value.cancel} testId="stock-sheet">
      <div class="menu-list">
        {choice('out', 'close', tr.out, tr.out_hint, () => set({ available: false }, tr.now_out(item.name)))}
        {choice('few', 'wait', item.remaining !== null && item.available ? tr.set(item.remaining) : tr.few, tr.few_hint, () => setCounting(true))}
        {choice('back', 'check', tr.back, tr.back_hint, () => set({ available: true }, tr.now_back(item.name)))}
      </div>
    </Sheet>
  );
}
