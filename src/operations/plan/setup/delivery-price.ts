/**
 * What AWS asks for delivering flow logs to S3 in us-east-1: vended logs $0.25 a GB for the first 10 TB of a month, and
 * some $0.03 a GB more for writing Parquet. Other regions ask up to half as much again.
 * @see https://aws.amazon.com/cloudwatch/pricing/ (vended logs)
 */
const DOLLARS_A_GB = { text: 0.25, parquet: 0.28 } as const;

/** A record of thirty fields has some 300 bytes before it is compressed, which is what is billed. */
const BYTES_A_FIELD = 10;
const GB = 1_000_000_000;
const MILLION = 1_000_000;

/** What delivering costs, in words: nobody knows before how much there will be. */
export function deliveryPrice(format: 'text' | 'parquet', fields: number): string {
  const dollars = DOLLARS_A_GB[format];
  const aMillion = ((fields * BYTES_A_FIELD * MILLION) / GB) * dollars;
  return `about $${dollars.toFixed(2)} a GB delivered in us-east-1, which is $${aMillion.toFixed(2)} for a million records, and S3's price for keeping them`;
}
