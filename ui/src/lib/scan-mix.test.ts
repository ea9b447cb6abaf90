import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { boundaryFor, type Boundary } from './scan';
import { listenForScans } from './scan-dom';

/** A generator so that every run types the same. */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
}

const CAPITALS = /[A-Z*~_+:]/;

/** Hands at a bench: a scanner, a person, and an input method, on one keyboard. */
class Hands {
  atMs = 1_000;
  readonly #next: () => number;
  readonly #input: HTMLInputElement;

  constructor(next: () => number, input: HTMLInputElement) {
    this.#next = next;
    this.#input = input;
  }

  between(least: number, most: number): number {
    return least + Math.floor(this.#next() * (most - least + 1));
  }

  key(key: string, gapMs: number, more: KeyboardEventInit = {}): boolean {
    this.atMs += gapMs;
    // What waits for a silence fires before the next key comes.
    vi.advanceTimersByTime(gapMs);
    const letter = /^[a-z]$/i.test(key) ? `Key${key.toUpperCase()}` : `Digit${key}`;
    const code = /^[a-z0-9]$/i.test(key) ? letter : key;
    const init = { key, code, bubbles: true, cancelable: true, ...more };
    const event = new KeyboardEvent('keydown', init);
    Object.defineProperty(event, 'timeStamp', { value: this.atMs });
    this.#input.dispatchEvent(event);
    const types = [...key].length === 1 && !more.isComposing && !more.ctrlKey;
    if (types && !event.defaultPrevented) this.#write(key);
    return event.defaultPrevented;
  }

  #write(text: string): void {
    const at = this.#input.selectionStart ?? this.#input.value.length;
    this.#input.setRangeText(text, at, this.#input.selectionEnd ?? at, 'end');
  }

  /** A scanner: gaps up to 30 ms, capitals with Shift or by Caps Lock, one of its endings. */
  scan(code: string, end: string | undefined): void {
    const capsLock = this.#next() < 0.2;
    for (const char of code) {
      const shift = CAPITALS.test(char) && !capsLock;
      if (shift) this.key('Shift', this.between(0, 15));
      const held = { shiftKey: shift, modifierCapsLock: capsLock };
      this.key(char, this.between(0, shift ? 15 : 30), held);
    }
    if (end) this.key(end, this.between(0, 30));
  }

