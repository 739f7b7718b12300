/** A part of an IPv4 address, as a regular expression. */
const OCTET = '(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])';

/**
 * The words of Trino (Athena's SQL) that DuckDB lacks or reads otherwise, as macros, so that one SQL text runs on
 * both engines. The engine contract holds each word to what Trino says.
 *
 * IP addresses are text in DuckDB (its `inet` extension would have to be downloaded). `contains(cidr, address)`
 * compares them as numbers; addresses of different families are never contained, and an IPv4 address written as IPv6 is
 * none of IPv6. Trino fails or contains them, so statements ask for the family first.
 *
 * @see https://trino.io/docs/current/functions/ipaddress.html
 */
export const TRINO_WORDS: readonly string[] = [
  `SET GLOBAL TimeZone = 'UTC'`,
  // 7 / 2 is 3 in Trino; DuckDB would say 3.5.
  `SET GLOBAL integer_division = true`,
  `CREATE TYPE ipaddress AS VARCHAR`,
  // A macro writes its arguments out wherever they are used: lists and lambdas name them once, or planning one
  // `contains` takes 30 ms. A part that begins with 0 is octal to some and decimal to others: to Trino it is no address.
  `CREATE MACRO ipv4_number(a) AS CASE WHEN regexp_full_match(a, '${OCTET}([.]${OCTET}){3}') THEN
     list_reduce(CAST(string_split(a, '.') AS UBIGINT[]), lambda number, part: number * 256 + part) END`,
  // The last two groups may be written as an IPv4 address.
  `CREATE MACRO ipv6_undotted(a) AS CASE WHEN strpos(a, '.') = 0 THEN a ELSE list_transform(
     [ipv4_number(regexp_extract(a, '[^:]*$'))],
     lambda tail: regexp_extract(a, '^.*:') || to_hex(tail >> 16) || ':' || to_hex(tail & 65535))[1] END`,
  `CREATE MACRO colons_in(a) AS length(a) - length(replace(a, ':', ''))`,
  // The zeros that :: abbreviates are written out; at either end of the address its empty group counts as one.
  `CREATE MACRO ipv6_filled(a) AS CASE WHEN colons_in(a) <= 8 AND regexp_full_match(a,
     '(?i)[0-9a-f]{1,4}(:[0-9a-f]{1,4}){7}|([0-9a-f]{1,4}(:[0-9a-f]{1,4})*)?::([0-9a-f]{1,4}(:[0-9a-f]{1,4})*)?')
     THEN replace(a, '::', ':' || repeat('0:', 8 - colons_in(a))) END`,
  `CREATE MACRO ipv6_number(a) AS list_transform([ipv6_undotted(a)], lambda plain: list_reduce(
     list_transform(string_split(ipv6_filled(plain), ':'), lambda part: CAST(CAST('0x0' || part AS UINTEGER) AS UHUGEINT)),
     lambda number, part: number * 65536 + part))[1]`,
  `CREATE MACRO prefix_bits(c, most) AS
     CASE WHEN TRY_CAST(split_part(c, '/', 2) AS UTINYINT) <= most THEN CAST(split_part(c, '/', 2) AS INTEGER) END`,
  `CREATE MACRO network_of(c) AS split_part(c, '/', 1)`,
  `CREATE MACRO ipv4_contains(c, a) AS
     xor(ipv4_number(a), ipv4_number(network_of(c))) >> CAST(32 - prefix_bits(c, 32) AS UBIGINT) = 0`,
  // What is no address is neither inside nor outside; what is one of another family is outside.
  `CREATE MACRO contains(c, a) AS CASE
     WHEN a IS NULL OR c IS NULL THEN NULL
     WHEN strpos(a, ':') = 0 AND strpos(c, ':') = 0 THEN ipv4_contains(c, a)
     WHEN strpos(a, ':') = 0 THEN ipv4_number(a) IS NULL AND NULL
     ELSE list_transform(
       [{'number': ipv6_number(a), 'network': ipv6_number(network_of(c))}],
       lambda x: CASE
         WHEN strpos(c, ':') = 0 THEN x.number IS NULL AND NULL
         ELSE xor(x.number, x.network) >> CAST(128 - prefix_bits(c, 128) AS UHUGEINT) = 0
           AND x.number >> CAST(32 AS UHUGEINT) <> 65535 END)[1] END`,
  // Trino's greatest and least are NULL when any value is; DuckDB skips NULLs.
  `CREATE MACRO greatest(a, b) AS CASE WHEN a IS NULL OR b IS NULL THEN NULL WHEN a > b THEN a ELSE b END`,
  `CREATE MACRO least(a, b) AS CASE WHEN a IS NULL OR b IS NULL THEN NULL WHEN a < b THEN a ELSE b END`,
  `CREATE MACRO array_join(a, s) AS array_to_string(a, s)`,
  `CREATE MACRO slice(a, first, amount) AS array_slice(a, first, first + amount - 1)`,
  // Of a list DuckDB has no such word; past its end both are NULL.
  `CREATE MACRO element_at(a, place) AS a[place]`,
  `CREATE MACRO to_unixtime(instant) AS epoch(instant)`,
  `CREATE MACRO approx_distinct(x) AS approx_count_distinct(x)`,
  `CREATE MACRO bitwise_and(a, b) AS (a & b)`,
];
