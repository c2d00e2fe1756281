// Sign-in first, then the frame with everything else. The sign-in screen stands by itself, so that it is there at once; the frame is fetched
// while the PIN is typed.
import type { ComponentChildren } from 'preact';
import { useEffect } from 'preact/hooks';
import { PRACTICE } from './house';
import { listen, loadEverything, stopListening } from './events';
import { t } from './i18n/index';
import { FaultSheet } from './parts/fault_sheet';
import { fetchRest, lazy, restOfStyles } from './parts/lazy';
import { SignIn } from './screens/sign_in';
import { report } from './state/notice';
import { session, started } from './state/session';

const PracticeBand = lazy(() => import('./parts/practice_band').then((m) => m.PracticeBand), true);
const Frame = lazy(() => Promise.all([import('./frame'), restOfStyles()]).then(([m]) => m.Frame));

/** Its band stays above everything, sheets too. */
function Practice({ children }: { children: ComponentChildren }) {
  return (
    <div class="practice">
      <div class="practice-band">
        <PracticeBand />
      </div>
      <div class="practice-room">{children}</div>
    </div>
  );
}

export function App() {
  const who = session.value?.staff.id;
  useEffect(() => {
    void fetchRest();
  }, []);
  useEffect(() => {
    if (!who) return undefined;
    loadEverything().catch(report);
    listen();
    return stopListening;
  }, [who]);
  if (!started.value)
    return (
      <main class="center-page">
        <p>{t.value.loading}</p>
      </main>
    );
  const room = (
    <>
      {who ? <Frame /> : <SignIn />}
      <FaultSheet />
    </>
  );
  return PRACTICE ? <Practice>{room}</Practice> : room;
}
