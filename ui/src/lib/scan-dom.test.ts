import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { listenForScans } from './scan-dom';

/** Presses keys the way a web view reports them, typing into the focused field as one does. */
class Keyboard {
  atMs = 1000;

  press(key: string, gapMs: number, more: KeyboardEventInit = {}): KeyboardEvent {
    this.atMs += gapMs;
    const options = { key, bubbles: true, cancelable: true, ...more };
    const event = new KeyboardEvent('keydown', options);
    Object.defineProperty(event, 'timeStamp', { value: this.atMs });
    const target = document.activeElement ?? document.body;
    target.dispatchEvent(event);
    const types = target instanceof HTMLInputElement && [...key].length === 1;
    if (types && !event.defaultPrevented) {
      const at = target.selectionStart ?? target.value.length;
      target.setRangeText(key, at, target.selectionEnd ?? at, 'end');
      target.dispatchEvent(new Event('input', { bubbles: true }));
    }
    return event;
  }

  type(text: string, gapMs: number): void {
    for (const char of text) this.press(char, gapMs);
  }

  scan(text: string, gapMs = 6): KeyboardEvent {
    this.atMs += 500;
    this.type(text, gapMs);
    return this.press('Enter', gapMs);
  }
}

let heard: string[];
let lone: string[];
let stop: () => void;
let keyboard: Keyboard;

beforeEach(() => {
  vi.useFakeTimers();
  heard = [];
  lone = [];
  keyboard = new Keyboard();
  stop = listenForScans(window, {
    onscan: (text) => heard.push(text),
    onlone: (char) => lone.push(char),
  });
});

afterEach(() => {
  stop();
  vi.useRealTimers();
  document.body.innerHTML = '';
});

function field(html: string): HTMLInputElement {
  document.body.innerHTML = html;
  const input = document.querySelector<HTMLInputElement>('input, select');
  if (!input) throw new Error('no field');
  input.focus();
  return input;
}

describe('a scan anywhere', () => {
  it('is heard with the focus on nothing', () => {
    const end = keyboard.scan('WC-20937');
    expect(heard).toEqual(['WC-20937']);
    expect(end.defaultPrevented).toBe(true);
  });

  it('leaves a field as it was, cursor included', () => {
    const input = field('<input value="文一西路" />');
    input.setSelectionRange(2, 2);
    keyboard.scan('YT8812000033391');
    expect(heard).toEqual(['YT8812000033391']);
    expect(input.value).toBe('文一西路');
    expect(input.selectionStart).toBe(2);
  });

  it('gives back what was marked when the burst wrote over it', () => {
    const input = field('<input value="old" />');
    input.select();
    keyboard.scan('WC-20937');
    expect(input.value).toBe('old');
  });

  it('tells the page that the field is back', () => {
    const input = field('<input value="a" />');
    const seen: string[] = [];
    input.addEventListener('input', () => seen.push(input.value));
    keyboard.scan('WC-20937');
    expect(seen.at(-1)).toBe('a');
  });

  it('keeps what a person typed before it', () => {
    const input = field('<input />');
    keyboard.type('余杭', 150);
    keyboard.scan('WC-20937');
    expect(input.value).toBe('余杭');
  });

  it('does not press the focused button, send the form or move the focus', () => {
    document.body.innerHTML = '<form><button>ok</button></form>';
    const clicked = vi.fn();
    document.querySelector('button')?.addEventListener('keydown', clicked);
    document.querySelector('button')?.focus();
    keyboard.scan('WC-20937');
    const endings = clicked.mock.calls.filter(
      ([event]) => (event as KeyboardEvent).key === 'Enter',
    );
    expect(endings).toHaveLength(0);
  });

  it('puts a choice back', () => {
    const html = '<select><option value="a">a</option><option value="w">w</option></select>';
    const select = field(html) as unknown as HTMLSelectElement;
    keyboard.atMs += 500;
    keyboard.press('w', 0);
    select.value = 'w';
    keyboard.type('c20937', 5);
    keyboard.press('Enter', 5);
    expect(heard).toEqual(['wc20937']);
    expect(select.value).toBe('a');
  });

  it('two in a row into one field', () => {
    const input = field('<input value="x" />');
    keyboard.scan('WC-20937');
    keyboard.type('YT88120000', 4);
    keyboard.press('Enter', 4);
    expect(heard).toEqual(['WC-20937', 'YT88120000']);
    expect(input.value).toBe('x');
  });
});

describe('while composing', () => {
  it('the text an input method hands over late is taken out again', () => {
    const input = field('<input value="收" />');
    const hidden = { isComposing: true, keyCode: 229 } as KeyboardEventInit;
    keyboard.atMs += 500;
    for (const char of 'YT88') {
      const code = /\d/.test(char) ? `Digit${char}` : `Key${char}`;
      keyboard.press('Process', 6, { ...hidden, code, shiftKey: /[A-Z]/.test(char) });
    }
    keyboard.press('Process', 6, { ...hidden, code: 'Enter' });
    input.value = '收YT88';
    input.dispatchEvent(new Event('compositionend', { bubbles: true }));
    expect(heard).toEqual(['YT88']);
    expect(input.value).toBe('收');
    input.value = '收yt88';
    vi.advanceTimersByTime(200);
    expect(input.value).toBe('收');
  });
});

describe('single keys', () => {
  it('count only when nothing follows, so that a scan presses no keys of ours', () => {
    keyboard.scan('1234WC');
    vi.advanceTimersByTime(500);
    expect(lone).toEqual([]);
    keyboard.press('5', 500);
    expect(lone).toEqual([]);
    vi.advanceTimersByTime(100);
    expect(lone).toEqual(['5']);
  });

  it('wait as long as a slow scanner may take, where the boundary is set for one', () => {
    stop();
    const boundary = () => ({ gapMs: 120, ending: 'key' }) as const;
    const hears = {
      onscan: (text: string) => heard.push(text),
      onlone: (char: string) => lone.push(char),
    };
    stop = listenForScans(window, hears, boundary);
    keyboard.atMs += 500;
    for (const char of 'S-001') {
      keyboard.press(char, 90);
      vi.advanceTimersByTime(90);
    }
    keyboard.press('Enter', 90);
    expect(heard).toEqual(['S-001']);
    expect(lone).toEqual([]);
  });

  it('are said at once when a named key follows', () => {
    keyboard.press(' ', 500);
    keyboard.press('ArrowDown', 20);
    expect(lone).toEqual([' ']);
  });

  it('typed into a field are text and nothing else', () => {
    field('<input />');
    keyboard.press('5', 500);
    vi.advanceTimersByTime(100);
    expect(lone).toEqual([]);
  });

  it('a space on a button presses the button and nothing else', () => {
    document.body.innerHTML = '<button>ok</button>';
    document.querySelector('button')?.focus();
    keyboard.press(' ', 500);
    vi.advanceTimersByTime(100);
    expect(lone).toEqual([]);
  });
});
