// What belongs to this screen: language, light, which hand, and its real size, measured against a bank card.
import { language, t, type Language } from '../i18n/index';
import { Button } from '../parts/button';
import { Icon } from '../parts/icon';
import { deviceLanguage, hand, millimetre, NOMINAL_MM, suggestedTheme, theme } from '../state/device';
import { signInPage } from '../state/session';

const STEP = 0.06;
const clamp = (mm: number): number => Math.min(8, Math.max(3, mm));

export function Device() {
  const tr = t.value.device;
  const shownTheme = theme.value ?? suggestedTheme.value;
  const choose = (next: Language): void => {
    deviceLanguage.value = language.value = next;
  };
  return (
    <main class="device">
      <h1>{tr.title}</h1>
      <section>
        <h2>{tr.language}</h2>
        <div class="segmented">
          <Button selected={language.value === 'es'} onPress={() => choose('es')} testId="language-es">
            Español
          </Button>
          <Button selected={language.value === 'en'} onPress={() => choose('en')} testId="language-en">
            English
          </Button>
        </div>
      </section>
      <section>
        <h2>{tr.theme}</h2>
        <div class="segmented">
          <Button
            selected={shownTheme === 'room'}
            onPress={() => {
              theme.value = 'room';
            }}
            testId="theme-room"
          >
            {tr.theme_room}
          </Button>
          <Button
            selected={shownTheme === 'sun'}
            onPress={() => {
              theme.value = 'sun';
            }}
            testId="theme-sun"
          >
            {tr.theme_sun}
          </Button>
        </div>
      </section>
      <section>
        <h2>{tr.hand}</h2>
        <div class="segmented">
          <Button
            selected={hand.value === 'left'}
            onPress={() => {
              hand.value = 'left';
            }}
            testId="hand-left"
          >
            {tr.left}
          </Button>
          <Button
            selected={hand.value === 'right'}
            onPress={() => {
              hand.value = 'right';
            }}
            testId="hand-right"
          >
            {tr.right}
          </Button>
        </div>
      </section>
      <section>
        <h2>{tr.size}</h2>
        <p class="hint">{tr.size_hint}</p>
        <div class="segmented">
          <Button
            onPress={() => {
              millimetre.value = clamp(millimetre.value - STEP);
            }}
            label={tr.smaller}
            testId="smaller"
          >
            <Icon name="minus" />
          </Button>
          <Button
            disabled={millimetre.value === NOMINAL_MM}
            onPress={() => {
              millimetre.value = NOMINAL_MM;
            }}
          >
            {t.value.clear}
          </Button>
          <Button
            onPress={() => {
              millimetre.value = clamp(millimetre.value + STEP);
            }}
            label={tr.bigger}
            testId="bigger"
          >
            <Icon name="plus" />
          </Button>
        </div>
        <div class="bank-card" aria-hidden="true" />
      </section>
      <p class="hint">{tr.version(signInPage.value?.version ?? '')}</p>
    </main>
  );
}
