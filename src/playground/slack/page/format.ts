/** Time of day in a time zone: `14:05`. */
export function formatTime(seconds: number, timeZone: string): string {
  return new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit' }).format(
    seconds * 1000,
  );
}

/** Day and time of day in a time zone, with the zone's name. */
export function formatDateTime(seconds: number, timeZone: string): string {
  const parts = {
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
    timeZoneName: 'short',
  } as const;
  return new Intl.DateTimeFormat('en-GB', { timeZone, ...parts }).format(seconds * 1000);
}

/** An instant as a format of Slack's says: `{date_short_pretty} {time_secs}`; tokens that are not played are left out. */
export function formatDateTokens(seconds: number, format: string, timeZone: string): string {
  const written = (parts: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat('en-GB', { timeZone, ...parts }).format(seconds * 1000);
  const minutes = { hour: '2-digit', minute: '2-digit' } as const;
  const tokens: Readonly<Record<string, () => string>> = {
    time: () => written(minutes),
    time_secs: () => written({ ...minutes, second: '2-digit' }),
    date_short_pretty: () => written({ day: 'numeric', month: 'short' }),
    date_num: () => new Date(seconds * 1000).toISOString().slice(0, 10),
  };
  return format.replace(/\{(\w+)\}/g, (_, name: string) => tokens[name]?.() ?? '').trim();
}

/** A day in a time zone: `Monday, 23 November`. */
export function formatDay(seconds: number, timeZone: string): string {
  return new Intl.DateTimeFormat('en-GB', {
    timeZone,
    weekday: 'long',
    day: 'numeric',
    month: 'long',
  }).format(seconds * 1000);
}

/** A size that people can read: `12 kB`. */
export function formatBytes(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB'];
  const power = Math.min(bytes > 0 ? Math.floor(Math.log10(bytes) / 3) : 0, units.length - 1);
  return `${Number((bytes / 1000 ** power).toFixed(1))} ${units[power]}`;
}
