// How a state looks: shape and colour. The word is the language files'.

import type {
  Boot,
  CarrierState,
  JobState,
  PrinterState,
  PrinterStatus,
  Row,
  ScannerState,
  Stage,
  Status,
} from '$lib/ipc.types';
import type { Kind } from '../../parts/Sign.svelte';

/** A shipment's. */
export function kindOf(row: Pick<Row, 'state' | 'trouble'>): Kind {
  if (row.trouble?.code === 'label_unknown' || row.trouble?.code === 'waybill_unknown' ||
    row.trouble?.code === 'waybill_only_once'
  ) {
    return 'doubt';
  }
  if (row.trouble?.code === 'on_hold') return 'mind';
  switch (row.state) {
    case 'held':
    case 'refused':
      return 'wrong';
    case 'ready':
      return 'idle';
    case 'requested':
    case 'waybilled':
      return 'busy';
    case 'printed':
      return 'good';
    case 'voiding':
      return 'mind';
  }
}

/** A parcel's on its way. */
export function stageKind(stage: Stage): Kind {
  const kinds: Record<Stage, Kind> = {
    announced: 'idle',
    collected: 'busy',
    in_transit: 'busy',
    customs: 'busy',
    out_for_delivery: 'busy',
    awaits_receiver: 'mind',
    problem: 'wrong',
    returning: 'mind',
    delivered: 'good',
    returned: 'mind',
    cancelled: 'mind',
    other: 'idle',
  };
  return kinds[stage];
}

/** All stages, in the order of a parcel's life; what needs a look first. */
export const STAGES: readonly Stage[] = [
  'problem',
  'announced',
  'collected',
  'in_transit',
  'customs',
  'out_for_delivery',
  'awaits_receiver',
  'returning',
  'returned',
  'delivered',
  'cancelled',
  'other',
];

/** A print job's. */
export function jobKind(state: JobState): Kind {
  const kinds: Record<JobState, Kind> = {
    spooled: 'idle',
    sending: 'busy',
    sent: 'busy',
    confirmed: 'good',
    unknown: 'doubt',
    dropped: 'idle',
  };
  return kinds[state];
}

/** A carrier account's. */
export function carrierKind(state: CarrierState): Kind {
  const kinds: Record<CarrierState, Kind> = {
    idle: 'idle',
    up: 'good',
    away: 'wrong',
    silent: 'mind',
    limited: 'mind',
  };
  return kinds[state];
}

/** A printer's. */
export function printerKind(state: PrinterState): Kind {
  const kinds: Record<PrinterState, Kind> = {
    idle: 'idle',
    ready: 'good',
    printing: 'busy',
    paper_out: 'wrong',
    ribbon_out: 'wrong',
    head_open: 'wrong',
    paused: 'mind',
    fault: 'wrong',
    silent: 'mind',
    away: 'wrong',
  };
  return kinds[state];
}

/** How the scanner stands that is read directly. */
export function scannerKind(state: ScannerState): Kind {
  const kinds: Record<ScannerState, Kind> = {
    opening: 'busy',
    ready: 'good',
    missing: 'wrong',
    denied: 'wrong',
    not_scanner: 'wrong',
    typed: 'wrong',
    unsupported: 'wrong',
    away: 'wrong',
  };
  return kinds[state];
}

const WORST_FIRST: Kind[] = ['wrong', 'mind', 'doubt', 'busy', 'idle', 'good'];

/** The one that needs a look most. */
export function worst<T>(all: readonly T[], kind: (one: T) => Kind): T | undefined {
  return [...all].sort((a, b) => WORST_FIRST.indexOf(kind(a)) - WORST_FIRST.indexOf(kind(b)))[0];
}

/** The accounts nothing gets through to: the station works offline for them. */
export function awayAccounts(status: Status | undefined): string[] {
  return (status?.carriers ?? []).filter((one) => one.state === 'away').map((one) => one.name);
}

/** The accounts that have no calls left today, and when the first of them goes on. */
export function limitedAccounts(status: Status | undefined): { names: string[]; atMs: number } {
  const limited = (status?.carriers ?? []).filter((one) => one.goesOnAtMs !== null);
  const atMs = Math.min(...limited.map((one) => one.goesOnAtMs ?? Infinity));
  return { names: limited.map((one) => one.name), atMs };
}

/** The printers that a person must look after before they go on. */
export function stoppedPrinters(status: Status | undefined): PrinterStatus[] {
  const always: PrinterState[] = ['paper_out', 'ribbon_out', 'head_open', 'fault', 'away'];
  // Nobody minds a pause or silence while nothing is to be printed.
  const withWork: PrinterState[] = ['paused', 'silent'];
  return (status?.printers ?? []).filter(
    (one) => always.includes(one.state) || (withWork.includes(one.state) && one.waiting > 0),
  );
}

/** Whether practice is to be marked: the status knows it best. */
export function isPractice(boot: Boot | undefined, status: Status | undefined): boolean {
  return status?.practice ?? boot?.practice ?? false;
}
