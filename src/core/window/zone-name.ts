/** Each knows the short names of its own part of the world; the rest it writes as an offset. */
const LOCALES: readonly string[] = ['en-GB', 'en-US', 'en-AU', 'en-IN', 'en-ZA', 'en-SG', 'ja-JP'];

/** Making a format takes a hundred times as long as using it, and a table shows hundreds of moments. */
const formats = new Map<string, readonly Intl.DateTimeFormat[]>();

/** The short name of a time zone at an instant: `CET`, `EDT`, `JST`, or its offset as `UTC+5:45`. */
export function zoneName(instant: Date, zone: string): string {
  let name = '';
  for (const format of formatsOf(zone)) {
    name = format.formatToParts(instant).find(({ type }) => type === 'timeZoneName')?.value ?? '';
    if (/^[A-Z]{2,5}$/.test(name)) return name;
  }
  return name.replace(/^GMT/, 'UTC');
}

function formatsOf(zone: string): readonly Intl.DateTimeFormat[] {
  const known = formats.get(zone);
  if (known) return known;
  const made = LOCALES.map(
    (locale) => new Intl.DateTimeFormat(locale, { timeZone: zone, timeZoneName: 'short' }),
  );
  formats.set(zone, made);
  return made;
}
