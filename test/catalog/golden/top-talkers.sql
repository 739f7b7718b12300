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
        WHEN "instance_id" <> '-' THEN "instance_id"
      END AS "instance_id",
      CASE
        WHEN "pkt_srcaddr" <> '-' THEN "pkt_srcaddr"
      END AS "pkt_srcaddr",
      CASE
        WHEN "pkt_dstaddr" <> '-' THEN "pkt_dstaddr"
      END AS "pkt_dstaddr",
      CASE
        WHEN "pkt_src_aws_service" <> '-' THEN "pkt_src_aws_service"
      END AS "pkt_src_aws_service",
      CASE
        WHEN "pkt_dst_aws_service" <> '-' THEN "pkt_dst_aws_service"
      END AS "pkt_dst_aws_service",
      CASE
        WHEN "flow_direction" <> '-' THEN "flow_direction"
      END AS "flow_direction",
      CASE
        WHEN "ecs_service_name" <> '-' THEN "ecs_service_name"
      END AS "ecs_service_name",
      CASE
        WHEN "ecs_task_definition_arn" <> '-' THEN "ecs_task_definition_arn"
      END AS "ecs_task_definition_arn",
      CASE
        WHEN "ecs_task_id" <> '-' THEN "ecs_task_id"
      END AS "ecs_task_id",
      CASE
        WHEN "instance_tag" <> '-' THEN "instance_tag"
      END AS "instance_tag",
      CASE
        WHEN "interface_tag" <> '-' THEN "interface_tag"
      END AS "interface_tag",
      CASE
        WHEN "asg_tag" <> '-' THEN "asg_tag"
      END AS "asg_tag",
      CASE
        WHEN "interface_type" <> '-' THEN "interface_type"
      END AS "interface_type"
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
      "packets",
      "bytes",
      "start_seconds",
      "end_seconds",
      "action",
      "log_status",
      "instance_id",
      "pkt_srcaddr",
      "pkt_dstaddr",
      "pkt_src_aws_service",
      "pkt_dst_aws_service",
      "flow_direction",
      "ecs_service_name",
      "ecs_task_definition_arn",
      "ecs_task_id",
      "instance_tag",
      "interface_tag",
      "asg_tag",
      "interface_type",
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
      "interface_id",
      coalesce(
        CASE
          WHEN flow_direction = 'egress'
          AND coalesce(pkt_srcaddr, srcaddr) = srcaddr THEN srcaddr
          WHEN flow_direction = 'ingress'
          AND coalesce(pkt_dstaddr, dstaddr) = dstaddr THEN dstaddr
        END,
        '-'
      ) || ' ' || coalesce(interface_id, '-') || ' ' || coalesce(instance_id, '-') || ' ' || coalesce(interface_type, '-') || ' ' || coalesce(ecs_service_name, '-') || ' ' || coalesce(ecs_task_definition_arn, '-') || ' ' || coalesce(ecs_task_id, '-') || ' ' || coalesce(replace(replace(replace(interface_tag, ' ', '%20'), ',', '%2C'), ';', '%3B'), '-') || ' ' || coalesce(replace(replace(replace(instance_tag, ' ', '%20'), ',', '%2C'), ';', '%3B'), '-') || ' ' || coalesce(replace(replace(replace(asg_tag, ' ', '%20'), ',', '%2C'), ';', '%3B'), '-') AS "says_owner",
      coalesce(coalesce(pkt_dstaddr, dstaddr) || ' ' || pkt_dst_aws_service, coalesce(pkt_srcaddr, srcaddr) || ' ' || pkt_src_aws_service) AS "says_service"
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
        ) || chr(10) || coalesce(
          coalesce(
            array_join(
              slice(
                array_sort(
                  map_keys(
                    histogram("says_owner") FILTER(
                      WHERE
                        log_status = 'OK'
                        AND "says_owner" IS NOT NULL
                    )
                  )
                ),
                1,
                2000
              ),
              ','
            ),
            ''
          ) || ';' || coalesce(
            array_join(
              slice(
                array_sort(
                  map_keys(
                    histogram("says_service") FILTER(
                      WHERE
                        log_status = 'OK'
                        AND "says_service" IS NOT NULL
                    )
                  )
                ),
                1,
                2000
              ),
              ','
            ),
            ''
          ),
          ''
        )
      END AS "coverage",
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
      *
    FROM
      (
        SELECT
          *,
          sum(bytes) OVER alike AS "to_there",
          count(*) OVER alike AS "senders",
          sum(bytes) OVER alike_2 AS "from_there",
          count(*) OVER alike_2 AS "receivers",
          sum(bytes) OVER alike_3 AS "in_all"
        FROM
          "level_1"
        WINDOW
          alike AS (
            PARTITION BY
              "matched",
              "interface_id",
              "destination"
          ),
          alike_2 AS (
            PARTITION BY
              "matched",
              "interface_id",
              "source"
          ),
          alike_3 AS (
            PARTITION BY
              "matched",
              "interface_id"
          )
      ) AS gathered
  ),
  "level_3" AS (
    SELECT
      "matched",
      "coverage",
      "source",
      "destination",
      "interface_id",
      "bytes",
      "packets",
      "records",
      "first_seen",
      "last_seen",
      "to_there",
      "senders",
      "from_there",
      "receivers",
      "in_all",
      "interfaces"
    FROM
      (
        SELECT
          "matched",
          "coverage",
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
          "to_there",
          "senders",
          "from_there",
          "receivers",
          "in_all",
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
          "level_2"
      ) AS numbered
    WHERE
      nth = 1
  ),
  "level_4" AS (
    SELECT
      *,
      CASE
        WHEN (source LIKE '10.%')
        OR (source LIKE '192.168.%')
        OR (
          (source LIKE '172.%')
          AND (TRY_CAST(split_part(source, '.', 2) AS integer) BETWEEN 16 AND 31)
        )
        OR (
          (source LIKE '100.%')
          AND (TRY_CAST(split_part(source, '.', 2) AS integer) BETWEEN 64 AND 127)
        )
        OR (source LIKE 'fc%')
        OR (source LIKE 'fd%')
        OR (
          (source LIKE '%:%')
          AND (split_part(source, ':', 1) = split_part(destination, ':', 1))
          AND (split_part(source, ':', 2) = split_part(destination, ':', 2))
          AND (split_part(source, ':', 3) = split_part(destination, ':', 3))
        ) THEN TRUE
        ELSE FALSE
      END AS "source_inside",
      CASE
        WHEN (destination LIKE '10.%')
        OR (destination LIKE '192.168.%')
        OR (
          (destination LIKE '172.%')
          AND (TRY_CAST(split_part(destination, '.', 2) AS integer) BETWEEN 16 AND 31)
        )
        OR (
          (destination LIKE '100.%')
          AND (TRY_CAST(split_part(destination, '.', 2) AS integer) BETWEEN 64 AND 127)
        )
        OR (destination LIKE 'fc%')
        OR (destination LIKE 'fd%')
        OR (
          (destination LIKE '%:%')
          AND (split_part(destination, ':', 1) = split_part(source, ':', 1))
          AND (split_part(destination, ':', 2) = split_part(source, ':', 2))
          AND (split_part(destination, ':', 3) = split_part(source, ':', 3))
        ) THEN TRUE
        ELSE FALSE
      END AS "destination_inside"
    FROM
      "level_3"
  ),
  "level_5" AS (
    SELECT
      "matched",
      "coverage",
      "source",
      "destination",
      "interface_id",
      "bytes",
      "packets",
      "records",
      "first_seen",
      "last_seen",
      "interfaces",
      CASE
        WHEN (
          (interfaces = 1)
          AND (source_inside)
          AND (NOT (destination_inside))
          AND (senders > 1)
          AND (abs(bytes * 2 - to_there) * 100 <= to_there)
        )
        OR (
          (interfaces = 1)
          AND (destination_inside)
          AND (NOT (source_inside))
          AND (receivers > 1)
          AND (abs(bytes * 2 - from_there) * 100 <= from_there)
        )
        OR (
          (source_inside)
          AND (receivers > 1)
          AND (abs(from_there * 2 - in_all) * 100 <= in_all)
        ) THEN 'passes on'
        ELSE '-'
      END AS "relay"
    FROM
      "level_4"
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
  "source",
  "destination",
  "bytes",
  "packets",
  "records",
  "first_seen",
  "last_seen",
  "interface_id",
  "interfaces",
  "relay"
FROM
  "level_5"
ORDER BY
  "matched" IS NULL,
  "bytes" DESC,
  "interfaces" DESC,
  "packets" DESC,
  "source",
  "destination"
LIMIT
  102
