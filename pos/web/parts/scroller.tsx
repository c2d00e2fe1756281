// A list that may be longer than its place: it scrolls under the finger and by two keys that show only when there is more.
import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { t } from '../i18n/index';
import { Button } from './button';
import { Icon } from './icon';

interface Props {
  children: ComponentChildren;
  className?: string;
  label?: string;
  /** Scrolls to the end when this grows. */ follow?: unknown;
}

export function Scroller({ children, className = '', label, follow }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const [more, setMore] = useState({ up: false, down: false });
  const look = (): void => {
    const el = box.current;
    if (!el) return;
    const up = el.scrollTop > 4;
    const down = el.scrollTop + el.clientHeight < el.scrollHeight - 4;
    setMore((old) => (old.up === up && old.down === down ? old : { up, down }));
  };
  useEffect(() => {
    look();
    const el = box.current;
    if (!el) return undefined;
    const size = new ResizeObserver(look);
    size.observe(el);
    if (el.firstElementChild) size.observe(el.firstElementChild);
    return () => size.disconnect();
  }, []);
  useEffect(() => {
    const el = box.current;
    if (el && follow !== undefined) el.scrollTop = el.scrollHeight;
    look();
  }, [follow]);
  const page = (by: 1 | -1): void => {
    const el = box.current;
    el?.scrollBy({ top: by * el.clientHeight * 0.8, behavior: 'auto' });
  };
  const overflow = more.up || more.down;
  return (
    <div class={`scroller ${className} ${overflow ? 'overflows' : ''}`}>
      <div class="scroll-box" ref={box} onScroll={look} role={label ? 'region' : undefined} aria-label={label} tabIndex={0}>
        <div class="scroll-content">{children}</div>
      </div>
      {overflow && (
        <div class="scroll-keys">
          <Button look="key" disabled={!more.up} onPress={() => page(-1)} label={t.value.up}>
            <Icon name="up" />
          </Button>
          <Button look="key" disabled={!more.down} onPress={() => page(1)} label={t.value.down}>
            <Icon name="down" />
          </Button>
        </div>
      )}
    </div>
  );
}
