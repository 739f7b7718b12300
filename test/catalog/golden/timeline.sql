-- timeline last 1h
WITH
  "records" AS (
    SELECT
      CASE
        WHEN "interface_id" <> '-' THEN "interface_id"
      END AS "interface_id",
      "start" AS "start_seconds",
      "end" AS "end_seconds",
      CASE
        WHEN "action" <> '-' THEN "action"
      END AS "action",
      CASE
        WHEN "log_status" <> '-' THEN "log_status"
      END AS "log_status"
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
      "start_seconds",
      "end_seconds",
      "action",
      "log_status"
    FROM
      records
  ),
  "asked" AS (
    SELECT
      "interface_id",
      "end_seconds",
      "action",
      "log_status",
      greatest(start_seconds, 1795341600) - greatest(start_seconds, 1795341600) % 300 AS "bucket"
    FROM
      "flows"
    WHERE
      (coalesce(log_status, '') <> 'OK')
      OR ((TRUE))
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
        WHEN grouping (log_status) = 1 THEN coalesce(
          CAST(
            count(*) FILTER(
              WHERE
                log_status = 'SKIPDATA'
            ) AS varchar
          ),
          ''
        ) || chr(10) || coalesce(
          CAST(
            count(*) FILTER(
              WHERE
                log_status = 'NODATA'
            ) AS varchar
          ),
          ''
        ) || chr(10) || coalesce(
          CAST(
            count(*) FILTER(
              WHERE
                log_status IS NULL
                OR log_status NOT IN ('OK', 'NODATA', 'SKIPDATA', 'NOT RECORDED')
            ) AS varchar
          ),
          ''
        ) || chr(10) || coalesce(CAST(max(end_seconds) AS varchar), '') || chr(10) || coalesce(
          array_join(
            array_sort(
              map_keys(
                histogram(coalesce(interface_id, '-')) FILTER(
                  WHERE
                    log_status = 'SKIPDATA'
                )
              )
            ),
            ','
          ),
          ''
        ) || chr(10) || coalesce(CAST(NULL AS varchar), '')
      END AS "coverage",
      "bucket",
      count(*) FILTER(
        WHERE
          action = 'ACCEPT'
      ) AS "accepted",
      count(*) FILTER(
        WHERE
          action = 'REJECT'
      ) AS "rejected",
      'whole' AS "counted"
    FROM
      asked
    GROUP BY
      GROUPING SETS (("log_status", "bucket"), ())
    HAVING
      (grouping (log_status) = 1)
      OR (log_status = 'OK')
  ),
  "counted" AS (
    SELECT
      *,
      sum(
        CASE
          WHEN "matched" IS NULL THEN "accepted"
          ELSE 0
        END
      ) OVER () AS "total_accepted",
      sum(
        CASE
          WHEN "matched" IS NULL THEN "rejected"
          ELSE 0
        END
      ) OVER () AS "total_rejected"
    FROM
      (
        SELECT
          *
        FROM
          "level_1"
      ) AS marked
  )
SELECT
  "matched",
  TRY_CAST(split_part("coverage", chr(10), 1) AS bigint) AS "skip_data",
  CASE
    WHEN split_part("coverage", chr(10), 5) <> '' THEN split_part("coverage", chr(10), 5)
  END AS "skipped_at",
  TRY_CAST(split_part("coverage", chr(10), 2) AS bigint) AS "no_data",
  TRY_CAST(split_part("coverage", chr(10), 3) AS bigint) AS "other_status",
  TRY_CAST(split_part("coverage", chr(10), 4) AS bigint) AS "newest_end",
  CASE
    WHEN split_part("coverage", chr(10), 6) <> '' THEN split_part("coverage", chr(10), 6)
  END AS "named",
  "total_accepted",
  "total_rejected",
  "bucket",
  "accepted",
  "rejected",
  "counted"
FROM
  "counted"
ORDER BY
  "matched" IS NULL,
  "bucket"
LIMIT
  102
