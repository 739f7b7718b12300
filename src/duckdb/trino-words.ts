/**
 * The words of Trino (Athena's SQL) that DuckDB lacks or reads otherwise, as macros, so that one SQL text runs on
 * both engines. The engine contract holds each word to what Trino says.
 *
 * IP addresses are text in DuckDB (its `inet` extension would have to be downloaded). `contains(cidr, address)`
 * compares IPv4 as numbers and IPv6 as 32 hex digits; addresses of different families are never contained, and an IPv4
 * address written as IPv6 is none of IPv6. Trino fails or contains them, so statements ask for the family first.
 *
 * @see https://trino.io/docs/current/functions/ipaddress.html
 */
export const TRINO_WORDS: readonly string[] = [
  `SET GLOBAL TimeZone = 'UTC'`,
  // 7 / 2 is 3 in Trino; DuckDB would say 3.5.
  `SET GLOBAL integer_division = true`,
  `CREATE TYPE ipaddress AS VARCHAR`,
  // What is no address becomes NULL on the way, and so does every comparison with it.
  `CREATE MACRO ipv4_part(a, n) AS CAST(TRY_CAST(split_part(a, '.', n) AS UTINYINT) AS UBIGINT)`,
  // A part that begins with 0 is octal to some and decimal to others: to Trino it is no address.
  `CREATE MACRO ipv4_number(a) AS CASE WHEN regexp_full_match(a, '(0|[1-9][0-9]{0,2})([.](0|[1-9][0-9]{0,2})){3}') THEN
     ipv4_part(a, 1) * 16777216 + ipv4_part(a, 2) * 65536 + ipv4_part(a, 3) * 256 + ipv4_part(a, 4) END`,
  // A macro writes its arguments out wherever they are used; lambdas name them once, or planning alone takes 50 ms.
  `CREATE MACRO tail_number(a) AS
     list_transform([regexp_extract(a, '[^:]*$')], lambda tail: ipv4_number(tail))[1]`,
  // The last two groups may be written as an IPv4 address.
  `CREATE MACRO tail_groups(a) AS list_transform([tail_number(a)],
     lambda n: to_hex(n >> 16) || ':' || to_hex(n & 65535))[1]`,
  `CREATE MACRO ipv6_undotted(a) AS
     CASE WHEN strpos(a, '.') = 0 THEN a ELSE regexp_extract(a, '^(.*:)[^:]*$', 1) || tail_groups(a) END`,
  `CREATE MACRO colons_in(a) AS length(a) - length(replace(a, ':', ''))`,
  `CREATE MACRO is_plain_ipv6(a) AS colons_in(a) <= 8 AND regexp_full_match(a,
     '(?i)[0-9a-f]{1,4}(:[0-9a-f]{1,4}){7}|([0-9a-f]{1,4}(:[0-9a-f]{1,4})*)?::([0-9a-f]{1,4}(:[0-9a-f]{1,4})*)?')`,
  // The zeros that :: abbreviates are written out; at either end of the address its empty group counts as one.
  `CREATE MACRO ipv6_filled(a) AS
     CASE WHEN is_plain_ipv6(a) THEN replace(a, '::', ':' || repeat('0:', 8 - colons_in(a))) END`,
  `CREATE MACRO ipv6_group(a, n) AS lpad(split_part(a, ':', n), 4, '0')`,
  `CREATE MACRO ipv6_digits(a) AS lower(ipv6_group(a, 1) || ipv6_group(a, 2) || ipv6_group(a, 3) || ipv6_group(a, 4)
     || ipv6_group(a, 5) || ipv6_group(a, 6) || ipv6_group(a, 7) || ipv6_group(a, 8))`,
  `CREATE MACRO ipv6_hex(a) AS list_transform(list_transform(
     [ipv6_undotted(a)], lambda plain: ipv6_filled(plain)), lambda filled: ipv6_digits(filled))[1]`,
  `CREATE MACRO hex_digit(h, n) AS strpos('0123456789abcdef', substr(h, n, 1)) - 1`,
  `CREATE MACRO digit_prefix(h, bits) AS hex_digit(h, bits // 4 + 1) >> (4 - bits % 4)`,
  `CREATE MACRO hex_prefix_equal(a, b, bits) AS
     left(a, bits // 4) = left(b, bits // 4) AND (bits % 4 = 0 OR digit_prefix(a, bits) = digit_prefix(b, bits))`,
  `CREATE MACRO prefix_bits(c, most) AS list_transform([TRY_CAST(split_part(c, '/', 2) AS INTEGER)],
     lambda bits: CASE WHEN bits BETWEEN 0 AND most THEN bits END)[1]`,
  `CREATE MACRO network_of(c) AS split_part(c, '/', 1)`,
  `CREATE MACRO ipv6_contains(c, a) AS list_transform(
     [{'a': ipv6_hex(a), 'b': ipv6_hex(network_of(c)), 'bits': prefix_bits(c, 128)}],
     lambda x: hex_prefix_equal(x.a, x.b, x.bits) AND NOT starts_with(x.a, '00000000000000000000ffff'))[1]`,
  `CREATE MACRO ipv4_contains(c, a) AS
     (ipv4_number(a) >> (32 - prefix_bits(c, 32))) = (ipv4_number(network_of(c)) >> (32 - prefix_bits(c, 32)))`,
  // Of another family, an address is outside; what is no address is neither inside nor outside.
  `CREATE MACRO contains(c, a) AS CASE
     WHEN a IS NULL OR c IS NULL THEN NULL
     WHEN strpos(c, ':') > 0 AND strpos(a, ':') > 0 THEN ipv6_contains(c, a)
     WHEN strpos(c, ':') > 0 THEN ipv4_number(a) IS NULL AND NULL
     WHEN strpos(a, ':') > 0 THEN ipv6_hex(a) IS NULL AND NULL
     ELSE ipv4_contains(c, a) END`,
  // Trino's greatest and least are NULL when any value is; DuckDB skips NULLs.
  `CREATE MACRO greatest(a, b) AS CASE WHEN a IS NULL OR b IS NULL THEN NULL WHEN a > b THEN a ELSE b END`,
  `CREATE MACRO least(a, b) AS CASE WHEN a IS NULL OR b IS NULL THEN NULL WHEN a < b THEN a ELSE b END`,
  `CREATE MACRO array_join(a, s) AS array_to_string(a, s)`,
  `CREATE MACRO approx_distinct(x) AS approx_count_distinct(x)`,
  `CREATE MACRO bitwise_and(a, b) AS (a & b)`,
];
