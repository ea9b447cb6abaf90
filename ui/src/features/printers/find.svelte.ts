// Looking for printers: what is there, what one of them says when asked, and adding it.

import type { Desk } from '$lib/desk.svelte';
import { t } from '$lib/i18n.svelte';
import * as ipc from '$lib/ipc';
import type {
  FoundPrinter,
  FoundPrinters,
  PrinterForm,
  PrinterSetup,
  PrinterSetups,
  ProbeView,
} from '$lib/ipc.types';
import { guessed } from './words';

/** A place where a printer may be: found, or typed. */
export interface Place {
  address: string;
  /** `undefined` for what was typed. */
  found: FoundPrinter | undefined;
  /** The printer of the settings that is there already. */
  known: string | undefined;
}

export class Finding {
  found = $state.raw<FoundPrinters>();
  /** What takes a moment. */
  busy = $state<'looking' | 'listening' | 'asking' | 'adding'>();
  typed = $state('');
  at = $state(0);
  /** The answers so far, by address. */
  said = $state.raw(new Map<string, ProbeView>());
  readonly known: readonly PrinterForm[];
  readonly places: readonly Place[] = $derived.by(() => this.#places());
  readonly chosen: Place | undefined = $derived(this.places[this.at] ?? this.places.at(-1));
  #desk: Desk;

  constructor(desk: Desk, known: readonly PrinterForm[]) {
    this.#desk = desk;
    this.known = known;
  }

  #places(): Place[] {
    const knownAt = (address: string) =>
      this.known.find((form) => form.address === address)?.name ?? undefined;
    const typed = this.typed.trim();
    const places = (this.found?.printers ?? []).map((found): Place => {
      return { address: found.address, found, known: knownAt(found.address) };
    });
    if (typed === '') return places;
    return [{ address: typed, found: undefined, known: knownAt(typed) }, ...places];
  }

  step(by: number): void {
    this.at = Math.min(this.places.length - 1, Math.max(0, this.at + by));
  }

  type(text: string): void {
    this.typed = text;
    this.at = 0;
  }

  /** Looks here, and on the network if that is wanted, which takes seconds. */
  async look(network: boolean): Promise<void> {
    if (this.busy) return;
    this.busy = network ? 'listening' : 'looking';
    const found = await this.#desk.wish(() => ipc.findPrinters(network));
    if (found) this.found = found;
    this.busy = undefined;
  }

  /** Asks the chosen one what it is. */
  async ask(): Promise<ProbeView | undefined> {
    const place = this.chosen;
    if (!place || this.busy) return undefined;
    this.busy = 'asking';
    const said = await this.#desk.wish(() => ipc.probePrinter(place.known ?? place.address));
    if (said) this.said = new Map(this.said).set(place.address, said);
    this.busy = undefined;
    return said;
  }

  /** Adds the chosen one as far as it is known; asks it first, if nobody has. */
  async add(): Promise<{ setups: PrinterSetups; setup: PrinterSetup } | undefined> {
    const place = this.chosen;
    if (!place || place.known || this.busy) return undefined;
    const said = this.said.get(place.address) ?? (await this.ask());
    if (!said) return undefined;
    this.busy = 'adding';
    const { found } = place;
    const languages = [...said.languages, ...(found?.languages ?? [])];
    const model = said.model || (found?.model ?? '');
    const form = guessed(said.address, { ...said, languages, model }, this.known);
    const setups = await this.#desk.wish(() => ipc.changePrinters({ kind: 'add', form }));
    this.busy = undefined;
    const setup = setups?.printers.find((one) => one.form.name === form.name);
    if (!setups || !setup) return undefined;
    this.#desk.note(t('find.added', { printer: form.name }));
    return { setups, setup };
  }
}
