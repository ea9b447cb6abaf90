// Listens to the whole window for scans, wherever the focus is, and keeps their characters out of
// the field that happened to have it. Telling scans from people is `scan.ts`.

import { HICCUP_MS_MAX, ScanReader, type Press } from './scan';

type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

interface Snapshot {
  field: Field;
  value: string;
  start: number | null;
  end: number | null;
}

export interface Heard {
  /** A whole scan. */
  onscan: (text: string) => void;
  /** A single printable key that is no part of a burst and not typed into a field. */
  onlone?: (char: string) => void;
}

/** An input method may hand over its text this long after the burst, in ms. */
const LATE_TEXT_MS = 120;

const NOT_TYPED_INTO = new Set(['button', 'checkbox', 'radio', 'file', 'range', 'submit']);

/** Whether keys typed at this element become text in it, or choose in it. */
export function takesText(target: EventTarget | null): target is Field {
  if (target instanceof HTMLInputElement) return !NOT_TYPED_INTO.has(target.type);
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement;
}

/** Whether Space at this element presses it, as the web view does by itself. */
function pressedBySpace(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('button, a, input, summary') !== null;
}

function pressOf(event: KeyboardEvent): Press {
  return {
    key: event.key,
    code: event.code,
    keyCode: event.keyCode,
    atMs: event.timeStamp,
    shift: event.shiftKey,
    capsLock: event.getModifierState('CapsLock'),
    ctrl: event.ctrlKey,
    alt: event.altKey,
    meta: event.metaKey,
    repeat: event.repeat,
    composing: event.isComposing,
  };
}

function snapshot(field: Field): Snapshot {
  const isText = !(field instanceof HTMLSelectElement);
  const start = isText ? field.selectionStart : null;
  const end = isText ? field.selectionEnd : null;
  return { field, value: field.value, start, end };
}

function putBack({ field, value, start, end }: Snapshot): void {
  if (field.value === value) return;
  field.value = value;
  const isText = !(field instanceof HTMLSelectElement);
  if (isText && start !== null) field.setSelectionRange(start, end ?? start);
  field.dispatchEvent(new Event('input', { bubbles: true }));
  if (!isText) field.dispatchEvent(new Event('change', { bubbles: true }));
}

/** Puts a field back now and once more when an input method hands over the text it still held. */
function restore(snap: Snapshot, composing: boolean): void {
  if (composing) {
    snap.field.blur();
    snap.field.focus();
  }
  putBack(snap);
  if (!composing) return;
  const again = () => putBack(snap);
  snap.field.addEventListener('compositionend', again, { once: true });
  setTimeout(() => {
    snap.field.removeEventListener('compositionend', again);
    again();
  }, LATE_TEXT_MS);
}

/** Starts to listen; the answer stops it. To be called before any other key listener is set. */
export function listenForScans(target: Window, heard: Heard): () => void {
  const reader = new ScanReader();
  let before: Snapshot | undefined;
  let composed = false;
  let lone: { char: string; timer: ReturnType<typeof setTimeout> } | undefined;

  const dropLone = () => {
    if (lone) clearTimeout(lone.timer);
    lone = undefined;
  };
  const sayLone = () => {
    const char = lone?.char;
    dropLone();
    if (char !== undefined) heard.onlone?.(char);
  };

  const first = (event: KeyboardEvent, char: string) => {
    sayLone();
    const inField = takesText(event.target);
    before = inField ? snapshot(event.target as Field) : undefined;
    composed = event.isComposing || event.keyCode === 229;
    const ours = !inField && !(char === ' ' && pressedBySpace(event.target));
    if (ours) lone = { char, timer: setTimeout(sayLone, HICCUP_MS_MAX) };
  };
  const swallow = (event: KeyboardEvent) => {
    event.preventDefault();
    event.stopImmediatePropagation();
  };

  const onkeydown = (event: KeyboardEvent) => {
    const decision = reader.press(pressOf(event));
    switch (decision.kind) {
      case 'first':
        return first(event, decision.char);
      case 'more':
        composed ||= event.isComposing || event.keyCode === 229;
        return dropLone();
      case 'scan':
        dropLone();
        swallow(event);
        if (before) restore(before, composed);
        before = undefined;
        return heard.onscan(decision.text);
      case 'tail':
        return swallow(event);
      case 'other':
        return sayLone();
      case 'modifier':
    }
  };

  target.addEventListener('keydown', onkeydown, { capture: true });
  return () => {
    dropLone();
    target.removeEventListener('keydown', onkeydown, { capture: true });
  };
}
