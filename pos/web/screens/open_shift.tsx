// No shift is open: count the drawer, write the float, open. Those who may not are told whom to ask.
import { useState } from 'preact/hooks';
import { t } from '../i18n/index';
import { Button } from '../parts/button';
import { Icon } from '../parts/icon';
import { NumberingNotice } from '../parts/numbering_notice';
import { Keypad } from '../parts/keypad';
import { Field } from '../parts/keyboard';
import { money } from '../state/format';
import { go } from '../state/route';
import { may } from '../state/session';
import { openShift } from '../state/shift';

export function OpenShift() {
  const tr = t.value.open_shift;
  const [amount, setAmount] = useState('');
  if (!may('shift')) {
    return (
      <main class="center-page">
        <Icon name="clock" />
        <h1>{tr.title}</h1>
        <p>{tr.nobody_may}</p>
      </main>
    );
  }
  const open = async (): Promise<void> => {
    await openShift(Number(amount || '0'));
    go({ at: 'home' });
  };
  return (
    <main class="two-sides">
      <section class="side-words">
        <h1>{tr.title}</h1>
        <p>{tr.hint}</p>
        <NumberingNotice />
        <Field big label={tr.float} value={money(Number(amount || '0'))} />
        <Button look="primary" className="tall" onPress={open} testId="open-shift">
          {tr.open}
        </Button>
      </section>
      <section class="side-keys">
        <Keypad value={amount} onChange={setAmount} onEnter={() => undefined} max={9} corner="thousand" />
      </section>
    </main>
  );
}
