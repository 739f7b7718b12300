/** Writes an instant as a line does, to the second: `2026-11-22T13:05Z`, `2026-11-22T13:05:30Z`. */
export function writeMoment(instant: Date): string {
  const [date, time = ''] = instant.toISOString().split('T');
  const seconds = time.slice(5, 8);
  return `${date}T${time.slice(0, 5)}${seconds === ':00' ? '' : seconds}Z`;
}
