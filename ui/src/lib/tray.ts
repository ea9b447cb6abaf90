// The sign among the system's own: what waits, and what is done from it without the window. Only
// what changed is sent; what is chosen there and needs the window is done here.

import { count } from './format';
import { t } from './i18n.svelte';
import * as ipc from './ipc';
import type { Status, TrayDeed, TrayFace } from './ipc.types';
import { prefs } from './prefs.svelte';

export class TraySign {
  #shown = '';
  #batch: number | undefined;

  /** Begins to do what is chosen there; the answer stops it. */
  listen(): Promise<() => void> {
    return ipc.onTray((deed) => this.#act(deed));
  }

  /** Shows how things stand now. */
  look(status: Status | undefined): void {
    this.#batch = status?.batch?.id;
    const face = prefs().tray ? faceOf(status) : null;
    const text = JSON.stringify(face);
    if (text === this.#shown) return;
    this.#shown = text;
    void ipc.showTray(face).catch(() => undefined);
  }

  #act(deed: TrayDeed): void {
    if (this.#batch === undefined) return;
    const wish = deed === 'pause' ? ipc.pauseBatch : ipc.resumeBatch;
    void wish(this.#batch).catch(() => undefined);
  }
}

function faceOf(status: Status | undefined): TrayFace {
  const items: TrayFace['items'] = [{ deed: 'open', label: t('tray.open') }];
  if (status?.batch) {
    const deed = status.batch.paused ? 'resume' : 'pause';
    items.push({ deed, label: t(status.batch.paused ? 'tray.resume' : 'tray.pause') });
  }
  items.push({ deed: 'quit', label: t('tray.quit') });
  if (!status) return { tip: 'Packbench', items };
  const { pending, toPrint, attention } = status.counts;
  const told = { pending: count(pending), print: count(toPrint), attention: count(attention) };
  return { tip: t('tray.tip', told), items };
}
