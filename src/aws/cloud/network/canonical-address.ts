import { parseAddress } from '../../../core/line/read-address.ts';

/** An address as flow logs and answers write it; AWS writes IPv6 in several ways. What is none stays as it is. */
export function canonicalAddress(text: string): string {
  const reading = parseAddress(text);
  return 'value' in reading ? reading.value.text : text;
}
