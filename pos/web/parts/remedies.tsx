// What is the matter with a printer and what to do: the card of one cause, and "¿Qué pasó?", the page with all of them.
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { tp } from '../i18n/printers';
import type { Trouble } from '../state/print';
import { Button } from './button';
import { Icon, type IconName } from './icon';
import { Sheet } from './sheet';

const icons: Partial<Record<Trouble, IconName>> = { paused: 'pause', paper_low: 'paper' };

function Steps({ of }: { of: Trouble }) {
  const remedy = tp.value.remedies[of];
  return (
    <>
      <ol class="remedy-steps">
        {remedy.steps.map((step) => (
          <li key={step}>
            <p>{step}</p>
          </li>
        ))}
      </ol>
      <p class="after">{remedy.after}</p>
    </>
  );
}

/** children: what may be done right here. */
export function RemedyCard({ of, note, children }: { of: Trouble; note?: string; children?: ComponentChildren }) {
  const calm = of === 'paused' || of === 'paper_low';
  return (
    <section class={`remedy ${calm ? 'calm' : ''}`} data-testid={`trouble-${of}`}>
      <h3>
        <Icon name={icons[of] ?? 'alert'} />
        <span>{tp.value.remedies[of].title}</span>
      </h3>
      {note && <p>{note}</p>}
      <Steps of={of} />
      {children}
    </section>
  );
}

/** now: what is the matter at this moment, which comes first and open. */
export function RemediesSheet({ now, onClose }: { now: readonly Trouble[]; onClose: () => void }) {
  const tr = tp.value;
  const [open, setOpen] = useState<Trouble | null>(now[0] ?? null);
  const all = Object.keys(tr.remedies) as Trouble[];
  const sorted = [...now, ...all.filter((one) => !now.includes(one))];
  return (
    <Sheet title={tr.what_happened} onClose={onClose} size="wide" testId="remedies">
      <p class="sheet-hint">{tr.what_hint}</p>
      {sorted.map((one) => (
        <div key={one} class={`cause ${open === one ? 'open' : ''}`}>
          <Button look="row" selected={open === one} onPress={() => setOpen(open === one ? null : one)} testId={`cause-${one}`}>
            <Icon name={open === one ? 'up' : 'down'} />
            <span>{tr.remedies[one].title}</span>
            {now.includes(one) && <span class="tag row-end">{tr.now}</span>}
          </Button>
          {open === one && <Steps of={one} />}
        </div>
      ))}
    </Sheet>
  );
}
