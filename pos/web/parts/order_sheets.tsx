// Which act on the order is open; all of them are fetched in one piece.
import { order } from '../state/sale';
import { acting } from '../screens/order_acts';
import { DiscountSheet } from './discount_sheet';
import { MoreSheet } from './more_sheet';
import { SeatSheet } from './seat_sheet';
import { SplitSheet } from './split_sheet';
import { MergeSheet, MoveSheet, TransferSheet } from './table_sheets';

export function OrderSheets() {
  const act = acting.value;
  const saved = order.value;
  if (!act) return null;
  if (act.what === 'more') return <MoreSheet />;
  if (act.what === 'seat') return <SeatSheet />;
  if (!saved) return null;
  switch (act.what) {
    case 'discount':
    case 'courtesy':
      return <DiscountSheet order={saved} courtesy={act.what === 'courtesy'} line={act.line ?? null} />;
    case 'split':
      return <SplitSheet order={saved} check={act.check} />;
    case 'move':
      return <MoveSheet order={saved} />;
    case 'merge':
      return <MergeSheet order={saved} />;
    default:
      return <TransferSheet order={saved} />;
  }
}
