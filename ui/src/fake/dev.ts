// What `npm run dev` in a browser looks at. The address chooses the scene:
// `?mode=welcome|trouble`, `?rows=100000`, `?away`, `?paper`, `?senders`, `?sms`, `?tariffs`,
// `?work`, `?apply=accepted|unknown|granted` (Ctrl+6), `?scanner=denied`, `?theme=dark`,
// `?scale=150`, `?lang=en`.

import type { Transport } from '$lib/ipc';
import type { ApplicationState, BootMode, ScannerState } from '$lib/ipc.types';
import { FakeCore } from './core';
import { drawLabel } from './label';
import { FACETS } from './orders';
import { invented } from './senders';
import { list } from './tariffs';

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
  const { prefs } = core.house;
  core.house.prefs = {
    ...prefs,
    theme: (wanted.get('theme') ?? prefs.theme) as typeof prefs.theme,
    scalePercent: Number(wanted.get('scale') ?? prefs.scalePercent),
    lang: wanted.get('lang') ?? prefs.lang,
  };
  if (wanted.has('away')) core.carrierState = 'away';
  if (wanted.has('senders')) core.house.senders.kept = invented();
  if (wanted.has('work')) core.work();
  const { kept: lists, accounts } = core.house.tariffs;
  if (wanted.has('tariffs')) for (const { account } of accounts) lists.set(account, list());
  const state = wanted.get('scanner') as ScannerState | null;
  if (state) core.bench.direct = { address: 'hid:any', state, error: '' };
  const applied = wanted.get('apply');
  if (applied) core.accounts.applications.show(applied as ApplicationState);
  FACETS.messages = wanted.has('sms');
  if (wanted.has('paper')) core.printerState = 'paper_out';
  return core.transport;
}
