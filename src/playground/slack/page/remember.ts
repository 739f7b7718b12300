/** Keeps a choice of the person across visits; a browser that keeps nothing is no reason to stop. */
export function remember(key: string, value: string): void {
  try {
    localStorage.setItem(`playground.${key}`, value);
  } catch {
    // Private windows may refuse; the choice then lasts as long as the page.
  }
}

/** What was remembered, if anything. */
export function recall(key: string): string | undefined {
  try {
    return localStorage.getItem(`playground.${key}`) ?? undefined;
  } catch {
    return undefined;
  }
}
