// People and their PINs: who works here, adding somebody, another role or PIN, and taking the access away at once.
import { useEffect, useState } from 'preact/hooks';
import { ta } from '../i18n/after';
import { t } from '../i18n/index';
import { Button } from '../parts/button';
import { Icon } from '../parts/icon';
import { Field, Keyboard } from '../parts/keyboard';
import { PinTwice, RoleChoice, pinRange } from '../parts/staff_sheets';
import { Scroller } from '../parts/scroller';
import { Sheet } from '../parts/sheet';
import { capital } from '../state/format';
import { report, tell } from '../state/notice';
import { session } from '../state/session';
import { addPerson, changePerson, loadStaff, people } from '../state/staff';
import type { Role, StaffMember } from '../types';

const NAME_MAX = 60;

export function Staff() {
  const tr = ta.value.staff;
  const [adding, setAdding] = useState(false);
  const [chosen, setChosen] = useState<number | null>(null);
  useEffect(() => {
    loadStaff().catch(report);
  }, []);
  const list = people.value ?? [];
  const active = list.filter((person) => person.active);
  const gone = list.filter((person) => !person.active);
  const person = list.find((one) => one.id === chosen);
  const rows = (some: StaffMember[]) => (
    <div class="staff-rows">
      {some.map((one) => (
        <Button key={one.id} look="row" className={one.active ? 'person-row' : 'person-row left'} onPress={() => setChosen(one.id)} testId={`staff-${one.name}`}>
          <Icon name={one.active ? 'people' : 'lock'} />
          <span>
            <strong>{capital(one.name)}</strong>
            <span>
              {t.value.roles[one.role]}
              {one.id === session.value?.staff.id ? ` · ${tr.you}` : ''}
            </span>
          </span>
        </Button>
      ))}
    </div>
  );
  return (
    <main class="staff">
      <header class="staff-head">
        <h1>{tr.title}</h1>
        <Button look="primary" className="tall" onPress={() => setAdding(true)} testId="staff-add">
          <Icon name="plus" />
          <span>{tr.add}</span>
        </Button>
      </header>
      <Scroller>
        <div class="staff-lists">
          <h2>{tr.active}</h2>
          {people.value && active.length < 2 && <p class="empty">{tr.empty}</p>}
          {rows(active)}
          {gone.length > 0 && <h2>{tr.gone}</h2>}
          {rows(gone)}
        </div>
      </Scroller>
      {adding && <Add onClose={() => setAdding(false)} />}
      {person && <Person key={person.id} person={person} onClose={() => setChosen(null)} />}
    </main>
  );
}

/** A name, a role, a PIN twice. */
function Add({ onClose }: { onClose: () => void }) {
  const tr = ta.value.staff;
  const [step, setStep] = useState<'name' | 'role' | 'pin'>('name');
  const [name, setName] = useState('');
  const [role, setRole] = useState<Role | null>(null);
  const given = name.trim();
  if (step === 'pin' && role)
    return (
      <PinTwice
        title={tr.pin_first(given, pinRange(role))}
        role={role}
        onDone={async (pin) => {
          await addPerson(given, role, pin);
          tell(tr.saved);
          onClose();
        }}
        onClose={onClose}
      />
    );
  if (step === 'role')
    return (
      <RoleChoice
        title={`${tr.role} · ${given}`}
        role={role}
        onDone={(next) => {
          setRole(next);
          setStep('pin');
        }}
        onClose={onClose}
      />
    );
  return (
    <NameSheet
      title={tr.add}
      name={name}
      onName={setName}
      word={tr.next}
      onDone={() => setStep('role')}
      onClose={onClose}
    />
  );
}

