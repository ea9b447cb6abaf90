// What the system tells while another window is in front: more orders that need a person, and
// printers that stand still. Told once each; the window itself says it all the time.

import { stoppedPrinters } from '../features/ship/states';
import { t } from './i18n.svelte';
import * as ipc from './ipc';
import type { Status } from './ipc.types';
import { prefs } from './prefs.svelte';

export class Notices {
  #attention: number | undefined;
  #stopped: string[] = [];

  /** Looks at how things stand now. */
  look(status: Status | undefined): void {
    if (!status) return;
    const more = status.counts.attention - (this.#attention ?? status.counts.attention);
    const stopped = stoppedPrinters(status).map(
      (one) => `${one.name} ${t(`printer.${one.state}`)}`,
    );
    const fresh = stopped.filter((one) => !this.#stopped.includes(one));
    this.#attention = status.counts.attention;
    this.#stopped = stopped;
    if (!prefs().notifies) return;
    if (more > 0) tell(t('notice.attention', { n: more }));
    if (fresh.length > 0) tell(fresh.join(' · '));
  }
}

function tell(text: string): void {
  void ipc.notify('Packbench', text).catch(() => undefined);
}
