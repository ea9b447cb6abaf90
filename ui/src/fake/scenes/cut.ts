// Finds words that cannot be read to their end, or that something lies over.

/** What rounding may take away, in pixels. */
const SLACK_PX = 2;

interface Edges {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

function named(one: Element): string {
  const words = (one.textContent ?? '').trim().replace(/\s+/g, ' ').slice(0, 40);
  return `${one.tagName.toLowerCase()}.${one.classList[0] ?? ''} “${words}”`;
}

/** Hidden on purpose: for screen readers alone, or not there at all. */
function unseen(one: Element): boolean {
  for (let up: Element | null = one; up; up = up.parentElement) {
    const style = getComputedStyle(up);
    if (style.clipPath !== 'none' || style.visibility === 'hidden') return true;
    // What lies below a question is not looked at.
    if (up.hasAttribute('inert')) return true;
  }
  return one.getClientRects().length === 0;
}

/** Says of itself that it goes on: an ellipsis, or only so many lines. */
function admits(style: CSSStyleDeclaration): boolean {
  return style.textOverflow === 'ellipsis' || style.webkitLineClamp !== 'none';
}

/** The box that cuts these words; nothing if all of them can be reached. */
function cutter(one: Element, words: Edges): Element | undefined {
  if (admitting(one)) return undefined;
  let fromLeft = true;
  let fromTop = true;
  for (let up: Element | null = one; up; up = up.parentElement) {
    const style = getComputedStyle(up);
    const box = up.getBoundingClientRect();
    const wide = words.left < box.left - SLACK_PX || words.right > box.right + SLACK_PX;
    const high = words.top < box.top - SLACK_PX || words.bottom > box.bottom + SLACK_PX;
    if (/auto|scroll/.test(style.overflowX)) fromLeft = false;
    if (/auto|scroll/.test(style.overflowY)) fromTop = false;
    if (fromLeft && wide && /hidden|clip/.test(style.overflowX)) return up;
    if (fromTop && high && /hidden|clip/.test(style.overflowY)) return up;
    if (style.position === 'fixed') break;
  }
  const away = words.right > innerWidth + SLACK_PX && fromLeft;
  const below = words.bottom > innerHeight + SLACK_PX && fromTop;
  return away || below ? document.body : undefined;
}

function admitting(one: Element): Element | undefined {
  for (let up: Element | null = one; up; up = up.parentElement) {
    if (admits(getComputedStyle(up))) return up;
  }
  return undefined;
}

/** What covers the middle of these words and is no layer that is meant to. */
function above(one: Element, words: DOMRect): Element | undefined {
  // Of words that go on behind an ellipsis what is seen of them.
  const seen = admitting(one)?.getBoundingClientRect() ?? words;
  const right = Math.min(words.right, seen.right);
  const bottom = Math.min(words.bottom, seen.bottom);
  const over = document.elementFromPoint((words.left + right) / 2, (words.top + bottom) / 2);
  if (!over || one.contains(over) || over.contains(one)) return undefined;
  let painted = false;
  for (let up: Element | null = over; up; up = up.parentElement) {
    const style = getComputedStyle(up);
    if (style.zIndex !== 'auto') return undefined;
    // Letters reach into the line above them; only a ground hides what lies below.
    painted ||= !up.contains(one) && !/, 0\)$|^transparent$/.test(style.backgroundColor);
  }
  return painted ? over : undefined;
}

/** Everything of the page that is cut off or covered, in words; nothing is what it should be. */
export function cut(): string[] {
  const found = new Set<string>();
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let text = texts.nextNode(); text; text = texts.nextNode()) {
    const one = text.parentElement;
    if (!one || !text.textContent?.trim() || one.closest('style, option') || unseen(one)) continue;
    const range = document.createRange();
    range.selectNodeContents(text);
    const by = cutter(one, range.getBoundingClientRect());
    if (by) found.add(`${named(one)} is cut by ${by === document.body ? 'the window' : named(by)}`);
    else if (!inSight(one)) continue;
    const over = above(one, range.getBoundingClientRect());
    if (over) found.add(`${named(one)} lies under ${named(over)}`);
  }
  return [...found];
}

/** Not scrolled out of the box it lies in. */
function inSight(one: Element): boolean {
  const box = one.getBoundingClientRect();
  const middle = { x: box.left + box.width / 2, y: box.top + box.height / 2 };
  for (let up = one.parentElement; up; up = up.parentElement) {
    const style = getComputedStyle(up);
    if (!/auto|scroll|hidden|clip/.test(style.overflowX + style.overflowY)) continue;
    const around = up.getBoundingClientRect();
    const inside =
      middle.x > around.left &&
      middle.x < around.right &&
      middle.y > around.top &&
      middle.y < around.bottom;
    if (!inside) return false;
  }
  return true;
}
