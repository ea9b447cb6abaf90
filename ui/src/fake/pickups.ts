// Couriers of the stand-in core: offered by one account, booked at once.

import type {
  PickupAct,
  PickupAsked,
  PickupOffer,
  PickupRequest,
  PickupView,
  Window,
} from '$lib/ipc.types';
import { trouble } from './rules';

const HOUR_MS = 3_600_000;

/** Pieces of two hours that begin after a moment. */
export function windows(nowMs: number, count: number): Window[] {
  const next = Math.ceil(nowMs / (2 * HOUR_MS)) * 2 * HOUR_MS;
  return Array.from({ length: count }, (_, n) => {
    const fromMs = next + n * 2 * HOUR_MS;
    return { fromMs, toMs: fromMs + 2 * HOUR_MS };
  });
}

/** A booking as it stands after its courier was named. */
export function booking(more: Partial<PickupView> = {}): PickupView {
  const [window] = windows(Date.now(), 1) as [Window];
  return {
    id: 1,
    orderNo: 'WC-20938',
    way: 'send',
    account: '圆通-快递鸟',
    state: 'booked',
    callingOff: false,
    window,
    askedAtMs: Date.now() - 600_000,
    carrier: 'YTO',
    no: 'YT1234567890123',
    courier: { name: '王五', phone: '13700000003', code: '1234', outlet: '', outletPhone: '' },
    fees: null,
    feesDiffer: false,
    word: '103',
    said: '已分配快递员',
    ...more,
  };
}

export class FakePickups {
  /** Every account that sends couriers. */
  offers: PickupOffer[] = [{ account: '圆通-快递鸟', windows: windows(Date.now(), 6) }];
  /** What the next request finds. */
  held: PickupAsked['held'] = [];

  /** Answers a command about couriers; nothing if it is about something else. */
  answer(command: string, args: Record<string, unknown>): unknown {
    switch (command) {
      case 'pickup_offers':
        return this.offers;
      case 'book_pickups': {
        const { ids, account } = args.req as PickupRequest;
        if (!this.offers.some((offer) => offer.account === account)) {
          throw trouble('no_offer', 'edit_account');
        }
        return { asked: ids.length - this.held.length, held: this.held };
      }
      case 'act_on_pickup': {
        const [id, act] = [args.id as number, args.act as PickupAct];
        if (act.kind === 'call_off') return booking({ id, callingOff: true });
        const nobody = act.kind === 'settle' && !act.comes;
        return booking({ id, state: nobody ? 'cancelled' : 'booked' });
      }
      default:
        return undefined;
    }
  }
}