  /** A person: 70 ms and more between keys, sometimes ended with Enter or Tab. */
  type(text: string): void {
    for (const char of text) this.key(char, this.between(70, 260));
    if (this.#next() < 0.3) this.key(this.#next() < 0.5 ? 'Enter' : 'Tab', this.between(70, 300));
  }

  /** A scan while an input method takes the keys: they come hidden, the text may come late. */
  scanComposing(code: string, preedit: string): void {
    this.#write(preedit);
    const hidden = { isComposing: true, keyCode: 229 } as KeyboardEventInit;
    for (const char of code) {
      const isCapital = /[A-Z]/.test(char);
      const letter = /\d/.test(char) ? `Digit${char}` : `Key${char.toUpperCase()}`;
      const where = char === '-' ? 'Minus' : letter;
      this.key('Process', this.between(0, 25), { ...hidden, code: where, shiftKey: isCapital });
    }
    this.key('Process', this.between(0, 25), { ...hidden, code: 'Enter' });
    // The input method hands over what it had taken.
    this.#write(code);
    this.#input.dispatchEvent(new Event('compositionend', { bubbles: true }));
  }
}

let stop: () => void;
let input: HTMLInputElement;
let heard: string[];

function begin(boundary?: Boundary): void {
  stop = listenForScans(window, { onscan: (text) => heard.push(text) }, () => boundary ?? USUAL);
}

const USUAL: Boundary = { gapMs: 45, ending: 'key' };
const WORDS = ['余杭区', 'hello', 'ok', 'a', '3', 'wenyi xilu 969', '13800000921', 'WC'];

beforeEach(() => {
  vi.useFakeTimers();
  heard = [];
  document.body.innerHTML = '<input />';
  const found = document.querySelector('input');
  if (!found) throw new Error('no field');
  input = found;
  input.focus();
});

afterEach(() => {
  stop();
  vi.useRealTimers();
  document.body.innerHTML = '';
});

function code(hands: Hands, next: () => number): string {
  const kinds = ['YT88', 'SF1', '78', 'WC-', '690', 'JDX', '*PB-NEXT*'];
  const begins = kinds[Math.floor(next() * kinds.length)] ?? '';
  if (begins.endsWith('*')) return begins;
  const digits = Array.from({ length: hands.between(5, 16) }, () => hands.between(0, 9));
  return begins + digits.join('');
}

describe('10,000 scans among typing and composing', () => {
  it.each([1, 20_261_122])('none is missed, none is false, no text is touched: seed %i', (seed) => {
    begin();
    const next = numbers(seed);
    const hands = new Hands(next, input);
    const wanted: string[] = [];
    let text = '';
    for (let nth = 0; nth < 5_000; nth += 1) {
      const before = heard.length;
      if (next() < 0.4) {
        const word = WORDS[Math.floor(next() * WORDS.length)] ?? '';
        hands.type(word);
        text += word;
        expect(heard.length, `typed ${word}`).toBe(before);
      }
      hands.atMs += 120;
      vi.advanceTimersByTime(120);
      const scanned = code(hands, next);
      wanted.push(scanned);
      if (next() < 0.15 && /^[A-Z0-9-]+$/.test(scanned)) {
        text += 'ni';
        input.value = text;
        hands.scanComposing(scanned, '');
      } else {
        hands.scan(scanned, ['Enter', 'Tab', 'Linefeed'][hands.between(0, 2)]);
      }
      expect(heard.at(-1), `scan ${nth}`).toBe(scanned);
      hands.atMs += 130;
      vi.advanceTimersByTime(130);
      expect(input.value, `after scan ${nth}`).toBe(text);
      if (text.length > 300) text = input.value = '';
    }
    expect(heard).toEqual(wanted);
  });

  it('a scanner without an ending is read by its silence', () => {
    begin({ gapMs: 45, ending: 'silence' });
    const next = numbers(7);
    const hands = new Hands(next, input);
    const wanted: string[] = [];
    let text = '';
    for (let nth = 0; nth < 1_000; nth += 1) {
      if (next() < 0.4) {
        const word = WORDS[Math.floor(next() * WORDS.length)] ?? '';
        hands.type(word);
        text += word;
      }
      hands.atMs += 400;
      vi.advanceTimersByTime(400);
      const scanned = code(hands, next);
      wanted.push(scanned);
      hands.scan(scanned, undefined);
      vi.advanceTimersByTime(400);
      hands.atMs += 400;
      expect(heard.at(-1), `scan ${nth}`).toBe(scanned);
      expect(input.value).toBe(text);
      if (text.length > 300) text = input.value = '';
    }
    expect(heard).toEqual(wanted);
  });

  it('a slow scanner is read once the boundary fits it', () => {
    const gaps = Array.from({ length: 15 }, (_, n) => 58 + (n % 3) * 4);
    const gapMs = boundaryFor(gaps) ?? 0;
    expect(gapMs).toBe(100);
    begin({ gapMs, ending: 'key' });
    const hands = new Hands(numbers(3), input);
    for (const char of 'YT8812000033391') hands.key(char, 62);
    hands.key('Enter', 62);
    expect(heard).toEqual(['YT8812000033391']);
    expect(input.value).toBe('');
  });

  it('a group separator comes as Ctrl and a bracket', () => {
    begin();
    const hands = new Hands(numbers(3), input);
    for (const char of ']d2010690123456789221S9') hands.key(char, 5);
    hands.key('Control', 5);
    hands.key(']', 5, { ctrlKey: true, code: 'BracketRight' });
    for (const char of '10AB') hands.key(char, 5);
    hands.key('Enter', 5);
    expect(heard).toEqual([']d2010690123456789221S9\u001d10AB']);
  });
});

describe('the boundary offered', () => {
  it.each([
    [[5, 6, 5, 7, 6, 5, 6, 5], 45],
    [[30, 31, 30, 33, 30, 31, 90, 30, 31, 30], 50],
    [[60, 61, 66, 60, 61, 60], 100],
    [[90, 120, 140, 95, 110, 130], undefined],
    [[5, 5], undefined],
  ])('%j: %s ms', (gaps, want) => {
    expect(boundaryFor(gaps)).toBe(want);
  });
});
