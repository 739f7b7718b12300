-- why 10.0.1.5 10.0.21.31 last 1h
-- ?1 = 10.0.1.5
-- ?2 = 10.0.1.5
-- ?3 = 10.0.21.31
-- ?4 = 10.0.21.31
-- ?5 = 10.0.21.31
-- ?6 = 10.0.21.31
-- ?7 = 10.0.1.5
-- ?8 = 10.0.1.5
-- ?9 = 10.0.1.5
-- ?10 = 10.0.1.5
-- ?11 = 10.0.1.5
-- ?12 = 10.0.1.5
-- ?13 = 10.0.21.31
-- ?14 = 10.0.21.31
-- ?15 = 10.0.21.31
-- ?16 = 10.0.21.31
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
      CASE
        WHEN "instance_id" <> '-' THEN "instance_id"
      END AS "instance_id",
      "tcp_flags",
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
        WHEN "reject_reason" <> '-' THEN "reject_reason"
      END AS "reject_reason",
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
      "srcport",
      "dstport",
      "protocol",
      "packets",
      "bytes",
      "start_seconds",
      "end_seconds",
      "action",
      "log_status",
      "instance_id",
      "tcp_flags",
      "pkt_srcaddr",
      "pkt_dstaddr",
      "pkt_src_aws_service",
      "pkt_dst_aws_service",
      "flow_direction",
      "ecs_service_name",
      "ecs_task_definition_arn",
      "ecs_task_id",
      "reject_reason",
      "instance_tag",
      "interface_tag",
      "asg_tag",
      "interface_type",
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
      "srcport",
      "dstport",
      "packets",
      "bytes",
      "start_seconds",
      "end_seconds",
      "log_status",
      "sender_asks",
      "interface_id",
      "protocol",
      "action",
      greatest(start_seconds, 1795341600) - greatest(start_seconds, 1795341600) % 60 AS "part",
      CASE
        WHEN (
          (flow_direction = 'egress')
          AND (
            (srcaddr = '10.0.1.5')
            OR (pkt_srcaddr = '10.0.1.5')
          )
        )
        OR (
          (flow_direction = 'ingress')
          AND (
            (dstaddr = '10.0.1.5')
            OR (pkt_dstaddr = '10.0.1.5')
          )
        ) THEN 'a'
        WHEN (
          (flow_direction = 'egress')
          AND (
            (srcaddr = '10.0.21.31')
            OR (pkt_srcaddr = '10.0.21.31')
          )
        )
        OR (
          (flow_direction = 'ingress')
          AND (
            (dstaddr = '10.0.21.31')
            OR (pkt_dstaddr = '10.0.21.31')
          )
        ) THEN 'b'
        ELSE '-'
      END AS "at_end",
      CASE
        WHEN NOT coalesce(
          (
            (
              (
                (srcaddr = '10.0.1.5')
                OR (pkt_srcaddr = '10.0.1.5')
              )
              AND (
                (dstaddr = '10.0.21.31')
                OR (pkt_dstaddr = '10.0.21.31')
              )
            )
            OR (
              (
                (srcaddr = '10.0.21.31')
                OR (pkt_srcaddr = '10.0.21.31')
              )
              AND (
                (dstaddr = '10.0.1.5')
                OR (pkt_dstaddr = '10.0.1.5')
              )
            )
          )
          AND (TRUE),
          FALSE
        ) THEN '-'
        WHEN (
          (srcaddr = '10.0.1.5')
          OR (pkt_srcaddr = '10.0.1.5')
        )
        AND (
          (dstaddr = '10.0.21.31')
          OR (pkt_dstaddr = '10.0.21.31')
        ) THEN 'a'
        ELSE 'b'
      END AS "sender",
      CASE
        WHEN (
          (
            (
              (srcaddr = '10.0.1.5')
              OR (pkt_srcaddr = '10.0.1.5')
            )
            AND (
              (dstaddr = '10.0.21.31')
              OR (pkt_dstaddr = '10.0.21.31')
            )
          )
          OR (
            (
              (srcaddr = '10.0.21.31')
              OR (pkt_srcaddr = '10.0.21.31')
            )
            AND (
              (dstaddr = '10.0.1.5')
              OR (pkt_dstaddr = '10.0.1.5')
            )
          )
        )
        AND (TRUE) THEN CASE
          WHEN protocol NOT IN (6, 17, 33, 132, 136) THEN NULL
          WHEN sender_asks THEN dstport
          WHEN NOT sender_asks THEN srcport
          ELSE least(srcport, dstport)
        END
      END AS "port",
      CASE
        WHEN (
          (
            (
              (srcaddr = '10.0.1.5')
              OR (pkt_srcaddr = '10.0.1.5')
            )
            AND (
              (dstaddr = '10.0.21.31')
              OR (pkt_dstaddr = '10.0.21.31')
            )
          )
          OR (
            (
              (srcaddr = '10.0.21.31')
              OR (pkt_srcaddr = '10.0.21.31')
            )
            AND (
              (dstaddr = '10.0.1.5')
              OR (pkt_dstaddr = '10.0.1.5')
            )
          )
        )
        AND (TRUE) THEN CASE
          WHEN sender_asks THEN 'client'
          WHEN NOT sender_asks THEN 'server'
          ELSE 'unknown'
        END
      END AS "role",
      CASE
        WHEN (
          (
            (
              (srcaddr = '10.0.1.5')
              OR (pkt_srcaddr = '10.0.1.5')
            )
            AND (
              (dstaddr = '10.0.21.31')
              OR (pkt_dstaddr = '10.0.21.31')
            )
          )
          OR (
            (
              (srcaddr = '10.0.21.31')
              OR (pkt_srcaddr = '10.0.21.31')
            )
            AND (
              (dstaddr = '10.0.1.5')
              OR (pkt_dstaddr = '10.0.1.5')
            )
          )
        )
        AND (TRUE) THEN CASE
          WHEN protocol <> 6
          OR tcp_flags IS NULL THEN 'unrecorded'
          WHEN bitwise_and(tcp_flags, 18) = 18 THEN 'accepts'
          WHEN bitwise_and(tcp_flags, 2) = 2 THEN 'opens'
          WHEN bitwise_and(tcp_flags, 4) = 4 THEN 'resets'
          ELSE 'plain'
        END
      END AS "flags",
      CASE
        WHEN (
          (
            (
              (srcaddr = '10.0.1.5')
              OR (pkt_srcaddr = '10.0.1.5')
            )
            AND (
              (dstaddr = '10.0.21.31')
              OR (pkt_dstaddr = '10.0.21.31')
            )
          )
          OR (
            (
              (srcaddr = '10.0.21.31')
              OR (pkt_srcaddr = '10.0.21.31')
            )
            AND (
              (dstaddr = '10.0.1.5')
              OR (pkt_dstaddr = '10.0.1.5')
            )
          )
        )
        AND (TRUE) THEN coalesce(flow_direction, 'unknown')
      END AS "direction",
      CASE
        WHEN (
          (
            (
              (srcaddr = '10.0.1.5')
              OR (pkt_srcaddr = '10.0.1.5')
            )
            AND (
              (dstaddr = '10.0.21.31')
              OR (pkt_dstaddr = '10.0.21.31')
            )
          )
          OR (
            (
              (srcaddr = '10.0.21.31')
              OR (pkt_srcaddr = '10.0.21.31')
            )
            AND (
              (dstaddr = '10.0.1.5')
              OR (pkt_dstaddr = '10.0.1.5')
            )
          )
        )
        AND (TRUE) THEN reject_reason
      END AS "reason",
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
      OR (
        (
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
        OR (
          (
            (flow_direction = 'egress')
            AND (
              (srcaddr = ?)
              OR (pkt_srcaddr = ?)
            )
          )
          OR (
            (flow_direction = 'ingress')
            AND (
              (dstaddr = ?)
              OR (pkt_dstaddr = ?)
            )
          )
        )
        OR (
          (
            (flow_direction = 'egress')
            AND (
              (srcaddr = ?)
              OR (pkt_srcaddr = ?)
            )
          )
          OR (
            (flow_direction = 'ingress')
            AND (
              (dstaddr = ?)
              OR (pkt_dstaddr = ?)
            )
          )
        )
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
      "interface_id",
      "protocol",
      "action",
      "part",
      "at_end",
      "sender",
      "port",
      "role",
      "flags",
      "direction",
      "reason",
      '-' AS "state",
      '-' AS "way",
      count(*) AS "records",
      sum(CAST(packets AS decimal(38, 0))) AS "packets",
      sum(CAST(bytes AS decimal(38, 0))) AS "bytes",
      min(start_seconds) AS "first_seen",
      max(end_seconds) AS "last_seen",
      max(end_seconds - start_seconds) AS "longest",
      min(
        CASE
          WHEN sender_asks THEN srcport
          WHEN NOT sender_asks THEN dstport
        END
      ) AS "lowest_port",
      max(
        CASE
          WHEN sender_asks THEN srcport
          WHEN NOT sender_asks THEN dstport
        END
      ) AS "highest_port"
    FROM
      asked
    GROUP BY
      GROUPING SETS (("log_status", "interface_id", "protocol", "action", "part", "at_end", "sender", "port", "role", "flags", "direction", "reason"), ())
    HAVING
      (grouping (log_status) = 1)
      OR (log_status = 'OK')
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
  "state",
  "way",
  "action",
  "flags",
  "interface_id",
  "records",
  "packets",
  "bytes",
  "first_seen",
  "last_seen",
  "port",
  "protocol",
  "at_end",
  "sender",
  "role",
  "direction",
  "reason",
  "part",
  "longest",
  "lowest_port",
  "highest_port"
FROM
  "level_1"
ORDER BY
  "matched" IS NULL,
  "first_seen",
  "last_seen",
  "part",
  "interface_id",
  "sender",
  "port",
  "protocol",
  "action",
  "role",
  "flags",
  "direction",
  "reason",
  "at_end"
LIMIT
  102
