// The keypad for PINs and amounts: always the same layout, also for the keys of a real keyboard. No native keyboard ever opens.
import { useEffect } from 'preact/hooks';
import { t } from '../i18n/index';
import { Button } from './button';
import { Icon } from './icon';

interface Props {
  value: string;
  onChange: (value: string) => void;
  onEnter?: () => void;
  max: number;
  /** What the key left of the 0 does. */
  corner: 'clear' | 'thousand' | 'letters';
  onLetters?: () => void;
}

const leadingZeros = (value: string): string => value.replace(/^0+(?=\d)/, '');

export function Keypad({ value, onChange, onEnter, max, corner, onLetters }: Props) {
  const add = (digits: string): void => {
    const next = corner === 'thousand' ? leadingZeros(value + digits) : value + digits;
    if (next.length <= max) onChange(next);
  };
  const erase = (): void => onChange(value.slice(0, -1));
  useEffect(() => {
    const listen = (e: KeyboardEvent): void => {
      if (e.ctrlKey || e.metaKey || e.altKey) return;
      if (/^\d$/.test(e.key)) add(e.key);
      else if (e.key === 'Backspace') erase();
      else if (e.key === 'Enter' && onEnter) onEnter();
      else return;
      e.preventDefault();
    };
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  });
  return (
    <div class="keypad">
      {['1', '2', '3', '4', '5', '6', '7', '8', '9'].map((digit) => (
        <Button key={digit} look="key" onPress={() => add(digit)} testId={`key-${digit}`}>
          {digit}
        </Button>
      ))}
      {corner === 'thousand' ? (
        <Button look="key" onPress={() => value && add('000')} testId="key-000">
          000
        </Button>
      ) : corner === 'letters' ? (
        <Button look="key" onPress={() => onLetters?.()} testId="key-letters">
          ABC
        </Button>
      ) : (
        <Button look="key" onPress={() => onChange('')} label={t.value.clear} testId="key-clear">
          C
        </Button>
      )}
      <Button look="key" onPress={() => add('0')} testId="key-0">
        0
      </Button>
      <Button look="key" onPress={erase} label={t.value.erase} testId="key-erase">
        <Icon name="erase" />
      </Button>
    </div>
  );
}
