// Tells a scanner from a person: a burst of keys ending in Enter or Tab is one scan.
// Pure: keys and times come in, decisions go out. What they do to the page is `scan-dom.ts`.

/**
 * Keys of a burst are on average no further apart, in ms. Scanners send them within 30; a busy
 * machine adds to that; people need 60 and more for several keys in a row.
 */
export const GAP_MS_MAX = 45;
/** One slower key inside a burst, while the machine was busy, does not break it: so many gaps. */
const HICCUP_GAPS = 4 / 3;
/** The same in ms, at the usual boundary. */
export const HICCUP_MS_MAX = GAP_MS_MAX * HICCUP_GAPS;
/** A scanner that sends no ending is done when nothing follows for so many gaps. */
export const SILENCE_GAPS = 3;
/** Without an ending a burst must be longer to be a code, in characters. */
const SILENT_CHARS_MIN = 6;
/** What scanners type between the elements of a GS1 code, as Ctrl and a bracket. */
const GROUP_SEPARATOR = '\u001d';

/** Where a person ends and a scanner begins. */
export interface Boundary {
  /** Keys of a scanner are on average no further apart, in ms. */
  gapMs: number;
  /** How it ends a code: with a key, or not at all. */
  ending: 'key' | 'silence';
}

/** After how long without a key what was typed is no scan under way, in ms. */
export function personMs({ gapMs, ending }: Boundary): number {
  // A scanner that sends no ending is done only when it has been silent.
  return Math.max(HICCUP_MS_MAX, ending === 'silence' ? gapMs * SILENCE_GAPS : gapMs);
}

export const USUAL_BOUNDARY: Boundary = { gapMs: GAP_MS_MAX, ending: 'key' };

/** Bounds of the boundary, in ms: faster is no scanner, slower is a person. */
const BOUNDARY_MS = { least: 15, most: 120 } as const;
/** A boundary leaves a scanner this much more than it was seen to need. */
const MARGIN = 1.5;

/**
 * The boundary that fits a scanner whose keys were these gaps apart, in ms: above all of them, and
 * as far from a person as it can be. Nothing where too little came, or too slowly for a scanner.
 */
export function boundaryFor(gaps: readonly number[]): number | undefined {
  if (gaps.length < SILENT_CHARS_MIN) return undefined;
  const sorted = [...gaps].sort((a, b) => a - b);
  // One hiccup of the machine is no reason.
  const nearlyAll = sorted[Math.ceil(sorted.length * 0.9) - 1] ?? 0;
  if (nearlyAll * MARGIN > BOUNDARY_MS.most) return undefined;
  const wanted = Math.max(GAP_MS_MAX, Math.ceil((nearlyAll * MARGIN) / 5) * 5);
  return Math.min(BOUNDARY_MS.most, Math.max(BOUNDARY_MS.least, wanted));
}
/** A burst this long has shown that it is a scanner, so a hiccup is forgiven, in keys. */
const ESTABLISHED_KEYS = 3;
/** Shorter codes do not exist; this keeps a fast "ok⏎" from being one, in characters. */
export const CODE_CHARS_MIN = 4;
/** Longer than any code we print; what comes behind in the same burst is cut off, in characters. */
export const CODE_CHARS_MAX = 200;

/** What of a keyboard event is needed to judge it. */
export interface Press {
  key: string;
  code: string;
  keyCode: number;
  /** When it was pressed, ms on any steady clock. */
  atMs: number;
  shift: boolean;
  capsLock: boolean;
  ctrl: boolean;
  alt: boolean;
  meta: boolean;
  /** The key is held down and repeats: a person. */
  repeat: boolean;
  composing: boolean;
}

export type Decision =
  /** The first key of what may become a burst. */
  | { kind: 'first'; char: string }
  /** One more key of a burst. */
  | { kind: 'more' }
  /** The burst ended in a terminator and was a scan. */
  | { kind: 'scan'; text: string }
  /** A second terminator right behind a scan (CR LF, Enter and Tab): to be swallowed. */
  | { kind: 'tail' }
  /** A modifier; it means nothing by itself. */
  | { kind: 'modifier' }
  /** Any other key: a person. */
  | { kind: 'other' };

const MODIFIERS = new Set(['Shift', 'Control', 'Alt', 'Meta', 'CapsLock', 'AltGraph', 'NumLock']);

/** By name, and by the character itself where a toolkit has no name for the key. */
const ENDINGS = new Set(['Enter', 'Tab', 'Linefeed', 'NumpadEnter', '\n', '\r']);