function NameSheet(props: { title: string; name: string; onName: (name: string) => void; word: string; onDone: () => unknown; onClose: () => void }) {
  const { title, name, onName, word, onDone, onClose } = props;
  const ready = name.trim() !== '';
  return (
    <Sheet
      title={title}
      onClose={onClose}
      closeWord={t.value.cancel}
      size="wide"
      testId="staff-name"
      actions={
        <Button look="primary" disabled={!ready} onPress={onDone} testId="staff-name-done">
          {word}
        </Button>
      }
    >
      <Field big label={ta.value.staff.name} value={name} />
      <Keyboard value={name} onChange={onName} onEnter={() => ready && void onDone()} max={NAME_MAX} capitals="words" />
    </Sheet>
  );
}

type Doing = 'rename' | 'role' | 'pin' | 'leave' | { pinFor: Role } | null;

function Person({ person, onClose }: { person: StaffMember; onClose: () => void }) {
  const tr = ta.value.staff;
  const [doing, setDoing] = useState<Doing>(null);
  const [name, setName] = useState(person.name);
  const who = capital(person.name);
  const change = async (what: Parameters<typeof changePerson>[1], told: string): Promise<void> => {
    await changePerson(person.id, what);
    tell(told);
    onClose();
  };
  const chooseRole = async (role: Role): Promise<void> => {
    // Whoever now approves needs a longer PIN: it is asked together with the role.
    if (pinRange(role) !== pinRange(person.role)) setDoing({ pinFor: role });
    else await change({ role }, tr.saved);
  };
  if (doing === 'rename')
    return (
      <NameSheet title={tr.rename} name={name} onName={setName} word={t.value.accept} onDone={() => change({ name: name.trim() }, tr.saved)} onClose={onClose} />
    );
  if (doing === 'role') return <RoleChoice title={`${tr.role} · ${who}`} role={person.role} onDone={chooseRole} onClose={onClose} />;
  if (doing === 'pin')
    return <PinTwice title={tr.pin_first(who, pinRange(person.role))} role={person.role} onDone={(pin) => change({ pin }, tr.pin_done(who))} onClose={onClose} />;
  if (doing !== null && typeof doing === 'object')
    return (
      <PinTwice
        title={tr.pin_first(who, pinRange(doing.pinFor))}
        hint={doing.pinFor === 'manager' || doing.pinFor === 'administrator' ? tr.needs_pin : undefined}
        role={doing.pinFor}
        onDone={(pin) => change({ role: doing.pinFor, pin }, tr.saved)}
        onClose={onClose}
      />
    );
  if (doing === 'leave')
    return (
      <Sheet
        title={tr.leave_title(who)}
        onClose={onClose}
        closeWord={t.value.cancel}
        testId="staff-leave"
        actions={
          <Button look="danger" onPress={() => change({ active: false }, tr.left(who))} testId="leave-commit">
            {tr.leave_commit}
          </Button>
        }
      >
        <p class="sheet-lead">{tr.leave_hint}</p>
      </Sheet>
    );
  return (
    <Sheet title={who} onClose={onClose} testId="staff-person">
      <p class="sheet-hint">
        {t.value.roles[person.role]}: {tr.roles[person.role]}
      </p>
      <div class="menu-list">
        <Button look="row" disabled={!person.active} onPress={() => setDoing('pin')} testId="staff-pin">
          <Icon name="lock" />
          <span>{tr.new_pin}</span>
        </Button>
        <Button look="row" disabled={!person.active} onPress={() => setDoing('role')} testId="staff-role">
          <Icon name="options" />
          <span>{tr.role}</span>
        </Button>
        <Button look="row" onPress={() => setDoing('rename')} testId="staff-rename">
          <Icon name="note" />
          <span>{tr.rename}</span>
        </Button>
        {person.active ? (
          <Button look="row" className="danger" onPress={() => setDoing('leave')} testId="staff-leave-open">
            <Icon name="close" />
            <span>{tr.leave}</span>
          </Button>
        ) : (
          <Button look="row" onPress={() => change({ active: true }, tr.returned(who))} testId="staff-back">
            <Icon name="undo" />
            <span>{tr.back}</span>
          </Button>
        )}
      </div>
    </Sheet>
  );
}
