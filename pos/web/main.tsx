// Where the screens start: settings of this screen, what the outbox kept, the session of the cookie, then the app.
import { effect } from '@preact/signals';
import { render } from 'preact';
import './styles/first.css';
import { App } from './app';
import { Problem } from './api';
import { PRACTICE } from './house';
import { watchVisibility } from './events';
import { language, t } from './i18n/index';
import { onSessionLost, onSettled, restore } from './outbox';
import { watchPresses } from './parts/press';
import { watchConnection } from './state/connection';
import { applyDevice } from './state/device';
import { report, tell } from './state/notice';
import { go } from './state/route';
import { lastPayment } from './state/sale';
import { dropSession, loadSignInPage, resume, signInPage, started, watchIdle } from './state/session';
import type { PaymentDone } from './types';

const RETRY_MS = 3000;

async function start(): Promise<void> {
  applyDevice();
  if (PRACTICE) document.documentElement.dataset['practice'] = '';
  effect(() => {
    document.documentElement.lang = language.value;
  });
  watchPresses();
  watchConnection();
  watchVisibility();
  watchIdle();
  onSessionLost(dropSession);
  await restore();
  // A command whose page is gone was answered after all: say so, and show what a payment gave.
  onSettled((entry, answer, error, recovered) => {
    if (!recovered) return;
    if (error) return report(error);
    if (entry.path.endsWith('/payments')) {
      lastPayment.value = answer as PaymentDone;
      go({ at: 'done', id: lastPayment.value.order.id });
    }
    tell(t.value.pending.recovered);
  });
  const root = document.getElementById('app');
  if (root) render(<App />, root);
  for (;;) {
    try {
      if (!signInPage.value) await loadSignInPage();
      await resume();
      break;
    } catch (e) {
      if (PRACTICE && e instanceof Problem) return report(e); // there is none: its words say what to do
      started.value = true; // shows that the server is not found, and keeps trying
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
    }
  }
}

void start();
