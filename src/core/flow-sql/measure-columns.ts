import { bytes, count, moment, networkInterface, optionalCount } from '../columns/kinds.ts';

/** What `atOneVantage` tells of each key, but for how many interfaces saw it. */
export const MEASURE_COLUMNS = {
  bytes: bytes(),
  packets: optionalCount('Packets'),
  records: count('Records'),
  first_seen: moment('First seen'),
  last_seen: moment('Last seen'),
  interface_id: networkInterface('Seen at'),
};
