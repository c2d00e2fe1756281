// The own keyboard for names, notes and references: letters with ñ and an accent key, digits, and short cuts where given.
import { useEffect, useState } from 'preact/hooks';
import { t } from '../i18n/index';
import { Button } from './button';
import { Icon } from './icon';

const WIDE = ['1234567890', 'qwertyuiop', 'asdfghjklñ', 'zxcvbnm´-.'];
/* A phone is too narrow for ten keys of a finger's width: the alphabet in sevens instead, digits and signs behind a key. */
const NARROW = ['abcdefg', 'hijklmn', 'ñopqrst', 'uvwxyz´'];
const NARROW_DIGITS = ['1234567', '890-.,:', '/+()$%#', '¿?¡!=*@'];
const ACCENTED: Record<string, string> = { a: 'á', e: 'é', i: 'í', o: 'ó', u: 'ú', n: 'ñ' };

interface Props {
  value: string;
  onChange: (value: string) => void;
  onEnter?: () => void;
  max: number;
  shortcuts?: readonly string[];
  capitals?: 'first' | 'words' | 'all';
}

export function Keyboard({ value, onChange, onEnter, max, shortcuts = [], capitals = 'first' }: Props) {
  const [accent, setAccent] = useState(false);
  const [digits, setDigits] = useState(false);
  const [narrow, setNarrow] = useState(window.innerWidth < 700);
  useEffect(() => {
    const resize = (): void => setNarrow(window.innerWidth < 700);
    window.addEventListener('resize', resize);
    return () => window.removeEventListener('resize', resize);
  }, []);
  const upper = capitals === 'all' || value === '' || (capitals === 'words' && value.endsWith(' '));
  const put = (text: string): void => {
    if (value.length + text.length <= max) onChange(value + text);
  };
  const press = (key: string): void => {
    if (key === '´') return setAccent(!accent);
    const letter = accent ? (ACCENTED[key] ?? key) : key;
    setAccent(false);
    put(upper ? letter.toUpperCase() : letter);
  };
  const erase = (): void => onChange(value.slice(0, -1));
  useEffect(() => {
    const listen = (e: KeyboardEvent): void => {
      if (e.ctrlKey || e.metaKey || e.altKey) return;
      if (e.key === 'Backspace') erase();
      else if (e.key === 'Enter' && onEnter) onEnter();
      else if (e.key.length === 1) put(e.key);
      else return;
      e.preventDefault();
    };
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  });
  const rows = !narrow ? WIDE : digits ? NARROW_DIGITS : NARROW;
  return (
    <div class={`keyboard ${narrow ? 'narrow' : 'wide'}`}>
      {shortcuts.length > 0 && (
        <div class="shortcuts">
          {shortcuts.map((text) => (
            <Button
              key={text}
              look="plain"
              onPress={() =>
                onChange((value ? `${value}, ${text.endsWith(':') ? text : text.toLowerCase()}` : text).slice(0, max))
              }
            >
              {text}
            </Button>
          ))}
        </div>
      )}
      {rows.map((row) => (
        <div class="key-row" key={row}>
          {[...row].map((key) => (
            <Button
              key={key}
              look="key"
              selected={key === '´' ? accent : undefined}
              onPress={() => press(key)}
              testId={`letter-${key}`}
            >
              {upper ? key.toUpperCase() : key}
            </Button>
          ))}
        </div>
      ))}
      <div class="key-row last">
        {narrow ? (
          <Button look="key" selected={digits} onPress={() => setDigits(!digits)} testId="letter-digits">
            123
          </Button>
        ) : (
          <Button look="key" onPress={() => onChange('')}>
            {t.value.clear}
          </Button>
        )}
        <Button look="key" onPress={() => put(' ')}>
          {t.value.space}
        </Button>
        <Button look="key" onPress={erase} label={t.value.erase}>
          <Icon name="erase" />
        </Button>
      </div>
    </div>
  );
}

/** What is being written, with a caret: the field of a keyboard that is not the system's. */
export function Field({ value, label, hint, big }: { value: string; label: string; hint?: string; big?: boolean }) {
  return (
    <div class={`field ${big ? 'big' : ''}`}>
      <span class="field-label">{label}</span>
      <output class="field-value" aria-label={label}>
        {value}
        <i class="caret" />
      </output>
      {hint && <span class="field-hint">{hint}</span>}
    </div>
  );
}
