// A sheet over the screen: a title, a way out always in the same corner, its contents, and its actions at the bottom.
import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { t } from '../i18n/index';
import { Button } from './button';
import { Icon } from './icon';
import { Scroller } from './scroller';

interface Props {
  title: string;
  onClose?: () => void;
  closeWord?: string;
  children: ComponentChildren;
  actions?: ComponentChildren;
  size?: 'narrow' | 'wide';
  testId?: string;
}

export function Sheet({ title, onClose, closeWord, children, actions, size = 'narrow', testId }: Props) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const before = document.activeElement as HTMLElement | null;
    box.current?.focus();
    return () => before?.focus?.();
  }, []);
  return (
    <div class="veil">
      <div
        class={`sheet ${size}`}
        role="dialog"
        aria-modal="true"
        aria-label={title}
        tabIndex={-1}
        ref={box}
        data-testid={testId}
      >
        <header class="sheet-head">
          <h2>{title}</h2>
          {onClose && (
            <Button look="quiet" onPress={onClose} className="sheet-close" testId="sheet-close">
              <Icon name="close" />
              <span>{closeWord ?? t.value.close}</span>
            </Button>
          )}
        </header>
        <Scroller className="sheet-scroll">
          <div class="sheet-body">{children}</div>
        </Scroller>
        {actions && <footer class="sheet-actions">{actions}</footer>}
      </div>
    </div>
  );
}
