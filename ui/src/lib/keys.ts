// Every key of the window, in layers: a dialog's keys lie over a screen's, a screen's over the
// frame's. Single characters come from `scan-dom.ts`, which has made sure they are no scan.

import { pressedBySpace, takesText } from './scan-dom';

export interface Binding {
  /** `F9`, `Ctrl+A`, `Escape`, `ArrowDown`, `Space`, `R`, `?`. */
  combo: string;
  /** Key of the sentence in the list of keys; empty keeps it out of the list. */
  label: string;
  run: () => void;
  /** What can be done already while it shows whether a single character is no scan: asking. */
  ahead?: () => void;
  /** Absent: always. */
  when?: () => boolean;
  /** Also while the focus is in a field. Function keys and Escape always are. */
  inFields?: boolean;
}

/** Screens lie lowest; a dialog hides them; what stands `above` is reached even over a dialog. */
export type Height = 'screen' | 'dialog' | 'above';

const HEIGHTS: readonly Height[] = ['screen', 'dialog', 'above'];

interface Layer {
  height: Height;
  bindings: () => Binding[];
}

function isBare(event: KeyboardEvent): boolean {
  return !event.ctrlKey && !event.altKey && !event.metaKey;
}

/** The name of what was pressed; nothing for single characters, which come another way. */
export function comboOf(event: KeyboardEvent): string | undefined {
  const single = [...event.key].length === 1;
  if (single && isBare(event)) return undefined;
  const parts = [];
  if (event.ctrlKey || event.metaKey) parts.push('Ctrl');
  if (event.altKey) parts.push('Alt');
  if (event.shiftKey && !single) parts.push('Shift');
  parts.push(single ? event.key.toUpperCase() : event.key);
  return parts.join('+');
}

function reachesFields(binding: Binding): boolean {
  const always = /^(Shift\+)?F\d+$/.test(binding.combo) || binding.combo === 'Escape';
  return binding.inFields ?? always;
}

/** The layers that listen now. */
export class Keys {
  #layers: Layer[] = [];

  /** Adds a layer, on top of those of its height; the answer takes it away again. */
  layer(bindings: () => Binding[], height: Height = 'screen'): () => void {
    const layer = { height, bindings };
    const rank = (one: Layer) => HEIGHTS.indexOf(one.height);
    this.#layers.push(layer);
    this.#layers.sort((a, b) => rank(a) - rank(b));
    return () => {
      this.#layers = this.#layers.filter((other) => other !== layer);
    };
  }

  /** All bindings that fit now, dialogs aside, topmost first. */
  listed(): Binding[] {
    const others = [...this.#layers].reverse().filter((layer) => layer.height !== 'dialog');
    return others.flatMap((layer) => layer.bindings()).filter((one) => one.when?.() ?? true);
  }

  /** A key with a name, from a listener on the window. */
  press(event: KeyboardEvent): void {
    if (event.defaultPrevented || event.isComposing || event.keyCode === 229) return;
    const target = event.target;
    // A choice takes letters and arrows; with Ctrl or Alt nothing is chosen in it.
    const inField = takesText(target) && !(target instanceof HTMLSelectElement && !isBare(event));
    const native = target instanceof Element && target.closest('button, a, summary') !== null;
    const space = event.key === ' ' && isBare(event);
    if (space && !inField && !pressedBySpace(target)) event.preventDefault();
    const combo = comboOf(event);
    if (combo === undefined || (combo === 'Enter' && native)) return;
    if (this.#run(combo, inField)) event.preventDefault();
  }

  /** A single character that is neither typed into a field nor part of a scan. */
  lone(char: string): void {
    this.#run(named(char), false);
  }

  /** A single character that may be the first one of a scan: nothing may be seen of it yet. */
  ahead(char: string): void {
    this.#bound(named(char), false)?.ahead?.();
  }

  #run(combo: string, inField: boolean): boolean {
    const binding = this.#bound(combo, inField);
    binding?.run();
    return binding !== undefined;
  }

  #bound(combo: string, inField: boolean): Binding | undefined {
    for (const layer of [...this.#layers].reverse()) {
      const fits = (one: Binding) =>
        one.combo === combo && (!inField || reachesFields(one)) && (one.when?.() ?? true);
      const binding = layer.bindings().find(fits);
      if (binding || layer.height === 'dialog') return binding;
    }
    return undefined;
  }
}

function named(char: string): string {
  return char === ' ' ? 'Space' : char.toUpperCase();
}
