// Choosing a role, told by what it may do; and a new PIN, written twice.
import { useState } from 'preact/hooks';
import { ta } from '../i18n/after';
import { t } from '../i18n/index';
import type { Role } from '../types';
import { Button } from './button';
import { Keypad } from './keypad';
import { PinDots } from './pin_dots';
import { Sheet } from './sheet';

const ROLES: readonly Role[] = ['cook', 'waiter', 'cashier', 'manager', 'administrator'];
const LONGER = { min: 6, max: 8 };
const USUAL = { min: 4, max: 6 };
const sizes = (role: Role): { min: number; max: number } => (role === 'manager' || role === 'administrator' ? LONGER : USUAL);
export const pinRange = (role: Role): string => `${sizes(role).min}–${sizes(role).max}`;

interface RoleProps {
  title: string;
  role: Role | null;
  onDone: (role: Role) => unknown;
  onClose: () => void;
}
export function RoleChoice({ title, role, onDone, onClose }: RoleProps) {
  return (
    <Sheet title={title} onClose={onClose} closeWord={t.value.cancel} testId="role-sheet">
      <div class="menu-list">
        {ROLES.map((one) => (
          <Button key={one} look="row" className="choice" selected={one === role} onPress={() => onDone(one)} testId={`role-${one}`}>
            <span>
              <strong>{t.value.roles[one]}</strong>
              <span>{ta.value.staff.roles[one]}</span>
            </span>
          </Button>
        ))}
      </div>
    </Sheet>
  );
}

interface PinProps {
  title: string;
  hint?: string | undefined;
  role: Role;
  onDone: (pin: string) => Promise<void>;
  onClose: () => void;
}
export function PinTwice({ title, hint, role, onDone, onClose }: PinProps) {
  const tr = ta.value.staff;
  const [first, setFirst] = useState<string | null>(null);
  const [pin, setPin] = useState('');
  const [differs, setDiffers] = useState(false);
  const { min, max } = sizes(role);
  const next = async (): Promise<void> => {
    if (pin.length < min) return;
    if (first === null) {
      setFirst(pin);
      setPin('');
      return;
    }
    const again = first;
    setFirst(null);
    setPin('');
    if (again !== pin) setDiffers(true);
    else await onDone(pin);
  };
  return (
    <Sheet
      title={title}
      onClose={onClose}
      closeWord={t.value.cancel}
      testId="pin-sheet"
      actions={
        <Button look="primary" disabled={pin.length < min} onPress={next} testId="pin-next">
          {first === null ? tr.next : t.value.accept}
        </Button>
      }
    >
      <p class="sheet-lead">{first !== null ? tr.pin_again : differs ? tr.pin_differs : (hint ?? tr.pin_hint)}</p>
      <PinDots length={pin.length} />
      <Keypad
        value={pin}
        onChange={(value) => {
          setPin(value);
          setDiffers(false);
        }}
        onEnter={() => void next()}
        max={max}
        corner="clear"
      />
    </Sheet>
  );
}
