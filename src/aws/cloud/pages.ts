/** One page of a listing, and the way to the next; undefined or empty on the last one. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly next: string | undefined;
}

/** Asks for page after page, each when the one before was read. */
export async function* eachPage<T>(
  ask: (token: string | undefined) => Promise<Page<T>>,
): AsyncGenerator<readonly T[]> {
  let token: string | undefined;
  do {
    const { items, next } = await ask(token);
    yield items;
    // The same token again would lead in circles.
    token = next === token ? undefined : next;
  } while (token !== undefined && token !== '');
}

/** What all pages hold together. */
export async function allPages<T>(
  ask: (token: string | undefined) => Promise<Page<T>>,
): Promise<readonly T[]> {
  const all: T[] = [];
  for await (const items of eachPage(ask)) all.push(...items);
  return all;
}
