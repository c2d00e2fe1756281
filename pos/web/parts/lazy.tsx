// What is fetched when it is first wanted, so that the first screen comes soon: `lazy` wraps a component, `fetchRest` brings in all of them
// while nobody is waiting, so that a till whose network fails has every screen already.
import { signal } from '@preact/signals';
import type { ComponentType } from 'preact';
import { useEffect } from 'preact/hooks';
import { t } from '../i18n/index';
import { Button } from './button';

const RETRY_MS = 3000;
/** So often in vain: the server may hold newer screens than this page, and only a reload finds them. */
const TRIES_BEFORE_RELOAD = 3;

const all: (() => Promise<void>)[] = [];

/** Fetches once, however often it is called, and goes on trying; `failed` hears of each try in vain. */
export function fetchOnce<T>(load: () => Promise<T>, done: (module: T) => void, failed: () => void = () => undefined): () => Promise<void> {
  let under: Promise<void> | null = null;
  const run = async () => {
    for (;;) {
      try {
        return done(await load());
      } catch {
        failed();
        await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
      }
    }
  };
  const once = () => (under ??= run());
  all.push(once);
  return once;
}

/** `sheet`: what lies over a screen shows nothing until it is there; a screen says that it is coming. */
export function lazy<P extends object>(load: () => Promise<ComponentType<P>>, sheet = false): ComponentType<P> {
  const found = signal<ComponentType<P> | null>(null);
  const failures = signal(0);
  const fetch = fetchOnce(
    load,
    (component) => (found.value = component),
    () => (failures.value += 1),
  );
  return function Lazy(props: P) {
    useEffect(() => void fetch(), []);
    const Found = found.value;
    if (Found) return <Found {...props} />;
    if (sheet) return null;
    return (
      <main class="center-page">
        <p>{failures.value ? t.value.loadingFailed : t.value.loading}</p>
        {failures.value >= TRIES_BEFORE_RELOAD && (
          <Button onPress={() => location.reload()} testId="reload">
            {t.value.reload}
          </Button>
        )}
      </main>
    );
  };
}

/** The style sheet of everything behind the sign-in; the build writes its name into the page. */
export function restOfStyles(): Promise<void> {
  return new Promise((resolve, reject) => {
    const link = document.createElement('link');
    link.rel = 'stylesheet';
    link.href = document.querySelector<HTMLMetaElement>('meta[name="rest-css"]')?.content ?? '';
    link.onload = () => resolve();
    link.onerror = () => {
      link.remove();
      reject(new Error(`no style sheet ${link.href}`));
    };
    document.head.append(link);
  });
}

/** One after the other, so that a tap in between is not held up; what comes in may ask for more. */
export async function fetchRest(): Promise<void> {
  for (const fetch of all) await fetch();
}
