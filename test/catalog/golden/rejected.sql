-- rejected last 1h
-- ?1 = REJECT
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
      "srcport",
      "dstport",
      "protocol",
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
      "tcp_flags",
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
      "srcport",
      "dstport",
      "protocol",
      "packets",
      "bytes",
      "start_seconds",
      "end_seconds",
      "action",
      "log_status",
      coalesce(pkt_srcaddr, srcaddr) AS "source",
      coalesce(pkt_dstaddr, dstaddr) AS "destination",
      CASE
        WHEN protocol NOT IN (6, 17, 33, 132, 136) THEN NULL
        WHEN bitwise_and(tcp_flags, 18) = 2 THEN TRUE
        WHEN bitwise_and(tcp_flags, 18) = 18 THEN FALSE
        ELSE CASE sign(
            CASE
              WHEN srcport IN (21, 22, 23, 25, 53, 67, 69, 80, 88, 110, 123, 143, 161, 179, 389, 443, 445, 465, 514, 587, 636, 993, 995, 1433, 1521, 1883, 2049, 2181, 2375, 2379, 3000, 3306, 3389, 4317, 5432, 5671, 5672, 5900, 5985, 6379, 6443, 9042, 8123, 8200, 8086, 8883, 8182, 8500, 9090, 9092, 9200, 10250, 11211, 27017) THEN 0
              WHEN srcport < 1024 THEN 1
              WHEN srcport < 32768 THEN 2
              WHEN srcport >= 32768 THEN 3
            END - CASE
              WHEN dstport IN (21, 22, 23, 25, 53, 67, 69, 80, 88, 110, 123, 143, 161, 179, 389, 443, 445, 465, 514, 587, 636, 993, 995, 1433, 1521, 1883, 2049, 2181, 2375, 2379, 3000, 3306, 3389, 4317, 5432, 5671, 5672, 5900, 5985, 6379, 6443, 9042, 8123, 8200, 8086, 8883, 8182, 8500, 9090, 9092, 9200, 10250, 11211, 27017) THEN 0
              WHEN dstport < 1024 THEN 1
              WHEN dstport < 32768 THEN 2
              WHEN dstport >= 32768 THEN 3
            END
          )
          WHEN 1 THEN TRUE
          WHEN -1 THEN FALSE
        END
      END AS "sender_asks"
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
      "protocol",
      CASE
        WHEN protocol NOT IN (6, 17, 33, 132, 136) THEN NULL
        WHEN sender_asks THEN dstport
        WHEN NOT sender_asks THEN srcport
        ELSE least(srcport, dstport)
      END AS "port",
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
      "protocol",
      "port",
      "interface_id",
      sum(CAST(bytes AS decimal(38, 0))) AS "bytes",
      sum(CAST(packets AS decimal(38, 0))) AS "packets",
      count(*) AS "records",
      min(start_seconds) AS "first_seen",
      max(end_seconds) AS "last_seen"
    FROM
      asked
    GROUP BY
      GROUPING SETS (("log_status", "source", "destination", "protocol", "port", "interface_id"), ())
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
      "protocol",
      "port",
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
          "protocol",
          "port",
          "interface_id",
          "bytes",
          "packets",
          "records",
          min(first_seen) OVER (
            PARTITION BY
              "matched",
              "source",
              "destination",
              "protocol",
              "port"
          ) AS "first_seen",
          max(last_seen) OVER (
            PARTITION BY
              "matched",
              "source",
              "destination",
              "protocol",
              "port"
          ) AS "last_seen",
          count(*) OVER (
            PARTITION BY
              "matched",
              "source",
              "destination",
              "protocol",
              "port"
          ) AS "interfaces",
          row_number() OVER (
            PARTITION BY
              "matched",
              "source",
              "destination",
              "protocol",
              "port"
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
  ),
  "level_3" AS (
    SELECT
      "matched",
      "skip_data",
      "skipped_at",
      "no_data",
      "other_status",
      "newest_end",
      "source",
      "destination",
      "protocol",
      max_by(port, records * 65536 - coalesce(port, 0)) AS "port",
      count(*) AS "ports",
      sum(CAST(bytes AS decimal(38, 0))) AS "bytes",
      sum(CAST(packets AS decimal(38, 0))) AS "packets",
      CAST(sum(records) AS bigint) AS "records",
      min(first_seen) AS "first_seen",
      max(last_seen) AS "last_seen",
      max_by(interface_id, records * 65536 - coalesce(port, 0)) AS "interface_id"
    FROM
      "level_2"
    GROUP BY
      1,
      2,
      3,
      4,
      5,
      6,
      7,
      8,
      9
  ),
  "counted" AS (
    SELECT
      *,
      sum(
        CASE
          WHEN ("matched" IS NULL)
          AND ("nth_sources" = 1)
          AND ("source" IS NOT NULL) THEN 1
          ELSE 0
        END
      ) OVER () AS "total_sources"
    FROM
      (
        SELECT
          *,
          row_number() OVER (
            PARTITION BY
              "matched",
              "source",
              TRUE
          ) AS "nth_sources"
        FROM
          "level_3"
      ) AS marked
  )
SELECT
  "matched",
  "skip_data",
  "skipped_at",
  "no_data",
  "other_status",
  "newest_end",
  "total_sources",
  "source",
  "destination",
  "protocol",
  "port",
  "ports",
  "bytes",
  "packets",
  "records",
  "first_seen",
  "last_seen",
  "interface_id"
FROM
  "counted"
ORDER BY
  "matched" IS NULL,
  "records" DESC,
  "packets" DESC,
  "source",
  "destination",
  "protocol"
LIMIT
  102
