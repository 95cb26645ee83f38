/**
 * What a terminal or a reader would obey in place of showing it: control characters, marks that turn the direction of
 * writing, separators of lines, and halves of characters.
 */
const OBEYED = /[\p{Cc}\p{Cs}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/gu;

/** Text that stays in its line and cannot command a terminal: names and descriptions come from anywhere. */
export function printable(text: string): string {
  return text.replace(OBEYED, "\ufffd");
}

/** A text of at most that many characters. */
export function shortened(text: string, most: number): string {
  const characters = [...text];
  return characters.length <= most ? text : `${characters.slice(0, Math.max(1, most - 1)).join("")}\u2026`;
}
