// Hands for the scenes: keys, a scanner, a file, and eyes that wait until something is there.

import { tick } from 'svelte';
import { moment } from './clock';

/** Between the keys of a person and of a scanner, in ms of their events. */
const GAP_MS = { person: 400, scanner: 4 } as const;
/** Looks before it is said that something never came: half a minute and more. */
const LOOKS_MAX = 20_000;

const NAMES: Record<string, string> = { Space: ' ' };
let atMs = 10_000;

/** Looks until it is there. */
export async function seen<T>(look: () => T | null | undefined | false): Promise<T> {
  for (let n = 0; n < LOOKS_MAX; n += 1) {
    const found = look();
    if (found) return found;
    await moment();
  }
  throw new Error(`never seen: ${look}`);
}

/** Waits for an element, and gives it. */
export function element<T extends HTMLElement = HTMLElement>(selector: string): Promise<T> {
  return seen(() => document.querySelector<T>(selector));
}

function down(key: string, gapMs: number, more: KeyboardEventInit = {}): void {
  atMs += gapMs;
  const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...more });
  Object.defineProperty(event, 'timeStamp', { value: atMs });
  (document.activeElement ?? document.body).dispatchEvent(event);
}

/** Presses keys one after another, each as the list of keys writes it: `Ctrl+2`, `Space`, `w`. */
export async function press(...combos: string[]): Promise<void> {
  for (const combo of combos) {
    const parts = combo.split('+');
    const last = parts.pop() ?? '';
    const key = NAMES[last] ?? last;
    const ctrlKey = parts.includes('Ctrl');
    down(key, GAP_MS.person, { ctrlKey, shiftKey: parts.includes('Shift') });
    // A single character is one once no scan came of it.
    await new Promise<void>((go) => setTimeout(go, 100));
    await tick();
  }
}

/** Reads a code as a scanner does. */
export async function scan(code: string): Promise<void> {
  atMs += GAP_MS.person;
  for (const char of code) down(char, GAP_MS.scanner);
  down('Enter', GAP_MS.scanner);
  await tick();
  await moment();
}

/** Puts a text into the field that has the focus, or into that one. */
export async function type(text: string, selector?: string): Promise<void> {
  const field = selector ? await element(selector) : document.activeElement;
  if (!(field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement)) {
    throw new Error(`no field for “${text}”`);
  }
  field.focus();
  field.value = text;
  field.dispatchEvent(new Event('input', { bubbles: true }));
  field.dispatchEvent(new Event('change', { bubbles: true }));
  await tick();
}

/** Chooses a file, as from the file dialog. */
export async function choose(name: string, text: string): Promise<void> {
  const field = await element<HTMLInputElement>('input[type=file]');
  const files = new DataTransfer();
  files.items.add(new File([text], name, { type: 'text/csv' }));
  field.files = files.files;
  field.dispatchEvent(new Event('change', { bubbles: true }));
  await tick();
}

/** Presses a button with the mouse. */
export async function click(selector: string): Promise<void> {
  (await element(selector)).click();
  await tick();
}
