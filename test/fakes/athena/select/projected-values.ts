/** The values of one partition key that projection works out. */
export interface Projected {
  /** How a value is written, as a regular expression. */
  readonly written: string;
  readonly isProjected: (value: string) => boolean;
}

type Property = (name: string) => string | undefined;

/** @throws RangeError where no values are listed. */
export function projectedValues(listed: string | undefined): Projected {
  if (listed === undefined) throw new RangeError("'values' is required");
  const values = listed.split(',');
  return { written: '[^/]+', isProjected: (value) => values.includes(value) };
}

/** Whole numbers of a range, padded with zeros. @throws RangeError for a range, a step or a width that is none. */
export function projectedInteger(property: Property): Projected {
  const [first, last] = rangeOf(property).map((bound) => {
    if (!/^[+-]?\d+$/.test(bound)) throw new RangeError(`'range' has ${bound}, which is no integer`);
    return Number(bound);
  });
  if (first === undefined || last === undefined || first > last)
    throw new RangeError("'range' must be two integers in their order");
  const interval = positive(property('interval') ?? '1', 'interval');
  const digits = property('digits');
  const width = digits === undefined ? 0 : positive(digits, 'digits');
  return {
    written: '-?\\d+',
    isProjected(value) {
      const number = Number(value);
      const inRange = number >= first && number <= last && (number - first) % interval === 0;
      return inRange && String(number).padStart(width, '0') === value;
    },
  };
}

/** The letters of Java's patterns that flow logs need, with the number of digits that each means. */
const LETTERS: Readonly<Record<string, number>> = { yyyy: 4, MM: 2, dd: 2, HH: 2, mm: 2, ss: 2 };
const UNITS: Readonly<Record<string, number>> = {
  DAY: 86_400_000,
  HOUR: 3_600_000,
  MINUTE: 60_000,
  SECOND: 1_000,
};

/**
 * Times of a range, each a step after the other. @throws RangeError for a pattern, a range or a step that is none, and for
 * a pattern finer than days without a step.
 */
export function projectedDate(property: Property, now: Date): Projected {
  const pattern = property('format') ?? '';
  const read = readerOf(pattern);
  const [from, to] = rangeOf(property).map((bound) => boundOf(bound, read.toMs, now));
  if (from === undefined || to === undefined || from >= to)
    throw new RangeError(`'range' must be two dates formatted as ${pattern} that are sequential`);
  const unit = property('interval.unit')?.toUpperCase().replace(/S$/, '');
  if (unit === undefined && /[Hms]/.test(pattern))
    throw new RangeError("'interval.unit' is required where 'format' is finer than a day");
  const stepMs = UNITS[unit ?? 'DAY'];
  if (stepMs === undefined) throw new RangeError(`'interval.unit' ${unit} is none`);
  const interval = positive(property('interval') ?? '1', 'interval') * stepMs;
  return {
    written: read.written,
    isProjected(value) {
      const ms = read.toMs(value);
      return ms !== undefined && ms >= from && ms <= to && (ms - from) % interval === 0;
    },
  };
}

interface Reader {
  readonly written: string;
  /** Undefined for text that is no time of the pattern. */
  readonly toMs: (text: string) => number | undefined;
}

function readerOf(pattern: string): Reader {
  const parts = pattern.match(/([a-zA-Z])\1*|[^a-zA-Z]/g) ?? [];
  const letters = parts.filter((part) => /[a-zA-Z]/.test(part));
  const unknown = letters.find((part) => LETTERS[part] === undefined);
  if (unknown !== undefined || letters.length === 0)
    throw new RangeError(`'format' ${pattern} is no pattern that this fake knows`);
  const groups = (capture: boolean) =>
    parts
      .map((part) => {
        const digits = LETTERS[part];
        if (digits === undefined) return part.replace(/[.*+?()|[\]\\^${}]/, String.raw`\$&`);
        return capture ? `(?<${part}>\\d{${digits}})` : `\\d{${digits}}`;
      })
      .join('');
  const whole = new RegExp(`^${groups(true)}$`);
  return {
    written: groups(false),
    toMs(text) {
      const {
        yyyy = '1970',
        MM = '01',
        dd = '01',
        HH = '00',
        mm = '00',
        ss = '00',
      } = whole.exec(text)?.groups ?? {};
      const iso = `${yyyy}-${MM}-${dd}T${HH}:${mm}:${ss}.000Z`;
      const ms = whole.test(text) ? Date.parse(iso) : Number.NaN;
      // JavaScript takes 24 o'clock and the 31st of June for times of the next day.
      return Number.isNaN(ms) || new Date(ms).toISOString() !== iso ? undefined : ms;
    },
  };
}

const NOW_AND = /^NOW\s*(?:([+-])\s*(\d+)\s*(DAY|HOUR|MINUTE|SECOND)S?)?$/;

function boundOf(bound: string, toMs: Reader['toMs'], now: Date): number {
  const relative = NOW_AND.exec(bound);
  const [, sign = '+', amount = '0', unit = 'DAY'] = relative ?? [];
  const ms =
    relative === null
      ? toMs(bound)
      : now.getTime() + Number(`${sign}${amount}`) * (UNITS[unit] ?? Number.NaN);
  if (ms === undefined) throw new RangeError(`'range' has ${bound}, which does not fit 'format'`);
  return ms;
}

function rangeOf(property: Property): readonly string[] {
  const bounds = (property('range') ?? '').split(',').map((bound) => bound.trim());
  if (bounds.length !== 2) throw new RangeError("'range' must be a list of two, with a comma between them");
  return bounds;
}

function positive(text: string, name: string): number {
  const number = Number(text.trim());
  if (!Number.isSafeInteger(number) || number < 1)
    throw new RangeError(`'${name}' must be a positive integer`);
  return number;
}
