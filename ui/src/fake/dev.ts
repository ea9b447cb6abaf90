// What `npm run dev` in a browser looks at. The address chooses the scene:
// `?mode=welcome|trouble`, `?rows=100000`, `?away`, `?paper`.

import type { Transport } from '$lib/ipc';
import type { BootMode } from '$lib/ipc.types';
import { FakeCore } from './core';
import { drawLabel } from './label';

/** The stand-in core of the scene in the address. */
export function devTransport(): Transport {
  const wanted = new URLSearchParams(location.search);
  const core = new FakeCore({
    mode: (wanted.get('mode') ?? 'open') as BootMode,
    ready: Number(wanted.get('rows') ?? 84),
    busy: true,
    stepMs: Number(wanted.get('step') ?? 350),
    drawLabel,
  });
  core.imports.stepMs = 60;
  if (wanted.has('away')) core.carrierState = 'away';
  if (wanted.has('paper')) core.printerState = 'paper_out';
  return core.transport;
}
