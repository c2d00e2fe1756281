// Above the limit of a POS document the buyer is identified: kind of document, its number, the name.
import { useState } from 'preact/hooks';
import { t } from '../i18n/index';
import type { Buyer } from '../types';
import { Button } from './button';
import { Field, Keyboard } from './keyboard';
import { Sheet } from './sheet';

const KINDS = ['CC', 'NIT', 'CE', 'PA'] as const;
const NUMBER_MAX = 20;
const NAME_MAX = 100;

export function BuyerSheet({ onDone, onClose }: { onDone: (buyer: Buyer) => Promise<void>; onClose: () => void }) {
  const tr = t.value;
  const [kind, setKind] = useState<(typeof KINDS)[number]>('CC');
  const [number, setNumber] = useState('');
  const [name, setName] = useState('');
  const [naming, setNaming] = useState(false);
  const ready = number.trim() !== '' && name.trim() !== '';
  return (
    <Sheet title={tr.pay.buyer_title} onClose={onClose} closeWord={tr.cancel} size="wide" testId="buyer-sheet"
      actions={naming || ready
        ? <Button look="primary" disabled={!ready} onPress={() => onDone({ kind, number: number.trim(), name: name.trim() })} testId="buyer-done">{tr.accept}</Button>
        : <Button look="primary" disabled={!number.trim()} onPress={() => setNaming(true)} testId="buyer-next">{tr.pay.buyer_name}</Button>}>
      <p class="sheet-hint">{tr.pay.buyer_hint}</p>
      <div class="segmented">
        {KINDS.map((choice) => <Button key={choice} selected={choice === kind} onPress={() => setKind(choice)}>{tr.pay.buyer_kinds[choice]}</Button>)}
      </div>
      <div class="segmented fields">
        <Button selected={!naming} onPress={() => setNaming(false)}>{tr.pay.buyer_number}: {number || '—'}</Button>
        <Button selected={naming} onPress={() => setNaming(true)}>{tr.pay.buyer_name}: {name || '—'}</Button>
      </div>
      <Field label={naming ? tr.pay.buyer_name : tr.pay.buyer_number} value={naming ? name : number} />
      <Keyboard key={String(naming)} value={naming ? name : number} onChange={naming ? setName : setNumber} max={naming ? NAME_MAX : NUMBER_MAX} capitals={naming ? 'first' : 'all'} />
    </Sheet>
  );
}
