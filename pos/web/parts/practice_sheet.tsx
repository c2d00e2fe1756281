// The guided tasks: each with its steps, ticked off by what the person has done; for a manager how far everybody is.
import { useState } from 'preact/hooks';
import { tp } from '../i18n/practice';
import { capital, clock } from '../state/format';
import { tell } from '../state/notice';
import { practice, resetAll, restart, type Learner, type Task, type TaskState } from '../state/practice';
import { may } from '../state/session';
import { Button } from './button';
import { Icon } from './icon';
import { Sheet } from './sheet';

export function PracticeSheet({ onClose }: { onClose: () => void }) {
  const tr = tp.value;
  const state = practice.value;
  const mine = state?.tasks.filter((task) => task.possible) ?? [];
  const [open, setOpen] = useState<Task | null>(mine.find((task) => !task.done_at)?.task ?? null);
  const all = mine.length > 0 && mine.every((task) => task.done_at);
  const again = async (): Promise<void> => {
    await restart();
    setOpen('sale');
    tell(tr.again_done);
  };
  return (
    <Sheet
      title={tr.title}
      onClose={onClose}
      testId="practice-sheet"
      actions={
        mine.length > 0 && (
          <Button onPress={again} testId="practice-again">
            <Icon name="undo" />
            <span>{tr.again}</span>
          </Button>
        )
      }
    >
      <p class={all ? 'sheet-lead' : 'sheet-hint'}>{all ? tr.all_done : mine.length ? tr.lead : tr.none}</p>
      {mine.length > 0 && (
        <ol class="tasks">
          {state?.tasks.map((task) => (
            <TaskRow key={task.task} state={task} open={open === task.task} onToggle={() => setOpen(open === task.task ? null : task.task)} />
          ))}
        </ol>
      )}
      {state && state.people.length > 0 && <Everybody people={state.people} />}
    </Sheet>
  );
}

/** Who may not take money stops where the cashier goes on. */
function stepsOf(task: Task): readonly string[] {
  const { steps, steps_served } = tp.value;
  return may('pay') || task === 'undo' || task === 'close' ? steps[task] : steps_served[task];
}

function TaskRow({ state, open, onToggle }: { state: TaskState; open: boolean; onToggle: () => void }) {
  const tr = tp.value;
  const words = !state.possible ? tr.not_yours : state.done_at ? tr.done_at(clock(state.done_at)) : tr.to_do;
  return (
    <li class={`task ${state.done_at ? 'task-done' : ''}`} data-testid={`task-${state.task}`} data-done={state.done_at ? '' : undefined}>
      <Button look="row" disabled={!state.possible} selected={open} onPress={onToggle} testId={`open-${state.task}`}>
        <Icon name={state.done_at ? 'check' : open ? 'down' : 'next'} />
        <span class="task-words">
          <strong>{tr.names[state.task]}</strong>
          <span>{words}</span>
        </span>
      </Button>
      {open && state.possible && (
        <ol class="task-steps">
          {stepsOf(state.task).map((step) => (
            <li key={step}>{step}</li>
          ))}
        </ol>
      )}
    </li>
  );
}

function Everybody({ people }: { people: readonly Learner[] }) {
  const tr = tp.value;
  const [sure, setSure] = useState(false);
  const reset = async (): Promise<void> => {
    await resetAll();
    setSure(false);
    tell(tr.reset_done);
  };
  return (
    <section class="learners">
      <h3>{tr.people}</h3>
      <ul class="plain-list">
        {people.map((one) => (
          <li key={one.id} class="learner">
            <span>
              <strong>{capital(one.name)}</strong>
              <br />
              {one.done.length + one.open.length ? tr.of(one.done.length, one.done.length + one.open.length) : tr.no_tasks}
            </span>
            <Button
              onPress={() => restart(one.id)}
              disabled={one.done.length === 0}
              label={tr.again_for(capital(one.name))}
              testId={`again-${one.name}`}
            >
              <Icon name="undo" />
              <span>{tr.again}</span>
            </Button>
          </li>
        ))}
      </ul>
      <p class="sheet-hint">{tr.reset_hint}</p>
      <Button look={sure ? 'danger' : 'plain'} onPress={() => (sure ? reset() : setSure(true))} testId="practice-reset">
        <Icon name="trash" />
        <span>{sure ? tr.reset_sure : tr.reset}</span>
      </Button>
    </section>
  );
}
