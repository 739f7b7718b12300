-- top-talkers last 1h
-- ?1 = ACCEPT
WITH
  "records" AS (
    SELECT
      CASE
        WHEN "interface_id" <> '-' THEN "interface_id"
      END AS "interface_id",
      CASE
        WHEN "srcaddr" <> '-' THEN "srcaddr"
      END AS "srcaddr",
      CASE
        WHEN "dstaddr" <> '-' THEN "dstaddr"
      END AS "dstaddr",
      "packets",
      "bytes",
      "start" AS "start_seconds",
      "end" AS "end_seconds",
      CASE
        WHEN "action" <> '-' THEN "action"
      END AS "action",
      CASE
        WHEN "log_status" <> '-' THEN "log_status"
      END AS "log_status",
      CASE
        WHEN "pkt_srcaddr" <> '-' THEN "pkt_srcaddr"
      END AS "pkt_srcaddr",
      CASE
        WHEN "pkt_dstaddr" <> '-' THEN "pkt_dstaddr"
      END AS "pkt_dstaddr"
    FROM
      "flowlog"."fl_1"
    WHERE
      (
        ("p_account" = '123456789012')
        AND ("p_region" = 'eu-central-1')
        AND ("p_hour" BETWEEN '2026/11/22/10' AND '2026/11/22/11')
      )
      AND ("end" >= 1795341600)
      AND ("start" < 1795345200)
  ),
  "flows" AS (
    SELECT
      "interface_id",
      "packets",
      "bytes",
      "start_seconds",
      "end_seconds",
      "action",
      "log_status",
      coalesce(pkt_srcaddr, srcaddr) AS "source",
      coalesce(pkt_dstaddr, dstaddr) AS "destination"
    FROM
      records
  ),
  "asked" AS (
    SELECT
      "packets",
      "bytes",
      "start_seconds",
      "end_seconds",
      "log_status",
      "source",
      "destination",
      "interface_id"
    FROM
      "flows"
    WHERE
      (coalesce(log_status, '') <> 'OK')
      OR (((action = ?)))
  ),
  "level_1" AS (
    SELECT
      CASE
        WHEN grouping (log_status) = 1 THEN count(*) FILTER(
          WHERE
            log_status = 'OK'
        )
      END AS "matched",
      CASE
        WHEN grouping (log_status) = 1 THEN count(*) FILTER(
          WHERE
            log_status = 'SKIPDATA'
        )
      END AS "skip_data",
      CASE
        WHEN grouping (log_status) = 1 THEN array_join(
          array_sort(
            map_keys(
              histogram(coalesce(interface_id, '-')) FILTER(
                WHERE
                  log_status = 'SKIPDATA'
              )
            )
          ),
          ','
        )
      END AS "skipped_at",
      CASE
        WHEN grouping (log_status) = 1 THEN count(*) FILTER(
          WHERE
            log_status = 'NODATA'
        )
      END AS "no_data",
      CASE
        WHEN grouping (log_status) = 1 THEN count(*) FILTER(
          WHERE
            log_status IS NULL
            OR log_status NOT IN ('OK', 'NODATA', 'SKIPDATA', 'NOT RECORDED')
        )
      END AS "other_status",
      CASE
        WHEN grouping (log_status) = 1 THEN max(end_seconds)
      END AS "newest_end",
      "source",
      "destination",
      "interface_id",
      sum(CAST(bytes AS decimal(38, 0))) AS "bytes",
      sum(CAST(packets AS decimal(38, 0))) AS "packets",
      count(*) AS "records",
      min(start_seconds) AS "first_seen",
      max(end_seconds) AS "last_seen"
    FROM
      asked
    GROUP BY
      GROUPING SETS (("log_status", "source", "destination", "interface_id"), ())
    HAVING
      (grouping (log_status) = 1)
      OR (log_status = 'OK')
  ),
  "level_2" AS (
    SELECT
      "matched",
      "skip_data",
      "skipped_at",
      "no_data",
      "other_status",
      "newest_end",
      "source",
      "destination",
      "interface_id",
      "bytes",
      "packets",
      "records",
      "first_seen",
      "last_seen",
      "interfaces"
    FROM
      (
        SELECT
          "matched",
          "skip_data",
          "skipped_at",
          "no_data",
          "other_status",
          "newest_end",
          "source",
          "destination",
          "interface_id",
          "bytes",
          "packets",
          "records",
          min(first_seen) OVER (
            PARTITION BY
              "matched",
              "source",
              "destination"
          ) AS "first_seen",
          max(last_seen) OVER (
            PARTITION BY
              "matched",
              "source",
              "destination"
          ) AS "last_seen",
          count(*) OVER (
            PARTITION BY
              "matched",
              "source",
              "destination"
          ) AS "interfaces",
          row_number() OVER (
            PARTITION BY
              "matched",
              "source",
              "destination"
            ORDER BY
              bytes DESC,
              records DESC,
              interface_id
          ) AS nth
        FROM
          "level_1"
      ) AS numbered
    WHERE
      nth = 1
  )
SELECT
  "matched",
  "skip_data",
  "skipped_at",
  "no_data",
  "other_status",
  "newest_end",
  "source",
  "destination",
  "bytes",
  "packets",
  "records",
  "first_seen",
  "last_seen",
  "interface_id",
  "interfaces"
FROM
  "level_2"
ORDER BY
  "matched" IS NULL,
  "bytes" DESC,
  "interfaces" DESC,
  "packets" DESC,
  "source",
  "destination"
LIMIT
  102
