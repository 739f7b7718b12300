import { widthOf } from './plain-text.ts';

/**
 * A text in lines of at most `width` places, those behind the first indented. A word that is longer stays whole: cut, an id
 * or an address would be another one.
 */
export function wrapText(text: string, width: number | undefined, indent = ''): readonly string[] {
  if (width === undefined || widthOf(text) <= width) return [text];
  return wrapWords(text.split(' '), width, indent);
}

function wrapWords(words: readonly string[], width: number, indent: string, end = ''): readonly string[] {
  const lines: string[] = [];
  let line: string | undefined;
  for (const word of words) {
    const joined: string = line === undefined ? word : `${line} ${word}`;
    if (line === undefined || widthOf(joined) + end.length <= width) line = joined;
    else {
      lines.push(`${line}${end}`);
      line = `${indent}${word}`;
    }
  }
  return line === undefined ? lines : [...lines, line];
}

/** What no shell reads as anything but itself. */
const PLAIN = /^[\w./:=,@%+ -]+$/;

/** A word, or a line of plain words, as a shell takes it; in single quotes where it holds anything that a shell reads. */
export function quotedForShell(text: string): string {
  return PLAIN.test(text) && text === text.trim() ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

/** A line with what is typed before it: quoted for the shell, where it is typed there. */
export function typedLine(line: string, prompt: string): string {
  return prompt === '' ? line : `${prompt}${quotedForShell(line)}`;
}

/** In quotes a space separates nothing. */
const SHELL_WORDS = /(?:'[^']*'|\\.|[^\s'\\])+/g;

/**
 * A line that is offered, behind its label. Where that is too long for the terminal the line is below, and broken as a shell
 * joins it again: copied whole it is still one command. In a prompt, which knows no broken lines, it stays whole.
 */
export function offeredLines(
  { label, line }: { readonly label: string; readonly line: string },
  prompt: string,
  width: number | undefined,
): readonly string[] {
  const typed = typedLine(line, prompt);
  const whole = `  ${label}: ${typed}`;
  if (width === undefined || widthOf(whole) <= width) return [whole];
  if (prompt === '' || widthOf(typed) + 4 <= width) return [`  ${label}:`, `    ${typed}`];
  const [first = '', ...words] = typed.match(SHELL_WORDS) ?? [typed];
  return [`  ${label}:`, ...wrapWords([`    ${first}`, ...words], width, '      ', ' \\')];
}
