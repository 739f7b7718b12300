-- who 10.0.1.5 last 1h
-- ?1 = 10.0.1.5
-- ?2 = 10.0.1.5
-- ?3 = 10.0.1.5
-- ?4 = 10.0.1.5
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
        WHEN "vpc_id" <> '-' THEN "vpc_id"
      END AS "vpc_id",
      CASE
        WHEN "subnet_id" <> '-' THEN "subnet_id"
      END AS "subnet_id",
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
      "bytes",
      "start_seconds",
      "end_seconds",
      "action",
      "log_status",
      "vpc_id",
      "subnet_id",
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
      "instance_tag",
      "interface_tag",
      "asg_tag",
      "interface_type",
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
      "srcaddr",
      "dstaddr",
      "bytes",
      "start_seconds",
      "end_seconds",
      "action",
      "log_status",
      "vpc_id",
      "subnet_id",
      "instance_id",
      "tcp_flags",
      "pkt_srcaddr",
      "pkt_dstaddr",
      "pkt_src_aws_service",
      "pkt_dst_aws_service",
      "flow_direction",
      "source",
      "destination",
      "sender_asks",
      "protocol",
      "interface_id",
      CASE
        WHEN protocol NOT IN (6, 17, 33, 132, 136) THEN NULL
        WHEN sender_asks THEN dstport
        WHEN NOT sender_asks THEN srcport
        ELSE least(srcport, dstport)
      END AS "port",
      CASE
        WHEN NOT coalesce(source = '10.0.1.5', FALSE)
        AND NOT coalesce(destination = '10.0.1.5', FALSE) THEN 'passes on'
        WHEN sender_asks IS NULL THEN 'unknown'
        WHEN coalesce(source = '10.0.1.5', FALSE) = sender_asks THEN 'opens'
        ELSE 'listens'
      END AS "side",
      CASE
        WHEN coalesce(source = '10.0.1.5', FALSE) THEN destination
        WHEN coalesce(destination = '10.0.1.5', FALSE) THEN source
        WHEN (srcaddr = '10.0.1.5')
        OR (pkt_srcaddr = '10.0.1.5') THEN destination
        ELSE source
      END AS "peer",
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
          (srcaddr = ?)
          OR (pkt_srcaddr = ?)
        )
        OR (
          (dstaddr = ?)
          OR (pkt_dstaddr = ?)
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
      "protocol",
      "interface_id",
      "port",
      "side",
      "peer",
      sum(CAST(bytes AS decimal(38, 0))) AS "bytes",
      count(*) AS "records",
      min(start_seconds) AS "first_seen",
      max(end_seconds) AS "last_seen",
      max(
        CASE
          WHEN action = 'ACCEPT'
          AND coalesce(sender_asks, TRUE) THEN end_seconds
        END
      ) AS "last_asked",
      max(
        CASE
          WHEN action = 'ACCEPT'
          AND NOT coalesce(sender_asks, TRUE)
          AND NOT coalesce(bitwise_and(tcp_flags, 6) = 4, FALSE) THEN end_seconds
        END
      ) AS "last_answered",
      max(
        CASE
          WHEN action = 'ACCEPT'
          AND NOT coalesce(sender_asks, TRUE)
          AND coalesce(bitwise_and(tcp_flags, 6) = 4, FALSE) THEN end_seconds
        END
      ) AS "last_refused",
      max(
        CASE
          WHEN action = 'REJECT'
          AND coalesce(sender_asks, TRUE)
          AND NOT coalesce(
            bitwise_and(tcp_flags, 2) = 0
            AND protocol = 6,
            FALSE
          ) THEN end_seconds
        END
      ) AS "last_rejected",
      max(
        CASE
          WHEN action = 'REJECT'
          AND NOT coalesce(sender_asks, TRUE)
          AND NOT coalesce(
            bitwise_and(tcp_flags, 2) = 0
            AND protocol = 6,
            FALSE
          ) THEN end_seconds
        END
      ) AS "last_unreturned",
      max(
        CASE
          WHEN NOT coalesce(sender_asks, TRUE)
          AND (
            tcp_flags IS NOT NULL
            OR NOT protocol = 6
          ) THEN 1
          ELSE 0
        END
      ) AS "confirmed",
      max(
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
          ) THEN interface_id
        END
      ) AS "at_interface",
      min(
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
          ) THEN interface_id
        END
      ) AS "other_interface",
      max(
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
          ) THEN instance_id
        END
      ) AS "instance",
      max(
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
          ) THEN subnet_id
        END
      ) AS "subnet",
      max(
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
          ) THEN vpc_id
        END
      ) AS "vpc",
      max(
        CASE
          WHEN coalesce(source = '10.0.1.5', FALSE) THEN pkt_src_aws_service
          WHEN coalesce(destination = '10.0.1.5', FALSE) THEN pkt_dst_aws_service
        END
      ) AS "aws_service"
    FROM
      asked
    GROUP BY
      GROUPING SETS (("log_status", "protocol", "interface_id", "port", "side", "peer"), ())
    HAVING
      (grouping (log_status) = 1)
      OR (log_status = 'OK')
  ),
  "level_2" AS (
    SELECT
      "matched",
      "coverage",
      "protocol",
      "interface_id",
      "port",
      "side",
      "peer",
      "bytes",
      "records",
      "first_seen",
      "last_seen",
      "last_asked",
      "last_answered",
      "last_refused",
      "last_rejected",
      "last_unreturned",
      "confirmed",
      "at_interface",
      "other_interface",
      "instance",
      "subnet",
      "vpc",
      "aws_service",
      "interfaces"
    FROM
      (
        SELECT
          "matched",
          "coverage",
          "protocol",
          "interface_id",
          "port",
          "side",
          "peer",
          "bytes",
          "records",
          min(first_seen) OVER (
            PARTITION BY
              "matched",
              "side",
              "port",
              "protocol",
              "peer"
          ) AS "first_seen",
          max(last_seen) OVER (
            PARTITION BY
              "matched",
              "side",
              "port",
              "protocol",
              "peer"
          ) AS "last_seen",
          max("last_asked") OVER (
            PARTITION BY
              "matched",
              "side",
              "port",
              "protocol",
              "peer"
          ) AS "last_asked",
          max("last_answered") OVER (
            PARTITION BY
              "matched",
              "side",
              "port",
              "protocol",
              "peer"
          ) AS "last_answered",
          max("last_refused") OVER (
            PARTITION BY
              "matched",
              "side",
              "port",
              "protocol",
              "peer"
          ) AS "last_refused",
          max("last_rejected") OVER (
            PARTITION BY
              "matched",
              "side",
              "port",
              "protocol",
              "peer"
          ) AS "last_rejected",
          max("last_unreturned") OVER (
            PARTITION BY
              "matched",
              "side",
              "port",
              "protocol",
              "peer"
          ) AS "last_unreturned",
          max("confirmed") OVER (
            PARTITION BY
              "matched",
              "side",
              "port",
              "protocol",
              "peer"
          ) AS "confirmed",
          max("at_interface") OVER (
            PARTITION BY
              "matched",
              "side",
              "port",
              "protocol",
              "peer"
          ) AS "at_interface",
          min("other_interface") OVER (
            PARTITION BY
              "matched",
              "side",
              "port",
              "protocol",
              "peer"
          ) AS "other_interface",
          max("instance") OVER (
            PARTITION BY
              "matched",
              "side",
              "port",
              "protocol",
              "peer"
          ) AS "instance",
          max("subnet") OVER (
            PARTITION BY
              "matched",
              "side",
              "port",
              "protocol",
              "peer"
          ) AS "subnet",
          max("vpc") OVER (
            PARTITION BY
              "matched",
              "side",
              "port",
              "protocol",
              "peer"
          ) AS "vpc",
          max("aws_service") OVER (
            PARTITION BY
              "matched",
              "side",
              "port",
              "protocol",
              "peer"
          ) AS "aws_service",
          count(*) OVER (
            PARTITION BY
              "matched",
              "side",
              "port",
              "protocol",
              "peer"
          ) AS "interfaces",
          row_number() OVER (
            PARTITION BY
              "matched",
              "side",
              "port",
              "protocol",
              "peer"
            ORDER BY
              coalesce(bytes, 0) DESC,
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
      "coverage",
      CASE
        WHEN (
          NOT (
            last_answered IS NOT NULL
            OR last_unreturned IS NOT NULL
            OR (
              side = 'unknown'
              AND last_asked IS NOT NULL
            )
          )
        )
        AND (
          (side = 'listens')
          AND (
            NOT (
              ("peer" LIKE '10.%')
              OR ("peer" LIKE '192.168.%')
              OR (
                ("peer" LIKE '172.%')
                AND (TRY_CAST(split_part("peer", '.', 2) AS integer) BETWEEN 16 AND 31)
              )
              OR (
                ("peer" LIKE '100.%')
                AND (TRY_CAST(split_part("peer", '.', 2) AS integer) BETWEEN 64 AND 127)
              )
              OR ("peer" LIKE 'fc%')
              OR ("peer" LIKE 'fd%')
              OR (
                ("peer" LIKE '%:%')
                AND (split_part("peer", ':', 1) = split_part('10.0.1.5', ':', 1))
                AND (split_part("peer", ':', 2) = split_part('10.0.1.5', ':', 2))
                AND (split_part("peer", ':', 3) = split_part('10.0.1.5', ':', 3))
              )
            )
          )
        ) THEN concat('strange ', side)
        ELSE side
      END AS "side",
      CASE
        WHEN NOT (
          (
            NOT (
              last_answered IS NOT NULL
              OR last_unreturned IS NOT NULL
              OR (
                side = 'unknown'
                AND last_asked IS NOT NULL
              )
            )
          )
          AND (
            (side = 'listens')
            AND (
              NOT (
                ("peer" LIKE '10.%')
                OR ("peer" LIKE '192.168.%')
                OR (
                  ("peer" LIKE '172.%')
                  AND (TRY_CAST(split_part("peer", '.', 2) AS integer) BETWEEN 16 AND 31)
                )
                OR (
                  ("peer" LIKE '100.%')
                  AND (TRY_CAST(split_part("peer", '.', 2) AS integer) BETWEEN 64 AND 127)
                )
                OR ("peer" LIKE 'fc%')
                OR ("peer" LIKE 'fd%')
                OR (
                  ("peer" LIKE '%:%')
                  AND (split_part("peer", ':', 1) = split_part('10.0.1.5', ':', 1))
                  AND (split_part("peer", ':', 2) = split_part('10.0.1.5', ':', 2))
                  AND (split_part("peer", ':', 3) = split_part('10.0.1.5', ':', 3))
                )
              )
            )
          )
        ) THEN "port"
      END AS "port",
      CASE
        WHEN NOT (
          (
            NOT (
              last_answered IS NOT NULL
              OR last_unreturned IS NOT NULL
              OR (
                side = 'unknown'
                AND last_asked IS NOT NULL
              )
            )
          )
          AND (
            (side = 'listens')
            AND (
              NOT (
                ("peer" LIKE '10.%')
                OR ("peer" LIKE '192.168.%')
                OR (
                  ("peer" LIKE '172.%')
                  AND (TRY_CAST(split_part("peer", '.', 2) AS integer) BETWEEN 16 AND 31)
                )
                OR (
                  ("peer" LIKE '100.%')
                  AND (TRY_CAST(split_part("peer", '.', 2) AS integer) BETWEEN 64 AND 127)
                )
                OR ("peer" LIKE 'fc%')
                OR ("peer" LIKE 'fd%')
                OR (
                  ("peer" LIKE '%:%')
                  AND (split_part("peer", ':', 1) = split_part('10.0.1.5', ':', 1))
                  AND (split_part("peer", ':', 2) = split_part('10.0.1.5', ':', 2))
                  AND (split_part("peer", ':', 3) = split_part('10.0.1.5', ':', 3))
                )
              )
            )
          )
        ) THEN "protocol"
      END AS "protocol",
      "peer",
      max(
        CASE
          WHEN (
            last_answered IS NOT NULL
            OR last_unreturned IS NOT NULL
            OR (
              side = 'unknown'
              AND last_asked IS NOT NULL
            )
          ) THEN 1
          ELSE 0
        END
      ) AS "answered",
      max(
        CASE
          WHEN ("peer" LIKE '10.%')
          OR ("peer" LIKE '192.168.%')
          OR (
            ("peer" LIKE '172.%')
            AND (TRY_CAST(split_part("peer", '.', 2) AS integer) BETWEEN 16 AND 31)
          )
          OR (
            ("peer" LIKE '100.%')
            AND (TRY_CAST(split_part("peer", '.', 2) AS integer) BETWEEN 64 AND 127)
          )
          OR ("peer" LIKE 'fc%')
          OR ("peer" LIKE 'fd%')
          OR (
            ("peer" LIKE '%:%')
            AND (split_part("peer", ':', 1) = split_part('10.0.1.5', ':', 1))
            AND (split_part("peer", ':', 2) = split_part('10.0.1.5', ':', 2))
            AND (split_part("peer", ':', 3) = split_part('10.0.1.5', ':', 3))
          ) THEN 1
          ELSE 0
        END
      ) AS "inside",
      CASE
        WHEN coalesce(max("last_rejected"), 0) > 0
        AND coalesce(max("last_rejected"), 0) >= coalesce(max("last_answered"), 0) THEN 'rejected'
        WHEN max(side) IN ('unknown', 'passes on') THEN 'unknown'
        WHEN coalesce(max("last_unreturned"), 0) > 0
        AND coalesce(max("last_unreturned"), 0) >= coalesce(max("last_answered"), 0) THEN 'reply rejected'
        WHEN coalesce(max("last_refused"), 0) > 0
        AND coalesce(max("last_refused"), 0) >= coalesce(max("last_answered"), 0) THEN 'refused'
        WHEN coalesce(max("last_answered"), 0) > 0
        AND coalesce(max("last_asked"), 0) <= coalesce(max("last_answered"), 0) + 120 THEN 'answered'
        WHEN coalesce(max("last_asked"), 0) > 0
        AND min(protocol) = 6
        AND max(protocol) = 6 THEN 'unanswered'
        ELSE 'unknown'
      END AS "peer_state",
      count(*) AS "ports",
      sum(CAST(bytes AS decimal(38, 0))) AS "bytes",
      CAST(sum(records) AS bigint) AS "records",
      max(confirmed) AS "confirmed",
      min(first_seen) AS "first_seen",
      max(last_seen) AS "last_seen",
      max("at_interface") AS "at_interface",
      min("other_interface") AS "other_interface",
      max("instance") AS "instance",
      max("subnet") AS "subnet",
      max("vpc") AS "vpc",
      max("aws_service") AS "aws_service"
    FROM
      "level_2"
    GROUP BY
      1,
      2,
      3,
      4,
      5,
      6
  ),
  "level_4" AS (
    SELECT
      "matched",
      "coverage",
      "side",
      "port",
      "protocol",
      "peer",
      "answered",
      "inside",
      "peer_state",
      "ports",
      "bytes",
      "records",
      "confirmed",
      "first_seen",
      "last_seen",
      "at_interface",
      "other_interface",
      "instance",
      "subnet",
      "vpc",
      "aws_service",
      lag(peer) OVER (
        PARTITION BY
          "matched",
          "side",
          "port",
          "protocol"
        ORDER BY
          answered,
          inside,
          coalesce(bytes, 0),
          records,
          peer DESC
      ) AS "second_peer"
    FROM
      "level_3"
  ),
  "level_5" AS (
    SELECT
      "matched",
      "coverage",
      "side",
      "port",
      "protocol",
      "peer",
      "answered",
      "inside",
      "peer_state",
      "ports",
      "bytes",
      "records",
      "confirmed",
      "first_seen",
      "last_seen",
      "at_interface",
      "other_interface",
      "instance",
      "subnet",
      "vpc",
      "aws_service",
      "second_peer",
      lag(second_peer) OVER (
        PARTITION BY
          "matched",
          "side",
          "port",
          "protocol"
        ORDER BY
          answered,
          inside,
          coalesce(bytes, 0),
          records,
          peer DESC
      ) AS "third_peer"
    FROM
      "level_4"
  ),
  "level_6" AS (
    SELECT
      "matched",
      "coverage",
      "side",
      "port",
      "protocol",
      "peer",
      "second_peer",
      "third_peer",
      max("answered") AS "answered",
      max("inside") AS "inside",
      max("ports") AS "ports",
      max("bytes") AS "bytes",
      max("records") AS "records",
      max("confirmed") AS "confirmed",
      max("peer_state") AS "peer_state",
      max("first_seen") AS "first_seen",
      max("last_seen") AS "last_seen",
      max("at_interface") AS "at_interface",
      max("other_interface") AS "other_interface",
      max("instance") AS "instance",
      max("subnet") AS "subnet",
      max("vpc") AS "vpc",
      max("aws_service") AS "aws_service",
      max(answered) AS "answered_peers",
      max(
        CASE
          WHEN peer_state = 'answered' THEN 1
          ELSE 0
        END
      ) AS "answering",
      max(
        CASE
          WHEN peer_state IN ('rejected', 'reply rejected') THEN 1
          ELSE 0
        END
      ) AS "rejected",
      max(
        CASE
          WHEN inside = 1
          AND peer_state NOT IN ('answered', 'unknown') THEN peer
        END
      ) AS "failing_peer",
      max(ports) AS "most_ports",
      max(peer_state) AS "low_state",
      max(peer_state) AS "high_state"
    FROM
      "level_5"
    GROUP BY
      1,
      2,
      3,
      4,
      5,
      6,
      7,
      8
  ),
  "level_7" AS (
    SELECT
      "matched",
      "coverage",
      "side",
      "port",
      "protocol",
      "peer",
      "second_peer",
      "third_peer",
      "answered",
      "inside",
      "ports",
      "bytes",
      "records",
      "confirmed",
      "peer_state",
      "first_seen",
      "last_seen",
      "at_interface",
      "other_interface",
      "instance",
      "subnet",
      "vpc",
      "aws_service",
      "answered_peers",
      "answering",
      "rejected",
      "failing_peer",
      "most_ports",
      "low_state",
      "high_state",
      "peers"
    FROM
      (
        SELECT
          "matched",
          "coverage",
          "side",
          "port",
          "protocol",
          "peer",
          "second_peer",
          "third_peer",
          "answered",
          sum(inside) OVER (
            PARTITION BY
              "matched",
              "side",
              "port",
              "protocol"
          ) AS "inside",
          "ports",
          sum(CAST(bytes AS decimal(38, 0))) OVER (
            PARTITION BY
              "matched",
              "side",
              "port",
              "protocol"
          ) AS "bytes",
          sum(records) OVER (
            PARTITION BY
              "matched",
              "side",
              "port",
              "protocol"
          ) AS "records",
          max(confirmed) OVER (
            PARTITION BY
              "matched",
              "side",
              "port",
              "protocol"
          ) AS "confirmed",
          "peer_state",
          min(first_seen) OVER (
            PARTITION BY
              "matched",
              "side",
              "port",
              "protocol"
          ) AS "first_seen",
          max(last_seen) OVER (
            PARTITION BY
              "matched",
              "side",
              "port",
              "protocol"
          ) AS "last_seen",
          max("at_interface") OVER (
            PARTITION BY
              "matched",
              "side",
              "port",
              "protocol"
          ) AS "at_interface",
          min("other_interface") OVER (
            PARTITION BY
              "matched",
              "side",
              "port",
              "protocol"
          ) AS "other_interface",
          max("instance") OVER (
            PARTITION BY
              "matched",
              "side",
              "port",
              "protocol"
          ) AS "instance",
          max("subnet") OVER (
            PARTITION BY
              "matched",
              "side",
              "port",
              "protocol"
          ) AS "subnet",
          max("vpc") OVER (
            PARTITION BY
              "matched",
              "side",
              "port",
              "protocol"
          ) AS "vpc",
          max("aws_service") OVER (
            PARTITION BY
              "matched",
              "side",
              "port",
              "protocol"
          ) AS "aws_service",
          sum(answered_peers) OVER (
            PARTITION BY
              "matched",
              "side",
              "port",
              "protocol"
          ) AS "answered_peers",
          sum(answering) OVER (
            PARTITION BY
              "matched",
              "side",
              "port",
              "protocol"
          ) AS "answering",
          sum(rejected) OVER (
            PARTITION BY
              "matched",
              "side",
              "port",
              "protocol"
          ) AS "rejected",
          max(failing_peer) OVER (
            PARTITION BY
              "matched",
              "side",
              "port",
              "protocol"
          ) AS "failing_peer",
          max(most_ports) OVER (
            PARTITION BY
              "matched",
              "side",
              "port",
              "protocol"
          ) AS "most_ports",
          min(low_state) OVER (
            PARTITION BY
              "matched",
              "side",
              "port",
              "protocol"
          ) AS "low_state",
          max(high_state) OVER (
            PARTITION BY
              "matched",
              "side",
              "port",
              "protocol"
          ) AS "high_state",
          count(*) OVER (
            PARTITION BY
              "matched",
              "side",
              "port",
              "protocol"
          ) AS "peers",
          row_number() OVER (
            PARTITION BY
              "matched",
              "side",
              "port",
              "protocol"
            ORDER BY
              answered DESC,
              inside DESC,
              coalesce(bytes, 0) DESC,
              records DESC,
              peer
          ) AS nth
        FROM
          "level_6"
      ) AS numbered
    WHERE
      nth = 1
  ),
  "level_8" AS (
    SELECT
      "matched",
      "coverage",
      "port",
      "protocol",
      "peer",
      "second_peer",
      "third_peer",
      CASE
        WHEN side = 'listens'
        AND answered_peers > 0 THEN 'listens'
        WHEN side IN ('listens', 'strange listens') THEN 'is asked'
        WHEN side = 'opens'
        AND answered_peers > 0 THEN 'opens'
        WHEN side IN ('opens', 'strange opens') THEN 'tries'
        ELSE side
      END AS "role",
      max(
        CASE
          WHEN side = 'strange listens' THEN 1
          WHEN side = 'unknown' THEN 2
          WHEN side = 'passes on' THEN 3
          WHEN side = 'listens' THEN CASE
            WHEN answered_peers > 0 THEN 6
            ELSE 5
          END
          ELSE 4
        END
      ) AS "weight",
      '-' AS "state",
      max("peers") AS "peers",
      max("answered_peers") AS "answered_peers",
      max("answering") AS "answering",
      max("rejected") AS "rejected",
      max("inside") AS "inside",
      max("most_ports") AS "most_ports",
      max("confirmed") AS "confirmed",
      max("bytes") AS "bytes",
      max("records") AS "records",
      max("first_seen") AS "first_seen",
      max("last_seen") AS "last_seen",
      max("low_state") AS "low_state",
      max("high_state") AS "high_state",
      max("failing_peer") AS "failing_peer",
      max("at_interface") AS "at_interface",
      max("other_interface") AS "other_interface",
      max("instance") AS "instance",
      max("subnet") AS "subnet",
      max("vpc") AS "vpc",
      max("aws_service") AS "aws_service"
    FROM
      "level_7"
    GROUP BY
      1,
      2,
      3,
      4,
      5,
      6,
      7,
      8
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
  "role",
  "port",
  "protocol",
  "state",
  "peers",
  "peer",
  "second_peer",
  "third_peer",
  "bytes",
  "records",
  "first_seen",
  "last_seen",
  "answered_peers",
  "answering",
  "rejected",
  "inside",
  "most_ports",
  "confirmed",
  "failing_peer",
  "low_state",
  "high_state",
  "at_interface",
  "other_interface",
  "instance",
  "subnet",
  "vpc",
  "aws_service",
  "weight"
FROM
  "level_8"
ORDER BY
  "matched" IS NULL,
  "weight" DESC,
  "inside" DESC,
  "bytes" DESC,
  "records" DESC,
  "port",
  "protocol",
  "role",
  "peer"
LIMIT
  102
