// Scenes of the scan desk.

import type { FakeCore } from '../core';
import { element, press, scan } from './hands';
import type { Scene } from './stage';

/** The first that is printed. */
const PRINTED_ID = 85;

async function desk(mode: string): Promise<void> {
  await press('Ctrl+2');
  await element('.modes');
  await press(mode);
}

function no(core: FakeCore, id: number): string {
  return core.detail(id).row.waybillNo ?? '';
}

async function counted(): Promise<void> {
  await desk('v');
  await scan('WC-20937');
  await element('[data-mood]');
  await scan('6901234567890');
}

async function weighed(core: FakeCore, offG: number): Promise<void> {
  await desk('w');
  const grams = (core.detail(PRINTED_ID).row.weightG ?? 0) + offG;
  await press(...String(grams), 'Enter');
  await scan(no(core, PRINTED_ID));
}

async function handedOver(core: FakeCore): Promise<void> {
  await desk('h');
  const rows = [...core.kept.values()].map((kept) => kept.detail.row);
  const printed = rows.filter((row) => row.state === 'printed' && row.carrierCode === 'YTO');
  for (const row of printed.slice(0, 5)) await scan(row.waybillNo ?? '');
}

export const BENCH: Scene[] = [
  { name: 'scan', play: () => desk('s') },
  {
    name: 'scan-shipped',
    play: async () => {
      await desk('s');
      for (const code of ['WC-20930', 'WC-20931', 'NOPE-1', 'WC-20932', 'WC-20933', 'WC-20937']) {
        await scan(code);
      }
    },
  },
  {
    name: 'scan-wrong',
    play: async (core) => {
      await desk('s');
      await scan(core.detail(134).row.orderNo);
    },
  },
  {
    name: 'scan-reprint',
    play: async (core) => {
      await desk('r');
      await scan(no(core, PRINTED_ID));
    },
  },
  { name: 'scan-count', play: counted },
  {
    name: 'scan-count-over',
    play: async () => {
      await counted();
      await scan('6901234567890');
      await scan('6901234567890');
    },
  },
  { name: 'scan-weigh', play: (core) => weighed(core, 20) },
  { name: 'scan-weigh-odd', play: (core) => weighed(core, 640) },
  { name: 'scan-hand', play: handedOver },
  {
    name: 'scan-stopped',
    prepare: (core) => {
      core.printerState = 'paper_out';
    },
    play: () => desk('s'),
  },
  {
    name: 'ask-scanner',
    play: async () => {
      await desk('s');
      await press('t');
      await element('[role=dialog]');
      await scan(']C16901234567892');
    },
  },
  {
    name: 'ask-manifests',
    play: async (core) => {
      await handedOver(core);
      await press('F9');
      await press('f');
      await element('[role=dialog]');
    },
  },
];
