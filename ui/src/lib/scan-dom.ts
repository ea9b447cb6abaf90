// Listens to the whole window for scans, wherever the focus is, and keeps their characters out of
// the field that happened to have it. Telling scans from people is `scan.ts`.

import {
  charOf,
  HICCUP_MS_MAX,
  ScanReader,
  SILENCE_GAPS,
  USUAL_BOUNDARY,
  type Boundary,
  type Decision,
  type Press,
} from './scan';

type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

interface Snapshot {
  field: Field;
  value: string;
  start: number | null;
  end: number | null;
}

/** One key as it came, for who wants to see what a scanner sends. */
export interface KeySeen {
  /** What it stands for: a character, or the key's name. */
  key: string;
  /** Since the key before it, ms. */
  gapMs: number;
  kind: Decision['kind'];
}

export interface Heard {
  /** Every key, with what was made of it. */
  onkey?: (seen: KeySeen) => void;
  /** A whole scan. */
  onscan: (text: string) => void;
  /** A key that may turn out to be such a single one, or the first of a burst. */
  onmaybe?: (char: string) => void;
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
export function pressedBySpace(target: EventTarget | null): boolean {
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
export function listenForScans(
  target: Window,
  heard: Heard,
  boundary: () => Boundary = () => USUAL_BOUNDARY,
): () => void {
  const reader = new ScanReader();
  let lastMs = 0;
  let silence: ReturnType<typeof setTimeout> | undefined;
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
    // As long as the next key may still make a burst of it.
    const waitMs = Math.max(HICCUP_MS_MAX, reader.boundary.gapMs);
    if (!ours) return;
    lone = { char, timer: setTimeout(sayLone, waitMs) };
    heard.onmaybe?.(char);
  };
  const swallow = (event: KeyboardEvent) => {
    event.preventDefault();
    event.stopImmediatePropagation();
  };

  /** A scanner that sends no ending has sent all. */
  const onsilence = () => {
    const text = reader.silence();
    if (text === undefined) return;
    dropLone();
    if (before) restore(before, composed);
    before = undefined;
    heard.onscan(text);
  };

  const onkeydown = (event: KeyboardEvent) => {
    reader.boundary = boundary();
    const press = pressOf(event);
    const decision = reader.press(press);
    clearTimeout(silence);
    if (reader.boundary.ending === 'silence') {
      silence = setTimeout(onsilence, reader.boundary.gapMs * SILENCE_GAPS);
    }
    const gapMs = Math.round(press.atMs - lastMs);
    lastMs = press.atMs;
    heard.onkey?.({ key: charOf(press) ?? press.key, gapMs, kind: decision.kind });
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
    clearTimeout(silence);
    target.removeEventListener('keydown', onkeydown, { capture: true });
  };
}
