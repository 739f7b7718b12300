/** SQL text and the values bound to its `?`, in order: plain data that both engines take. */
export interface Sql {
  readonly text: string;
  readonly bound: readonly string[];
  /** The columns of `flows` that it names, each once: what must be read for it. Left out where it names none. */
  readonly reads?: readonly string[];
}

/** What a `sql` template takes: a fragment is spliced, a number is written, text is always bound. */
export type SqlPart = Sql | number | string;

/**
 * Builds a fragment. Text never becomes part of the statement: it is bound to a `?`.
 * @throws RangeError when a number is not a safe integer, since it would be written into the text.
 */
export function sql(strings: TemplateStringsArray, ...parts: readonly SqlPart[]): Sql {
  const bound: string[] = [];
  const text = strings.raw.reduce((written, piece, index) => {
    const part = parts[index - 1];
    return written + (part === undefined ? '' : write(part, bound)) + piece;
  });
  return { text, bound, ...readsOf(parts) };
}

/** The columns that the parts of a fragment read. */
function readsOf(parts: readonly SqlPart[]): Pick<Sql, 'reads'> {
  const reads = new Set(parts.flatMap((part) => (typeof part === 'object' ? (part.reads ?? []) : [])));
  return reads.size === 0 ? {} : { reads: [...reads] };
}

function write(part: SqlPart, bound: string[]): string {
  if (typeof part === 'string') {
    bound.push(part);
    return '?';
  }
  if (typeof part === 'number') {
    if (!Number.isSafeInteger(part)) throw new RangeError(`not a whole number: ${part}`);
    return String(part);
  }
  bound.push(...part.bound);
  return part.text;
}

/** Fragments with a comma between them, as in a select list. */
export function list(fragments: readonly Sql[]): Sql {
  return joined(fragments, ', ');
}

/** A line of a long list is so long before the next one begins, in characters. */
const LIST_LINE = 300;

/** Fragments with a comma between them, over several lines where they are long, as people and messages take them. */
export function longList(fragments: readonly Sql[]): Sql {
  const lines: Sql[][] = [];
  let length = 0;
  for (const fragment of fragments) {
    const line = lines.at(-1);
    if (line === undefined || length + fragment.text.length > LIST_LINE) {
      lines.push([fragment]);
      length = 0;
    } else line.push(fragment);
    length += fragment.text.length;
  }
  return joined(lines.map(list), ',\n    ');
}

/** Fragments one behind the other, as the branches of a CASE. */
export function inOrder(fragments: readonly Sql[]): Sql {
  return joined(fragments, ' ');
}

/** Fragments with another one between them, as with an operator. */
export function joinedBy(between: Sql, fragments: readonly Sql[]): Sql {
  return joined(fragments, between.text);
}

/** SELECTs with the same columns, one under the other. */
export function unionAll(selects: readonly Sql[]): Sql {
  return joined(selects, '\n  UNION ALL\n  ');
}

function joined(fragments: readonly Sql[], between: string): Sql {
  return {
    text: fragments.map(({ text }) => text).join(between),
    bound: fragments.flatMap(({ bound }) => bound),
    ...readsOf(fragments),
  };
}

/** A condition, or nothing where an option was left out. */
export type Condition = Sql | undefined | false;

/** Joins conditions with AND, each in parentheses; absent ones are skipped, none at all is TRUE. */
export function allOf(...conditions: readonly Condition[]): Sql {
  return conditionsJoined(conditions, ' AND ', 'TRUE');
}

/** Joins conditions with OR, each in parentheses; absent ones are skipped, none at all is FALSE. */
export function anyOf(...conditions: readonly Condition[]): Sql {
  return conditionsJoined(conditions, ' OR ', 'FALSE');
}

function conditionsJoined(conditions: readonly Condition[], word: string, empty: string): Sql {
  const present = conditions.filter((condition) => condition !== undefined && condition !== false);
  if (present.length === 0) return { text: empty, bound: [] };
  return {
    text: present.map(({ text }) => `(${text})`).join(word),
    bound: present.flatMap(({ bound }) => bound),
    ...readsOf(present),
  };
}
