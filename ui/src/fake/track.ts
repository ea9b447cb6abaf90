// Parcels on their way, for the stand-in core: each as far as its place in the list says.

import type { Stage, TrackEventView, TrackingStatus } from '$lib/ipc.types';
import type { Kept } from './orders';
import { booking } from './pickups';

/** How the account's parcels are asked after. */
export const FOLLOWED: TrackingStatus = {
  parcels: 36_120,
  plannedCalls: 26_999,
  allowedCalls: 30_000,
  trouble: null,
};

const HOUR_MS = 3_600_000;
const WAY: readonly [Stage, string, string, string][] = [
  ['collected', '1', '杭州市', '【杭州市】快件已揽收'],
  ['in_transit', '204', '杭州市', '【杭州市】快件已到达转运中心'],
  ['other', '217', '嘉兴市', '【嘉兴市】快件已交接'],
  ['out_for_delivery', '202', '上海市', '【上海市】派送中，派件员 练习员'],
  ['delivered', '301', '上海市', '【上海市】已签收'],
];

/** Lets a printed shipment be as far as its number says: nothing yet, under way, stuck, arrived. */
export function follow(kept: Kept | undefined, nth: number, nowMs: number): void {
  if (!kept) return;
  const far = nth % (WAY.length + 1);
  const events: TrackEventView[] = WAY.slice(0, far).map(([stage, word, place, text], n) => {
    const atMs = nowMs - (far - n) * 7 * HOUR_MS;
    return { atMs, stage, word, text, place };
  });
  if (nth === 2) {
    const atMs = nowMs - HOUR_MS;
    const text = '收件人电话无法接通，改日再派';
    events.push({ atMs, stage: 'problem', word: '416', text, place: '上海市' });
  }
  events.reverse();
  const known = events.find(({ stage }) => stage !== 'other');
  const over = known?.stage === 'delivered';
  const track = {
    stage: known?.stage ?? null,
    askedAtMs: nowMs - 12 * 60_000,
    nextAtMs: over ? null : nowMs + 5 * HOUR_MS,
    said: '',
    events,
    maps: true,
    eta: null,
    estimates: true,
  };
  const { orderNo } = kept.detail.row;
  const pickups = nth === 0 ? [booking({ way: 'back', orderNo })] : [];
  const row = { ...kept.detail.row, stage: track.stage, stageAtMs: known?.atMs ?? null };
  kept.detail = { ...kept.detail, row, track, pickups };
}
