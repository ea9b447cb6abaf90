import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Keys } from './keys';

let keys: Keys;
const run = vi.fn();

beforeEach(() => {
  keys = new Keys();
  run.mockReset();
  keys.layer(() => [{ combo: 'Ctrl+Z', label: '', run }]);
});

afterEach(() => {
  document.body.innerHTML = '';
});

/** Presses a key at the first element of that page; whether the web view was kept from it. */
function pressAt(html: string, key: string, more: KeyboardEventInit = {}): boolean {
  document.body.innerHTML = html;
  const target = document.body.firstElementChild ?? document.body;
  const listen = (event: KeyboardEvent) => keys.press(event);
  window.addEventListener('keydown', listen, { once: true });
  const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...more });
  target.dispatchEvent(event);
  return event.defaultPrevented;
}

describe('a key with the focus on something', () => {
  it.each(['<button></button>', '<input type="checkbox">', '<input type="radio">', '<input>'])(
    'leaves Space to %s',
    (html) => expect(pressAt(html, ' ')).toBe(false),
  );

  it('keeps Space from scrolling what is no field', () => {
    expect(pressAt('<div tabindex="0"></div>', ' ')).toBe(true);
  });

  it('undoes a choice where it was made, and leaves a text its own undoing', () => {
    pressAt('<select><option>1</option></select>', 'z', { ctrlKey: true });
    expect(run).toHaveBeenCalledTimes(1);
    pressAt('<input>', 'z', { ctrlKey: true });
    expect(run).toHaveBeenCalledTimes(1);
  });
});
