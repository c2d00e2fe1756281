// Who is at the screen: the people to choose from, the session, its permissions, and the lock after five idle minutes.
import { computed, signal } from '@preact/signals';
import { Problem, call, get } from '../api';
import { named } from '../house';
import { language, type Language } from '../i18n/index';
import { signAs, waiting } from '../outbox';
import type { Session, SignInPage } from '../types';
import { deviceLanguage } from './device';

const LOCK_AFTER_MS = 5 * 60_000;

export const signInPage = signal<SignInPage | null>(null);
export const session = signal<Session | null>(null);
/** Somebody worked here and the screen locked itself, or was locked: their name stands first. */
export const lastPerson = signal<number | null>(null);
export const started = signal(false);

export const may = (permission: string): boolean => session.value?.permissions.includes(permission) ?? false;
export const managers = computed(() =>
  (signInPage.value?.people ?? []).filter((p) => p.role === 'manager' || p.role === 'administrator'),
);

export async function loadSignInPage(): Promise<void> {
  const page = await get<SignInPage>('/sign-in');
  signInPage.value = page;
  language.value = deviceLanguage.value ?? ((page.site.language === 'en' ? 'en' : 'es') as Language);
}

/** Whether this browser may hold a session: one that never had any does not ask. */
const HELD = named('comanda.session');
function remember(held: boolean): void {
  try {
    if (held) localStorage.setItem(HELD, '1');
    else localStorage.removeItem(HELD);
  } catch {
    // without storage a reload asks for the PIN again
  }
}
function mayBeHeld(): boolean {
  try {
    return localStorage.getItem(HELD) !== null;
  } catch {
    return true;
  }
}

function enter(next: Session): void {
  remember(true);
  lastPerson.value = next.staff.id;
  session.value = next;
  touched();
  void signAs(next.staff);
}

export async function signIn(staff: number, pin: string): Promise<void> {
  enter(await call<Session>('POST', '/session', { staff, pin }));
}

/** The session the browser's cookie still holds, after a reload. */
export async function resume(): Promise<void> {
  try {
    if (mayBeHeld()) enter(await get<Session>('/session'));
  } catch (e) {
    if (!(e instanceof Problem)) throw e;
  }
  started.value = true;
}

/** The server no longer knows this session. */
export function dropSession(): void {
  session.value = null;
  remember(false);
  void signAs(null);
}

export async function lock(): Promise<void> {
  const unfinished = waiting.value.length > 0; // they need the session a moment longer
  dropSession();
  if (!unfinished) await call('DELETE', '/session').catch(() => undefined);
  await loadSignInPage().catch(() => undefined);
}

let lastTouch = Date.now();
export function touched(): void {
  lastTouch = Date.now();
}
/** What is to be put in order before the screen locks itself: the frame says so once it is there. */
export const beforeLock = signal<() => void>(() => undefined);
export function watchIdle(): void {
  document.addEventListener('pointerdown', touched, { passive: true });
  document.addEventListener('keydown', touched, { passive: true });
  setInterval(() => {
    if (!session.value || Date.now() - lastTouch < LOCK_AFTER_MS) return;
    beforeLock.value();
    void lock();
  }, 5000);
}
