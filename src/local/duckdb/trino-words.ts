/**
 * The words of Trino (Athena's SQL) that DuckDB lacks or reads otherwise, as macros, so that one SQL text runs on
 * both engines. Only what canned queries use is here.
 *
 * IP addresses are text in DuckDB (its `inet` extension would have to be downloaded). `contains(cidr, address)`
 * compares IPv4 as numbers and IPv6 as 32 hex digits; different families are never contained, as in Trino.
 *
 * @see https://trino.io/docs/current/functions/ipaddress.html
 */
export const TRINO_WORDS: readonly string[] = [
  `SET GLOBAL TimeZone = 'UTC'`,
  // 7 / 2 is 3 in Trino; DuckDB would say 3.5.
  `SET GLOBAL integer_division = true`,
  `CREATE TYPE ipaddress AS VARCHAR`,
  `CREATE MACRO ipv4_part(a, n) AS TRY_CAST(split_part(a, '.', n) AS UBIGINT)`,
  `CREATE MACRO ipv4_number(a) AS
     ipv4_part(a, 1) * 16777216 + ipv4_part(a, 2) * 65536 + ipv4_part(a, 3) * 256 + ipv4_part(a, 4)`,
  `CREATE MACRO ipv6_groups(half) AS CASE WHEN half = '' THEN []::VARCHAR[] ELSE string_split(half, ':') END`,
  `CREATE MACRO ipv6_filled(front, back) AS
     list_concat(front, list_resize([]::VARCHAR[], 8 - len(front) - len(back), '0'), back)`,
  `CREATE MACRO ipv6_hex(a) AS array_to_string(list_transform(
     CASE WHEN strpos(a, '::') > 0
       THEN ipv6_filled(ipv6_groups(split_part(a, '::', 1)), ipv6_groups(split_part(a, '::', 2)))
       ELSE string_split(a, ':') END,
     lambda g: lpad(lower(g), 4, '0')), '')`,
  `CREATE MACRO hex_digit(h, n) AS strpos('0123456789abcdef', substr(h, n, 1)) - 1`,
  `CREATE MACRO hex_prefix_equal(a, b, bits) AS
     left(a, bits // 4) = left(b, bits // 4)
     AND (bits % 4 = 0 OR (hex_digit(a, bits // 4 + 1) >> (4 - bits % 4)) = (hex_digit(b, bits // 4 + 1) >> (4 - bits % 4)))`,
  `CREATE MACRO prefix_bits(c) AS CAST(split_part(c, '/', 2) AS INTEGER)`,
  `CREATE MACRO network_of(c) AS split_part(c, '/', 1)`,
  `CREATE MACRO contains(c, a) AS CASE
     WHEN a IS NULL THEN NULL
     WHEN (strpos(a, ':') > 0) <> (strpos(c, ':') > 0) THEN FALSE
     WHEN strpos(c, ':') > 0 THEN hex_prefix_equal(ipv6_hex(a), ipv6_hex(network_of(c)), prefix_bits(c))
     ELSE (ipv4_number(a) >> (32 - prefix_bits(c))) = (ipv4_number(network_of(c)) >> (32 - prefix_bits(c))) END`,
  // Trino's greatest and least are NULL when any value is; DuckDB skips NULLs.
  `CREATE MACRO greatest(a, b) AS CASE WHEN a IS NULL OR b IS NULL THEN NULL WHEN a > b THEN a ELSE b END`,
  `CREATE MACRO least(a, b) AS CASE WHEN a IS NULL OR b IS NULL THEN NULL WHEN a < b THEN a ELSE b END`,
  `CREATE MACRO approx_distinct(x) AS approx_count_distinct(x)`,
  `CREATE MACRO bitwise_and(a, b) AS (a & b)`,
];
