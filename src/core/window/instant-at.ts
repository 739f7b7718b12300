/** Past the year 9999 times are no longer written with four digits, and no flow log is from there. */
const LATEST_SECONDS = Date.UTC(9999, 11, 31) / 1000;

/** The instant of epoch seconds as a record has them; undefined for a number that is no time of a flow log. */
export function instantAt(seconds: number): Date | undefined {
  return seconds >= 0 && seconds <= LATEST_SECONDS ? new Date(seconds * 1000) : undefined;
}
