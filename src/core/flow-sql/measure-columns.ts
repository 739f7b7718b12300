import { bytes, count, moment, networkInterface } from '../columns/kinds.ts';

/** The columns of `atOneVantage`'s measures, in its order. */
export const MEASURE_COLUMNS = {
  bytes: bytes(),
  packets: count('Packets'),
  records: count('Records'),
  first_seen: moment('First seen'),
  last_seen: moment('Last seen'),
  interface_id: networkInterface('Seen at'),
};
