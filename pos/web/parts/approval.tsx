// A manager's permission in place: whoever approves taps their name and their PIN; nobody is logged out, and the same act goes again.
import { signal } from '@preact/signals';
import { useState } from 'preact/hooks';
import { Problem } from '../api';
import { t } from '../i18n/index';
import type { Extra } from '../outbox';
import { capital, soft } from '../state/format';
import { wordsFor } from '../state/notice';
import { managers } from '../state/session';
import { Button } from './button';
import { Keypad } from './keypad';
import { PinDots } from './pin_dots';
import { Sheet } from './sheet';

interface Asked {
  what: string;
  act: (extra: Extra) => Promise<void>;
  resolve: (done: boolean) => void;
}
const asked = signal<Asked | null>(null);

/** Runs an act; when it needs a manager, asks for one and runs it again with the approval. False: nobody approved it. */
export async function withApproval(what: string, act: (extra: Extra) => Promise<void>): Promise<boolean> {
  try {
    await act({});
    return true;
  } catch (e) {
    if (!(e instanceof Problem) || !e.approvable) throw e;
  }
  return new Promise((resolve) => {
    asked.value = { what, act, resolve };
  });
}

export function ApprovalSheet() {
  const request = asked.value;
  return request && <Approval key={request.what} request={request} />;
}

function Approval({ request }: { request: Asked }) {
  const tr = t.value;
  const people = managers.value;
  const [who, setWho] = useState<number | null>(people.length === 1 ? people[0]!.id : null);
  const [pin, setPin] = useState('');
  const [wrong, setWrong] = useState('');
  const end = (done: boolean): void => {
    asked.value = null;
    request.resolve(done);
  };
  const approve = async (): Promise<void> => {
    if (who === null || pin.length < 4) return;
    try {
      await request.act({ approval: { staff: who, pin } });
    } catch (e) {
      setPin('');
      setWrong(wordsFor(e));
      return;
    }
    end(true);
  };
  const demoPin = people.find((person) => person.id === who)?.pin;
  return (
    <Sheet
      title={tr.approval.title}
      onClose={() => end(false)}
      closeWord={tr.cancel}
      size="wide"
      testId="approval"
      actions={
        <Button look="primary" disabled={who === null || pin.length < 4} onPress={approve} testId="approve">
          {tr.approval.approve}
        </Button>
      }
    >
      <div class="approval">
        <div class="approval-who">
          <p class="sheet-lead">
            <strong>{request.what}</strong>
          </p>
          <p class={`sheet-hint ${people.length ? 'approval-hint' : ''}`}>{people.length ? tr.approval.hint : tr.approval.nobody}</p>
          <div class="choices">
            {people.map((person) => (
              <Button
                key={person.id}
                selected={who === person.id}
                onPress={() => setWho(person.id)}
                testId={`approver-${person.role}`}
              >
                {soft(capital(person.name))}
              </Button>
            ))}
          </div>
          <PinDots length={pin.length} />
          <p class={`pin-message ${wrong ? 'wrong' : ''}`} role="status">
            {wrong || (demoPin ? tr.sign_in.pin_is(demoPin) : ' ')}
          </p>
        </div>
        <Keypad
          value={pin}
          onChange={(value) => {
            setPin(value);
            setWrong('');
          }}
          onEnter={() => void approve()}
          max={8}
          corner="clear"
        />
      </div>
    </Sheet>
  );
}