/** US layout, which wedge scanners type in; used where an input method hides the character. */
const BY_CODE: Record<string, [plain: string, shifted: string]> = {
  Minus: ['-', '_'],
  Equal: ['=', '+'],
  Slash: ['/', '?'],
  Period: ['.', '>'],
  Comma: [',', '<'],
  Semicolon: [';', ':'],
  Backslash: ['\\', '|'],
  Space: [' ', ' '],
  NumpadSubtract: ['-', '-'],
  NumpadDecimal: ['.', '.'],
};
const SHIFTED_DIGITS = ')!@#$%^&*(';

function fromCode(press: Press): string | undefined {
  const letter = /^Key([A-Z])$/.exec(press.code)?.[1];
  if (letter) return press.shift !== press.capsLock ? letter : letter.toLowerCase();
  const digit = /^Digit(\d)$/.exec(press.code)?.[1];
  if (digit) return press.shift ? SHIFTED_DIGITS[Number(digit)] : digit;
  const pad = /^Numpad(\d)$/.exec(press.code)?.[1];
  if (pad) return pad;
  return BY_CODE[press.code]?.[press.shift ? 1 : 0];
}

function hidden(press: Press): boolean {
  return press.composing || press.keyCode === 229 || press.key === 'Process';
}

/** The character a key stands for; where an input method took it, what the key cap says. */
export function charOf(press: Press): string | undefined {
  if (press.ctrl && !press.alt && (press.key === ']' || press.code === 'BracketRight')) {
    return GROUP_SEPARATOR;
  }
  if (press.ctrl || press.alt || press.meta) return undefined;
  if (hidden(press)) return fromCode(press);
  return [...press.key].length === 1 ? press.key : undefined;
}

/** Enter, Tab, Linefeed or Ctrl-J: what scanners end a code with. */
export function ends(press: Press): boolean {
  if (press.alt || press.meta) return false;
  if (press.ctrl) return press.code === 'KeyJ' || press.key === 'j' || press.key === 'J';
  return ENDINGS.has(press.key) || (hidden(press) && ENDINGS.has(press.code));
}

/** Reads a stream of key presses and finds the scans in it. */
export class ScanReader {
  boundary: Boundary = USUAL_BOUNDARY;
  #chars: string[] = [];
  /** Keys of the burst, capitals' Shift included: so many gaps up to the next key. */
  #gaps = 0;
  #startedMs = 0;
  #lastMs = Number.NEGATIVE_INFINITY;
  #endedMs = Number.NEGATIVE_INFINITY;

  /** Judges the next key. */
  press(press: Press): Decision {
    if (MODIFIERS.has(press.key)) {
      // A capital comes as Shift and letter: the letter's gap counts from the Shift.
      if (this.#chars.length > 0 && this.#follows(press.atMs)) {
        this.#lastMs = press.atMs;
        this.#gaps += 1;
      }
      return { kind: 'modifier' };
    }
    if (ends(press)) return this.#end(press);
    const char = charOf(press);
    if (char === undefined || press.repeat) {
      this.reset();
      return { kind: 'other' };
    }
    if (!this.#follows(press.atMs)) this.reset();
    if (this.#chars.length < CODE_CHARS_MAX) this.#chars.push(char);
    this.#gaps += 1;
    this.#lastMs = press.atMs;
    if (this.#gaps > 1) return { kind: 'more' };
    this.#startedMs = press.atMs;
    return { kind: 'first', char };
  }

  /** Nothing followed for a while: the code of a scanner that sends no ending, if it was one. */
  silence(): string | undefined {
    if (this.boundary.ending !== 'silence') return undefined;
    const text = this.#chars.join('').trim();
    const tookMs = this.#lastMs - this.#startedMs;
    const fast = tookMs <= (this.#gaps - 1) * this.boundary.gapMs;
    this.reset();
    return fast && [...text].length >= SILENT_CHARS_MIN ? text : undefined;
  }

  /** Forgets a burst that is under way. */
  reset(): void {
    this.#chars = [];
    this.#gaps = 0;
    this.#lastMs = Number.NEGATIVE_INFINITY;
  }

  #follows(atMs: number): boolean {
    const established = this.#chars.length >= ESTABLISHED_KEYS;
    const { gapMs } = this.boundary;
    return atMs - this.#lastMs <= (established ? gapMs * HICCUP_GAPS : gapMs);
  }

  #end(press: Press): Decision {
    const text = this.#chars.join('').trim();
    const tookMs = press.atMs - this.#startedMs;
    const fast = this.#follows(press.atMs) && tookMs <= this.#gaps * this.boundary.gapMs;
    const empty = this.#chars.length === 0;
    this.reset();
    if (fast && !press.repeat && [...text].length >= CODE_CHARS_MIN) {
      this.#endedMs = press.atMs;
      return { kind: 'scan', text };
    }
    if (empty && press.atMs - this.#endedMs <= this.boundary.gapMs) return { kind: 'tail' };
    return { kind: 'other' };
  }
}
