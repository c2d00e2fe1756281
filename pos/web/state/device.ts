// What belongs to this screen and not to the site: language, light, hand, real size. Kept in localStorage.
import { effect, signal } from '@preact/signals';
import type { Language } from '../i18n/index';

export type Theme = 'room' | 'sun';
export type Hand = 'left' | 'right';

/** CSS pixels in a millimetre when nobody has measured this screen: 96 dpi. */
export const NOMINAL_MM = 3.78;
export const CARD_MM = 85.6;

function read<T extends string>(key: string, allowed: readonly T[]): T | null {
  try {
    const value = localStorage.getItem(`comanda.${key}`) as T | null;
    return value && allowed.includes(value) ? value : null;
  } catch {
    return null;
  }
}
function keep(key: string, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(`comanda.${key}`);
    else localStorage.setItem(`comanda.${key}`, value);
  } catch {
    // a screen without storage forgets its settings, nothing more
  }
}
function readSize(): number {
  try {
    const value = Number(localStorage.getItem('comanda.mm'));
    return value >= 3 && value <= 8 ? value : NOMINAL_MM;
  } catch {
    return NOMINAL_MM;
  }
}

export const deviceLanguage = signal(read<Language>('language', ['es', 'en']));
/** Null: as the site's way of selling suggests. */
export const theme = signal(read<Theme>('theme', ['room', 'sun']));
export const hand = signal<Hand>(read<Hand>('hand', ['left', 'right']) ?? 'right');
export const millimetre = signal(readSize());
/** What the theme is when nobody chose one here: the sun for a truck. */
export const suggestedTheme = signal<Theme>('room');

export function applyDevice(): void {
  effect(() => keep('language', deviceLanguage.value));
  effect(() => keep('theme', theme.value));
  effect(() => keep('hand', hand.value));
  effect(() => keep('mm', millimetre.value === NOMINAL_MM ? null : millimetre.value.toFixed(2)));
  effect(() => {
    const root = document.documentElement;
    root.dataset['theme'] = theme.value ?? suggestedTheme.value;
    root.dataset['hand'] = hand.value;
    root.style.setProperty('--mm', `${millimetre.value}px`);
  });
}
