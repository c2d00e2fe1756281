// The lines of an order: those the server has, then those just tapped, apart.
import { t } from '../i18n/index';
import { lineAmount, type Draft } from '../state/draft';
import { capital, money } from '../state/format';
import type { Line, LineOption, Order } from '../types';
import { chosen } from '../screens/order_acts';
import { Button } from './button';
import { Icon } from './icon';

const options = (list: LineOption[]) =>
  list.map((option) => (
    <span key={option.group + option.option}>
      {capital(option.quantity > 1 ? `${option.quantity} ${option.name}` : option.name)}
    </span>
  ));

export function SavedLines({ order }: { order: Order }) {
  return (
    <div class="lines">
      {order.lines.map((line) => (
        <SavedLine key={line.id} line={line} />
      ))}
    </div>
  );
}

function SavedLine({ line }: { line: Line }) {
  const tr = t.value.order;
  const left = line.quantity - line.voided;
  const picked = chosen.value !== null && 'line' in chosen.value && chosen.value.line === line.id;
  return (
    <Button
      look="row"
      className={`line ${left === 0 ? 'gone' : ''} ${line.changed ? 'unsent' : ''}`}
      selected={picked}
      onPress={() => {
        chosen.value = picked ? null : { line: line.id };
      }}
      testId={`line-${line.id}`}
    >
      <span class="line-quantity">{left || line.quantity}</span>
      <span class="line-words">
        <strong>{line.name}</strong>
        {options(line.options)}
        {line.note && <em>{line.note}</em>}
        {(line.sent > 0 || line.held || line.voided > 0) && (
          <span class="line-state">
            {line.sent > 0 && left > 0 && (
              <>
                <Icon name="check" />
                {tr.state_sent}
              </>
            )}
            {line.held && (
              <>
                <Icon name="wait" />
                {tr.held}
              </>
            )}
            {line.voided > 0 && (left === 0 ? tr.voided : tr.partly_voided(line.voided))}
          </span>
        )}
      </span>
      <span class="line-amount">{money(line.amount)}</span>
    </Button>
  );
}

export function DraftLines({ draft, apart }: { draft: Draft; apart: boolean }) {
  return (
    <div class="lines draft">
      {apart && <p class="lines-title">{t.value.order.new_lines}</p>}
      {draft.lines.map((line) => {
        const picked = chosen.value !== null && 'draft' in chosen.value && chosen.value.draft === line.id;
        return (
          <Button
            key={line.id}
            look="row"
            className="line new"
            selected={picked}
            onPress={() => {
              chosen.value = picked ? null : { draft: line.id };
            }}
            testId={`draft-${line.item}`}
          >
            <span class="line-quantity">{line.quantity}</span>
            <span class="line-words">
              <strong>{line.name}</strong>
              {options(line.options)}
              {line.note && <em>{line.note}</em>}
            </span>
            <span class="line-amount">{money(lineAmount(line, draft.kind))}</span>
          </Button>
        );
      })}
    </div>
  );
}
