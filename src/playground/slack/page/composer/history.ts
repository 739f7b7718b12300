/** The lines that were sent from a box, reached with the arrow keys. */
export interface History {
  add(line: string): void;
  /** Returns true when it used the key. */
  handle(event: KeyboardEvent): boolean;
}

/** Creates the memory of one box. */
export function createHistory(box: HTMLTextAreaElement): History {
  const lines: string[] = [];
  let position = 0;
  return {
    add(line) {
      if (lines.at(-1) !== line) lines.push(line);
      position = lines.length;
    },
    handle(event) {
      const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
      // Inside a longer text the arrows move the cursor, as everywhere.
      const isEdge = box.value === '' || box.value === lines[position];
      const next = position + (step ?? 0);
      if (step === undefined || !isEdge || next < 0 || next > lines.length) return false;
      event.preventDefault();
      position = next;
      box.value = lines[position] ?? '';
      box.setSelectionRange(box.value.length, box.value.length);
      return true;
    },
  };
}
