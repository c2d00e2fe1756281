// What a finger does to buttons, for all of them at once: the press shows from the first touch; a slow press counts like a quick one; a bouncing
// finger does not press what has just appeared under it.

/* A finger that rests longer than this gets a long press from some browsers, and no click. */
const LONG_MS = 450;
const CLICK_GRACE_MS = 60;
const LATE_CLICK_MS = 900;
/* Taps so close in time and place are one shaky tap when they meet another button than the first did. */
const BOUNCE_MS = 350;
const BOUNCE_PX = 24;

const buttonAt = (e: Event): HTMLButtonElement | null =>
  (e.target as Element | null)?.closest<HTMLButtonElement>('button') ?? null;
/** A button and what it now stands for: the same element may serve another action after a redraw. */
const meaning = (button: HTMLButtonElement): string =>
  `${button.dataset['testid'] ?? ''}|${button.getAttribute('aria-label') ?? ''}`;
const quietly = { passive: true, capture: true };

export function watchPresses(): void {
  showPresses();
  dropBounces();
  document.addEventListener('contextmenu', (e) => e.preventDefault());
}

function showPresses(): void {
  let down: { button: HTMLButtonElement; pointer: number; at: number } | null = null;
  let sent: { button: HTMLButtonElement; at: number } | null = null;
  const release = (): void => {
    down?.button.removeAttribute('data-down');
    down = null;
  };
  document.addEventListener(
    'pointerdown',
    (e) => {
      release();
      const button = buttonAt(e);
      if (!button || button.disabled) return;
      down = { button, pointer: e.pointerId, at: e.timeStamp };
      button.setAttribute('data-down', '');
    },
    quietly,
  );
  document.addEventListener(
    'pointerup',
    (e) => {
      const press = down;
      release();
      if (!press || press.pointer !== e.pointerId || e.pointerType !== 'touch' || e.timeStamp - press.at < LONG_MS) return;
      if (document.elementFromPoint(e.clientX, e.clientY)?.closest('button') !== press.button) return;
      // Where the browser makes a long press of it and sends no click, we send it, and swallow one that comes after all.
      let clicked = false;
      const heard = (): void => {
        clicked = true;
      };
      press.button.addEventListener('click', heard, { once: true });
      setTimeout(() => {
        press.button.removeEventListener('click', heard);
        if (clicked || !press.button.isConnected) return;
        sent = { button: press.button, at: Date.now() };
        press.button.click();
      }, CLICK_GRACE_MS);
    },
    quietly,
  );
  for (const end of ['pointercancel', 'blur']) window.addEventListener(end, release, quietly);
  document.addEventListener(
    'click',
    (e) => {
      if (!e.isTrusted || !sent || sent.button !== buttonAt(e) || Date.now() - sent.at > LATE_CLICK_MS) return;
      sent = null;
      swallow(e);
    },
    true,
  );
}

function dropBounces(): void {
  let last: { x: number; y: number; at: number; button: HTMLButtonElement; meaning: string } | null = null;
  document.addEventListener(
    'click',
    (e) => {
      const button = buttonAt(e);
      if (!button || e.detail === 0) return; // by keyboard or by us: no finger, no bounce
      const near =
        last !== null && Date.now() - last.at < BOUNCE_MS && Math.hypot(e.clientX - last.x, e.clientY - last.y) < BOUNCE_PX;
      if (near && last && (last.button !== button || last.meaning !== meaning(button))) {
        last.at = Date.now();
        swallow(e);
        return;
      }
      last = { x: e.clientX, y: e.clientY, at: Date.now(), button, meaning: meaning(button) };
    },
    true,
  );
}

function swallow(e: Event): void {
  e.stopImmediatePropagation();
  e.preventDefault();
}
