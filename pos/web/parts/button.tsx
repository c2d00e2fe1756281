// The one button: shows the press at once, commits on click, and is out of reach while what it started is under way.
import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { report } from '../state/notice';

export type Look = 'primary' | 'plain' | 'quiet' | 'danger' | 'key' | 'tile' | 'tab' | 'row';

interface Props {
  look?: Look;
  onPress: () => unknown;
  disabled?: boolean;
  selected?: boolean;
  label?: string;
  className?: string;
  testId?: string;
  children: ComponentChildren;
}

export function Button({ look = 'plain', onPress, disabled = false, selected, label, className = '', testId, children }: Props) {
  const [busy, setBusy] = useState(false);
  const alive = useRef(true);
  useEffect(
    () => () => {
      alive.current = false;
    },
    [],
  );
  const press = (): void => {
    if (busy) return;
    let work: unknown;
    try {
      work = onPress();
    } catch (e) {
      report(e);
      return;
    }
    if (!(work instanceof Promise)) return;
    setBusy(true);
    work.catch(report).finally(() => alive.current && setBusy(false));
  };
  return (
    <button
      type="button"
      class={`button ${look} ${className}`}
      disabled={disabled || busy}
      aria-busy={busy || undefined}
      aria-pressed={selected === undefined ? undefined : selected}
      aria-label={label}
      data-testid={testId}
      onClick={press}
    >
      {children}
    </button>
  );
}
