-- between 10.0.1.5 10.0.2.7 last 1h
-- ?1 = 10.0.1.5
-- ?2 = 10.0.1.5
-- ?3 = 10.0.2.7
-- ?4 = 10.0.2.7
-- ?5 = 10.0.2.7
-- ?6 = 10.0.2.7
-- ?7 = 10.0.1.5
-- ?8 = 10.0.1.5
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
      "srcaddr",
      "dstaddr",
      "srcport",
      "dstport",
      "protocol",
      "packets",
      "bytes",
      "start_seconds",
      "end_seconds",
      "action",
      "log_status",
      "tcp_flags",
      "pkt_srcaddr",
      "pkt_dstaddr",
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
      "tcp_flags",
      "source",
      "destination",
      "protocol",
      "action",
      CASE
        WHEN sender_asks THEN 'request'
        WHEN NOT sender_asks THEN 'reply'
        ELSE 'unknown'
      END AS "way",
      CASE
        WHEN protocol NOT IN (6, 17, 33, 132, 136) THEN NULL
        WHEN sender_asks THEN dstport
        WHEN NOT sender_asks THEN srcport
        ELSE least(srcport, dstport)
      END AS "port",
      coalesce(
        (srcaddr = '10.0.1.5')
        OR (pkt_srcaddr = '10.0.1.5'),
        FALSE
      ) AS "from_a",
      "interface_id"
    FROM
      "flows"
    WHERE
      (coalesce(log_status, '') <> 'OK')
      OR (
        (
          (
            (
              (srcaddr = ?)
              OR (pkt_srcaddr = ?)
            )
            AND (
              (dstaddr = ?)
              OR (pkt_dstaddr = ?)
            )
          )
          OR (
            (
              (srcaddr = ?)
              OR (pkt_srcaddr = ?)
            )
            AND (
              (dstaddr = ?)
              OR (pkt_dstaddr = ?)
            )
          )
        )
        AND (TRUE)
      )
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
      "action",
      "way",
      "port",
      "from_a",
      "interface_id",
      sum(CAST(bytes AS decimal(38, 0))) AS "bytes",
      sum(CAST(packets AS decimal(38, 0))) AS "packets",
      count(*) AS "records",
      min(start_seconds) AS "first_seen",
      max(end_seconds) AS "last_seen",
      count(*) FILTER(
        WHERE
          bitwise_and(tcp_flags, 6) = 4
      ) AS "resets"
    FROM
      asked
    GROUP BY
      GROUPING SETS (("log_status", "source", "destination", "protocol", "action", "way", "port", "from_a", "interface_id"), ())
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
      "action",
      "way",
      "port",
      "from_a",
      "interface_id",
      "bytes",
      "packets",
      "records",
      "first_seen",
      "last_seen",
      "resets",
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
          "action",
          "way",
          "port",
          "from_a",
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
              "action",
              "way",
              "port",
              "from_a"
          ) AS "first_seen",
          max(last_seen) OVER (
            PARTITION BY
              "matched",
              "source",
              "destination",
              "protocol",
              "action",
              "way",
              "port",
              "from_a"
          ) AS "last_seen",
          "resets",
          count(*) OVER (
            PARTITION BY
              "matched",
              "source",
              "destination",
              "protocol",
              "action",
              "way",
              "port",
              "from_a"
          ) AS "interfaces",
          row_number() OVER (
            PARTITION BY
              "matched",
              "source",
              "destination",
              "protocol",
              "action",
              "way",
              "port",
              "from_a"
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
  "counted" AS (
    SELECT
      *,
      sum(
        CASE
          WHEN ("matched" IS NULL)
          AND (
            (way = 'request')
            AND (action = 'ACCEPT')
          ) THEN 1
          ELSE 0
        END
      ) OVER () AS "total_accepted",
      sum(
        CASE
          WHEN ("matched" IS NULL)
          AND (
            (way <> 'reply')
            AND (action = 'REJECT')
          ) THEN 1
          ELSE 0
        END
      ) OVER () AS "total_rejected",
      sum(
        CASE
          WHEN ("matched" IS NULL)
          AND (
            (way = 'reply')
            AND (action = 'ACCEPT')
            AND (resets < records)
          ) THEN 1
          ELSE 0
        END
      ) OVER () AS "total_replies",
      sum(
        CASE
          WHEN ("matched" IS NULL)
          AND (
            (way = 'reply')
            AND (action = 'ACCEPT')
            AND (resets = records)
          ) THEN 1
          ELSE 0
        END
      ) OVER () AS "total_refusals",
      sum(
        CASE
          WHEN ("matched" IS NULL)
          AND (
            (way = 'reply')
            AND (action = 'REJECT')
          ) THEN 1
          ELSE 0
        END
      ) OVER () AS "total_rejected_replies",
      sum(
        CASE
          WHEN ("matched" IS NULL)
          AND (
            (way = 'unknown')
            AND (action = 'ACCEPT')
            AND (from_a)
          ) THEN 1
          ELSE 0
        END
      ) OVER () AS "total_thither",
      sum(
        CASE
          WHEN ("matched" IS NULL)
          AND (
            (way = 'unknown')
            AND (action = 'ACCEPT')
            AND (NOT from_a)
          ) THEN 1
          ELSE 0
        END
      ) OVER () AS "total_hither",
      min(
        CASE
          WHEN ("matched" IS NULL)
          AND (
            (way = 'reply')
            AND (action = 'ACCEPT')
            AND (resets < records)
          ) THEN "first_seen"
        END
      ) OVER () AS "total_answered_from",
      max(
        CASE
          WHEN ("matched" IS NULL)
          AND (
            (way = 'reply')
            AND (action = 'ACCEPT')
            AND (resets < records)
          ) THEN "last_seen"
        END
      ) OVER () AS "total_answered_to",
      min(
        CASE
          WHEN ("matched" IS NULL)
          AND (action = 'REJECT') THEN "first_seen"
        END
      ) OVER () AS "total_rejected_from",
      max(
        CASE
          WHEN ("matched" IS NULL)
          AND (action = 'REJECT') THEN "last_seen"
        END
      ) OVER () AS "total_rejected_to"
    FROM
      (
        SELECT
          *
        FROM
          "level_2"
      ) AS marked
  )
SELECT
  "matched",
  "skip_data",
  "skipped_at",
  "no_data",
  "other_status",
  "newest_end",
  "total_accepted",
  "total_rejected",
  "total_replies",
  "total_refusals",
  "total_rejected_replies",
  "total_thither",
  "total_hither",
  "total_answered_from",
  "total_answered_to",
  "total_rejected_from",
  "total_rejected_to",
  "source",
  "destination",
  "way",
  "port",
  "protocol",
  "action",
  "bytes",
  "packets",
  "records",
  "first_seen",
  "last_seen",
  "interface_id",
  "resets"
FROM
  "counted"
ORDER BY
  "matched" IS NULL,
  "port",
  "protocol",
  "source",
  "destination",
  "way" DESC,
  "action"
LIMIT
  102
