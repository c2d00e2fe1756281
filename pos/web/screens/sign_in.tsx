// Who is it, and their PIN. Also the lock: the person who was here stands chosen, and the order waits behind.
import { useEffect, useState } from 'preact/hooks';
import { Problem } from '../api';
import { enterPractice } from '../house';
import { explain, language, t } from '../i18n/index';
import { Button } from '../parts/button';
import { Icon } from '../parts/icon';
import { Keypad } from '../parts/keypad';
import { PinDots } from '../parts/pin_dots';
import { Scroller } from '../parts/scroller';
import { deviceLanguage } from '../state/device';
import { capital, soft } from '../state/format';
import { wordsFor } from '../state/notice';
import { lastPerson, loadSignInPage, signIn, signInPage } from '../state/session';
import type { Person } from '../types';

const PIN_MIN = 4;
const PIN_MAX = 8;

export function SignIn() {
  const tr = t.value;
  const page = signInPage.value;
  const [who, setWho] = useState<number | null>(lastPerson.value);
  const person = page?.people.find((candidate) => candidate.id === who) ?? null;
  const locked = lastPerson.value !== null;
  if (!page) return <Unreachable />;
  return (
    <main class={`sign-in ${person ? '' : 'nobody'}`}>
      <section class="sign-in-people">
        <header class="sign-in-head">
          <span class="brand-mark big" aria-hidden="true" />
          <div>
            <h1>{page.site.name}</h1>
            <p>{tr.product}</p>
          </div>
        </header>
        <h2>{tr.sign_in.who}</h2>
        {page.people.length === 0 && <p class="empty">{tr.sign_in.nobody}</p>}
        <Scroller className="people">
          <div class="people-grid">
            {page.people.map((candidate) => (
              <Button
                key={candidate.id}
                look="tile"
                selected={candidate.id === who}
                onPress={() => setWho(candidate.id)}
                testId={`person-${candidate.name}`}
              >
                <PersonTile person={candidate} />
              </Button>
            ))}
          </div>
        </Scroller>
        <footer class="sign-in-foot">
          {page.demo && (
            <p class="demo-note">
              <span class="tag">{tr.demo}</span>
              <span>{tr.sign_in.demo_note}</span>
            </p>
          )}
          {page.practice === 'open' && (
            <Button className="practise" onPress={enterPractice} testId="practise">
              <Icon name="learn" />
              <span>{tr.sign_in.practise}</span>
            </Button>
          )}
          <Button
            look="quiet"
            onPress={() => {
              deviceLanguage.value = language.value = language.value === 'es' ? 'en' : 'es';
            }}
            testId="language"
          >
            {language.value === 'es' ? 'English' : 'Español'}
          </Button>
        </footer>
      </section>
      <section class="sign-in-pin">
        {person ? (
          <Pin key={person.id} person={person} locked={locked && person.id === lastPerson.value} onBack={() => setWho(null)} />
        ) : (
          <p class="empty pin-empty">{tr.sign_in.who_hint}</p>
        )}
      </section>
    </main>
  );
}

/** Without accents and capitals, to see whether a name only repeats the role. */
const bare = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase();

function PersonTile({ person }: { person: Person }) {
  const role = t.value.roles[person.role];
  const name = capital(person.name);
  return (
    <span class="person">
      <strong>{soft(name)}</strong>
      {bare(role) !== bare(name) && <span>{role}</span>}
      {person.pin && <span class="demo-pin">{t.value.sign_in.pin_is(person.pin)}</span>}
    </span>
  );
}

function Pin({ person, locked, onBack }: { person: Person; locked: boolean; onBack: () => void }) {
  const tr = t.value;
  const [pin, setPin] = useState('');
  const [wrong, setWrong] = useState('');
  const [until, setUntil] = useState(0);
  useEffect(() => {
    if (!until) return undefined;
    const timer = setTimeout(() => setUntil(0), Math.max(0, until - Date.now()));
    return () => clearTimeout(timer);
  }, [until]);
  const enter = async (): Promise<void> => {
    if (pin.length < PIN_MIN || until) return;
    const tried = pin;
    setPin('');
    try {
      await signIn(person.id, tried);
    } catch (e) {
      setWrong(wordsFor(e));
      if (e instanceof Problem && e.retryAfter > 0) {
        setUntil(Date.now() + e.retryAfter * 1000);
        setWrong(`${explain(e.code, e.detail, e.status)} (${Math.ceil(e.retryAfter)} s)`);
      }
    }
  };
  return (
    <div class="pin">
      <div class="pin-head">
        <h2>{tr.sign_in.pin_of(capital(person.name))}</h2>
        <Button look="quiet" className="pin-back" onPress={onBack}>
          <Icon name="back" />
          <span>{tr.sign_in.other_person}</span>
        </Button>
      </div>
      <PinDots length={pin.length} />
      <p class={`pin-message ${wrong ? 'wrong' : ''}`} role="status">
        {wrong || (person.pin ? tr.sign_in.pin_is(person.pin) : locked ? tr.sign_in.locked : tr.sign_in.pin_hint)}
      </p>
      <Keypad
        value={pin}
        onChange={(value) => {
          setPin(value);
          setWrong('');
        }}
        onEnter={() => void enter()}
        max={PIN_MAX}
        corner="clear"
      />
      <Button look="primary" className="pin-enter" disabled={pin.length < PIN_MIN || until > 0} onPress={enter} testId="enter">
        {tr.sign_in.enter}
      </Button>
    </div>
  );
}

function Unreachable() {
  const tr = t.value;
  return (
    <main class="center-page">
      <Icon name="signal" />
      <h1>{tr.sign_in.unreachable}</h1>
      <p>{tr.sign_in.unreachable_hint}</p>
      <Button look="primary" onPress={loadSignInPage}>
        {tr.sign_in.retry}
      </Button>
    </main>
  );
}
