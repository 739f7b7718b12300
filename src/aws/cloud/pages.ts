/** One page of a listing, with the token of the next; undefined or empty on the last one. */
export interface ListingPage<T> {
  readonly items: readonly T[];
  readonly next: string | undefined;
}

/** Asks for page after page, each after the one before was read. */
export async function* eachPage<T>(
  ask: (token: string | undefined) => Promise<ListingPage<T>>,
): AsyncGenerator<readonly T[]> {
  let token: string | undefined;
  do {
    const { items, next } = await ask(token);
    yield items;
    // The same token again would loop for ever.
    token = next === token ? undefined : next;
  } while (token !== undefined && token !== '');
}

/** The items of all pages. */
export async function allPages<T>(
  ask: (token: string | undefined) => Promise<ListingPage<T>>,
): Promise<readonly T[]> {
  const all: T[] = [];
  for await (const items of eachPage(ask)) all.push(...items);
  return all;
}
