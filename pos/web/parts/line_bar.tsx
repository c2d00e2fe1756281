// What can be done with the chosen line, in one row that is always there; for five seconds after a removal it offers to undo it.
import { t } from '../i18n/index';
import { setDraftLine, type Draft } from '../state/draft';
import { removeDiscount } from '../state/bill_acts';
import { findItem } from '../state/site';
import type { Order } from '../types';
import {
  choosing,
  chosen,
  noting,
  removed,
  removeDraftLine,
  removeSavedLine,
  startSavedAct,
  undoRemoval,
} from '../screens/order_acts';
import { Button } from './button';
import { Icon } from './icon';
import { voiding } from './line_sheets';

const QUANTITY_MAX = 999;

export function LineBar({ draft, saved }: { draft: Draft; saved: Order | null }) {
  const tr = t.value.order;
  const pick = chosen.value;
  if (removed.value) {
    return (
      <div class="line-bar undo" role="status">
        <span class="undo-word">{tr.removed(removed.value.what)}</span>
        <Button look="primary" onPress={undoRemoval} testId="undo">
          <Icon name="undo" />
          <span>{tr.undo}</span>
        </Button>
      </div>
    );
  }
  const off = pick && 'discount' in pick ? saved?.discounts.find((candidate) => candidate.id === pick.discount) : undefined;
  if (off && saved) {
    return (
      <div class="line-bar saved">
        <span class="line-bar-word">{off.reason}</span>
        <Button
          look="plain"
          disabled={off.fixed}
          onPress={async () => {
            await removeDiscount(saved.id, off.id);
            chosen.value = null;
          }}
          testId="remove-discount"
        >
          <Icon name="trash" />
          <span>{tr.remove}</span>
        </Button>
      </div>
    );
  }
  const line = pick && 'line' in pick ? saved?.lines.find((candidate) => candidate.id === pick.line) : undefined;
  if (line && saved) {
    const open = saved.state === 'open' || saved.state === 'sent';
    const left = line.quantity - line.voided;
    const told = line.sent > 0;
    return (
      <div class="line-bar saved with-discount">
        <span class="line-bar-word">{line.name}</span>
        <Button
          look="plain"
          disabled={!open || left === 0}
          onPress={() => startSavedAct({ what: 'discount', line: line.id })}
          testId="discount-line"
        >
          {tr.discount}
        </Button>
        {told ? (
          <Button
            look="danger"
            disabled={!open || left === 0}
            onPress={() => {
              voiding.value = { line };
            }}
            testId="void-line"
          >
            <Icon name="trash" />
            <span>{tr.void}</span>
          </Button>
        ) : (
          <Button
            look="plain"
            disabled={!open || left === 0}
            onPress={() => removeSavedLine(saved.id, line)}
            testId="remove-line"
          >
            <Icon name="trash" />
            <span>{tr.remove}</span>
          </Button>
        )}
      </div>
    );
  }
  const own = pick && 'draft' in pick ? draft.lines.find((candidate) => candidate.id === pick.draft) : undefined;
  const item = own && findItem(own.item);
  const set = (quantity: number): void => {
    if (!own) return;
    if (quantity <= 0) removeDraftLine(own);
    else setDraftLine(draft, { ...own, quantity: Math.min(quantity, QUANTITY_MAX) });
  };
  return (
    <div class="line-bar">
      <Button look="plain" disabled={!own} label={tr.one_less} onPress={() => own && set(own.quantity - 1)} testId="less">
        <Icon name="minus" />
      </Button>
      <Button look="plain" disabled={!own} label={tr.one_more} onPress={() => own && set(own.quantity + 1)} testId="more">
        <Icon name="plus" />
      </Button>
      <Button
        look="plain"
        disabled={!own}
        onPress={() => {
          noting.value = own ?? null;
        }}
        testId="note"
      >
        {tr.note}
      </Button>
      <Button
        look="plain"
        disabled={!own || !item?.option_groups.length}
        onPress={() => {
          if (own && item) choosing.value = { item, line: own };
        }}
        testId="edit-options"
      >
        {tr.options}
      </Button>
      <Button
        look="plain"
        disabled={!own}
        className="second"
        label={tr.remove}
        onPress={() => own && removeDraftLine(own)}
        testId="remove"
      >
        <Icon name="trash" />
      </Button>
    </div>
  );
}
