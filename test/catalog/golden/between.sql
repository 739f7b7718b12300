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
      "flow_direction",
      "reject_reason",
      "sender_asks",
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
        WHEN sender_asks THEN 'client'
        WHEN NOT sender_asks THEN 'server'
        ELSE 'unknown'
      END AS "role",
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
      sender_asks AS "asks",
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
      "protocol",
      "action",
      "way",
      "role",
      "port",
      "from_a",
      "asks",
      "interface_id",
      sum(CAST(bytes AS decimal(38, 0))) AS "bytes",
      sum(CAST(packets AS decimal(38, 0))) AS "packets",
      count(*) AS "records",
      min(start_seconds) AS "first_seen",
      max(end_seconds) AS "last_seen",
      min(
        CASE
          WHEN NOT CASE
            WHEN action = 'ACCEPT' THEN coalesce(bitwise_and(tcp_flags, 6) = 4, FALSE)
            ELSE coalesce(
              protocol = 6
              AND bitwise_and(tcp_flags, 2) = 0
              AND packets <= 3,
              FALSE
            )
          END THEN start_seconds
        END
      ) AS "first_usual",
      max(
        CASE
          WHEN NOT CASE
            WHEN action = 'ACCEPT' THEN coalesce(bitwise_and(tcp_flags, 6) = 4, FALSE)
            ELSE coalesce(
              protocol = 6
              AND bitwise_and(tcp_flags, 2) = 0
              AND packets <= 3,
              FALSE
            )
          END THEN end_seconds
        END
      ) AS "last_usual",
      min(
        CASE
          WHEN CASE
            WHEN action = 'ACCEPT' THEN coalesce(bitwise_and(tcp_flags, 6) = 4, FALSE)
            ELSE coalesce(
              protocol = 6
              AND bitwise_and(tcp_flags, 2) = 0
              AND packets <= 3,
              FALSE
            )
          END THEN start_seconds
        END
      ) AS "first_odd",
      max(
        CASE
          WHEN CASE
            WHEN action = 'ACCEPT' THEN coalesce(bitwise_and(tcp_flags, 6) = 4, FALSE)
            ELSE coalesce(
              protocol = 6
              AND bitwise_and(tcp_flags, 2) = 0
              AND packets <= 3,
              FALSE
            )
          END THEN end_seconds
        END
      ) AS "last_odd",
      max(
        CASE
          WHEN action = 'ACCEPT'
          AND sender_asks
          AND bitwise_and(tcp_flags, 18) = 2 THEN end_seconds
        END
      ) AS "last_opened",
      max(
        CASE
          WHEN action = 'REJECT'
          AND NOT coalesce(
            protocol = 6
            AND bitwise_and(tcp_flags, 2) = 0
            AND packets <= 3,
            FALSE
          )
          AND flow_direction = 'egress' THEN end_seconds
        END
      ) AS "last_leaving",
      max(
        CASE
          WHEN action = 'REJECT'
          AND NOT coalesce(
            protocol = 6
            AND bitwise_and(tcp_flags, 2) = 0
            AND packets <= 3,
            FALSE
          )
          AND flow_direction = 'ingress' THEN end_seconds
        END
      ) AS "last_arriving",
      count(*) FILTER(
        WHERE
          action = 'ACCEPT'
          AND sender_asks
          AND bitwise_and(tcp_flags, 18) = 2
      ) AS "openings",
      count(*) FILTER(
        WHERE
          protocol = 6
          AND tcp_flags IS NULL
      ) AS "flagless",
      max(reject_reason) AS "reason",
      count(*) FILTER(
        WHERE
          bitwise_and(tcp_flags, 6) = 4
      ) AS "resets"
    FROM
      asked
    GROUP BY
      GROUPING SETS (("log_status", "source", "destination", "protocol", "action", "way", "role", "port", "from_a", "asks", "interface_id"), ())
    HAVING
      (grouping (log_status) = 1)
      OR (log_status = 'OK')
  ),
  "level_2" AS (
    SELECT
      *,
      CASE
        WHEN asks THEN source
        WHEN NOT asks THEN destination
        WHEN source < destination THEN source
        ELSE destination
      END AS "client",
      CASE
        WHEN asks THEN destination
        WHEN NOT asks THEN source
        WHEN source < destination THEN destination
        ELSE source
      END AS "server"
    FROM
      "level_1"
  ),
  "level_3" AS (
    SELECT
      *,
      coalesce(
        from_answered,
        CASE
          WHEN from_one > from_other THEN from_one
          WHEN from_one <= from_other THEN from_other
        END,
        0
      ) AS "answered_from",
      coalesce(
        until_answered,
        CASE
          WHEN until_one < until_other THEN until_one
          WHEN until_one >= until_other THEN until_other
        END,
        0
      ) AS "answered_to",
      coalesce("from_refused", 0) AS "refused_from",
      coalesce("from_rejected", 0) AS "rejected_from",
      coalesce("from_unreturned", 0) AS "unreturned_from",
      coalesce("from_asked", 0) AS "asked_from",
      coalesce("until_refused", 0) AS "refused_to",
      coalesce("until_rejected", 0) AS "rejected_to",
      coalesce("until_unreturned", 0) AS "unreturned_to",
      coalesce("until_asked", 0) AS "asked_to",
      coalesce("until_opened", 0) AS "opened_to",
      coalesce("until_late", 0) AS "late_to",
      coalesce("until_leaving", 0) AS "leaving_to",
      coalesce("until_arriving", 0) AS "arriving_to"
    FROM
      (
        SELECT
          *,
          min(
            CASE
              WHEN action = 'ACCEPT'
              AND NOT asks THEN first_usual
            END
          ) OVER alike AS "from_answered",
          min(
            CASE
              WHEN action = 'ACCEPT'
              AND NOT asks THEN first_odd
            END
          ) OVER alike AS "from_refused",
          min(
            CASE
              WHEN action = 'REJECT'
              AND coalesce(asks, TRUE) THEN first_usual
            END
          ) OVER alike AS "from_rejected",
          min(
            CASE
              WHEN action = 'REJECT'
              AND NOT asks THEN first_usual
            END
          ) OVER alike AS "from_unreturned",
          min(
            CASE
              WHEN action = 'ACCEPT'
              AND asks THEN first_seen
            END
          ) OVER alike AS "from_asked",
          min(
            CASE
              WHEN action = 'ACCEPT'
              AND asks IS NULL
              AND source < destination THEN first_seen
            END
          ) OVER alike AS "from_one",
          min(
            CASE
              WHEN action = 'ACCEPT'
              AND asks IS NULL
              AND source >= destination THEN first_seen
            END
          ) OVER alike AS "from_other",
          max(
            CASE
              WHEN action = 'ACCEPT'
              AND NOT asks THEN last_usual
            END
          ) OVER alike AS "until_answered",
          max(
            CASE
              WHEN action = 'ACCEPT'
              AND NOT asks THEN last_odd
            END
          ) OVER alike AS "until_refused",
          max(
            CASE
              WHEN action = 'REJECT'
              AND coalesce(asks, TRUE) THEN last_usual
            END
          ) OVER alike AS "until_rejected",
          max(
            CASE
              WHEN action = 'REJECT'
              AND NOT asks THEN last_usual
            END
          ) OVER alike AS "until_unreturned",
          max(
            CASE
              WHEN action = 'ACCEPT'
              AND asks THEN last_seen
            END
          ) OVER alike AS "until_asked",
          max(
            CASE
              WHEN action = 'ACCEPT'
              AND asks IS NULL
              AND source < destination THEN last_seen
            END
          ) OVER alike AS "until_one",
          max(
            CASE
              WHEN action = 'ACCEPT'
              AND asks IS NULL
              AND source >= destination THEN last_seen
            END
          ) OVER alike AS "until_other",
          max(last_opened) OVER alike AS "until_opened",
          max(
            CASE
              WHEN action = 'REJECT' THEN last_odd
            END
          ) OVER alike AS "until_late",
          max(last_leaving) OVER alike AS "until_leaving",
          max(last_arriving) OVER alike AS "until_arriving"
        FROM
          "level_2"
        WINDOW
          alike AS (
            PARTITION BY
              "matched",
              "client",
              "server",
              "port",
              "protocol"
          )
      ) AS gathered
  ),
  "level_4" AS (
    SELECT
      *,
      CASE
        WHEN rejected_to >= unreturned_to THEN rejected_from
        ELSE unreturned_from
      END AS "stopped_from",
      greatest(rejected_to, unreturned_to) AS "stopped_to"
    FROM
      "level_3"
  ),
  "level_5" AS (
    SELECT
      *,
      CASE
        WHEN stopped_to > 0
        AND answered_to > 0
        AND abs(answered_to - stopped_to) <= 120
        AND stopped_from < answered_to - 60
        AND answered_from < stopped_to - 60 THEN 0
        WHEN rejected_to > 0
        AND rejected_to >= answered_to
        AND rejected_to >= unreturned_to THEN 1
        WHEN unreturned_to > 0
        AND unreturned_to >= answered_to THEN 2
        WHEN refused_to > 0
        AND refused_to >= answered_to
        AND opened_to >= refused_to - 60 THEN 3
        WHEN protocol = 6
        AND asked_to > 0
        AND (
          answered_to = 0
          OR asked_to > answered_to + 120
        )
        AND (
          late_to > answered_to
          OR (
            refused_to > answered_to
            AND refused_to >= asked_to - 120
          )
        ) THEN 4
        WHEN protocol = 6
        AND asked_to > 0
        AND (
          answered_to = 0
          OR asked_to > answered_to + 120
        ) THEN 5
        WHEN answered_to > 0 THEN 6
      END AS "verdict"
    FROM
      "level_4"
  ),
  "level_6" AS (
    SELECT
      "matched",
      "coverage",
      "source",
      "destination",
      "protocol",
      "action",
      "way",
      "role",
      "port",
      "from_a",
      "asks",
      "interface_id",
      "bytes",
      "packets",
      "records",
      "first_seen",
      "last_seen",
      "openings",
      "flagless",
      "reason",
      "resets",
      "client",
      "server",
      CASE verdict
        WHEN 0 THEN 'mixed'
        WHEN 1 THEN 'rejected'
        WHEN 2 THEN 'reply rejected'
        WHEN 3 THEN 'refused'
        WHEN 4 THEN 'unknown'
        WHEN 5 THEN 'unanswered'
        WHEN 6 THEN 'answered'
        ELSE 'unknown'
      END AS "state",
      CASE verdict
        WHEN 0 THEN 0
        WHEN 1 THEN greatest(rejected_from, answered_to)
        WHEN 2 THEN greatest(unreturned_from, answered_to)
        WHEN 3 THEN greatest(refused_from, answered_to)
        WHEN 4 THEN 0
        WHEN 5 THEN greatest(asked_from, answered_to)
        WHEN 6 THEN greatest(answered_from, stopped_to)
        ELSE 0
      END AS "since_any",
      CASE
        WHEN stopped_to = 0 THEN '-'
        WHEN leaving_to >= stopped_to - 60 THEN 'leaving'
        WHEN arriving_to > 0 THEN 'arriving'
        ELSE '-'
      END AS "side",
      CASE
        WHEN answered_to > 0 THEN answered_to
      END AS "last_answer"
    FROM
      "level_5"
  ),
  "level_7" AS (
    SELECT
      "matched",
      "coverage",
      "source",
      "destination",
      "protocol",
      "action",
      "way",
      "role",
      "port",
      "from_a",
      "asks",
      "interface_id",
      "bytes",
      "packets",
      "records",
      "first_seen",
      "last_seen",
      "openings",
      "flagless",
      "reason",
      "resets",
      "client",
      "server",
      "state",
      "since_any",
      "side",
      "last_answer",
      "interfaces"
    FROM
      (
        SELECT
          "matched",
          "coverage",
          "source",
          "destination",
          "protocol",
          "action",
          "way",
          "role",
          "port",
          "from_a",
          "asks",
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
              "role",
              "port",
              "from_a",
              "asks"
          ) AS "first_seen",
          max(last_seen) OVER (
            PARTITION BY
              "matched",
              "source",
              "destination",
              "protocol",
              "action",
              "way",
              "role",
              "port",
              "from_a",
              "asks"
          ) AS "last_seen",
          "openings",
          "flagless",
          max(reason) OVER (
            PARTITION BY
              "matched",
              "source",
              "destination",
              "protocol",
              "action",
              "way",
              "role",
              "port",
              "from_a",
              "asks"
          ) AS "reason",
          "resets",
          "client",
          "server",
          "state",
          "since_any",
          "side",
          "last_answer",
          count(*) OVER (
            PARTITION BY
              "matched",
              "source",
              "destination",
              "protocol",
              "action",
              "way",
              "role",
              "port",
              "from_a",
              "asks"
          ) AS "interfaces",
          row_number() OVER (
            PARTITION BY
              "matched",
              "source",
              "destination",
              "protocol",
              "action",
              "way",
              "role",
              "port",
              "from_a",
              "asks"
            ORDER BY
              bytes DESC,
              records DESC,
              interface_id
          ) AS nth
        FROM
          "level_6"
      ) AS numbered
    WHERE
      nth = 1
  ),
  "level_8" AS (
    SELECT
      *,
      CASE
        WHEN since_any > 1795341720 THEN since_any
      END AS "since"
    FROM
      (
        SELECT
          *,
          sum(
            CASE
              WHEN source <> client THEN bytes
              ELSE 0
            END
          ) OVER alike AS "back",
          row_number() OVER (
            alike
            ORDER BY
              "source",
              "destination",
              "protocol",
              "action",
              "way",
              "role",
              "port",
              "from_a",
              "asks"
          ) AS "nth"
        FROM
          "level_7"
        WINDOW
          alike AS (
            PARTITION BY
              "matched",
              "client",
              "server",
              "port",
              "protocol"
          )
      ) AS gathered
  ),
  "level_9" AS (
    SELECT
      *,
      CASE
        WHEN ("client" LIKE '10.%')
        OR ("client" LIKE '192.168.%')
        OR (
          ("client" LIKE '172.%')
          AND (TRY_CAST(split_part("client", '.', 2) AS integer) BETWEEN 16 AND 31)
        )
        OR (
          ("client" LIKE '100.%')
          AND (TRY_CAST(split_part("client", '.', 2) AS integer) BETWEEN 64 AND 127)
        )
        OR ("client" LIKE 'fc%')
        OR ("client" LIKE 'fd%')
        OR (
          ("client" LIKE '%:%')
          AND (split_part("client", ':', 1) = split_part("server", ':', 1))
          AND (split_part("client", ':', 2) = split_part("server", ':', 2))
          AND (split_part("client", ':', 3) = split_part("server", ':', 3))
        ) THEN TRUE
        ELSE FALSE
      END AS "client_inside",
      CASE
        WHEN ("server" LIKE '10.%')
        OR ("server" LIKE '192.168.%')
        OR (
          ("server" LIKE '172.%')
          AND (TRY_CAST(split_part("server", '.', 2) AS integer) BETWEEN 16 AND 31)
        )
        OR (
          ("server" LIKE '100.%')
          AND (TRY_CAST(split_part("server", '.', 2) AS integer) BETWEEN 64 AND 127)
        )
        OR ("server" LIKE 'fc%')
        OR ("server" LIKE 'fd%')
        OR (
          ("server" LIKE '%:%')
          AND (split_part("server", ':', 1) = split_part("client", ':', 1))
          AND (split_part("server", ':', 2) = split_part("client", ':', 2))
          AND (split_part("server", ':', 3) = split_part("client", ':', 3))
        ) THEN TRUE
        ELSE FALSE
      END AS "server_inside",
      (state IN ('rejected', 'reply rejected', 'refused', 'unanswered'))
      AND (role <> 'unknown') AS "fails"
    FROM
      "level_8"
  ),
  "level_10" AS (
    SELECT
      "matched",
      "coverage",
      "source",
      "destination",
      "protocol",
      "action",
      "way",
      "role",
      "port",
      "from_a",
      "asks",
      "interface_id",
      "bytes",
      "packets",
      "records",
      "first_seen",
      "last_seen",
      "openings",
      "flagless",
      "reason",
      "resets",
      "client",
      "server",
      "state",
      "since_any",
      "side",
      "last_answer",
      "interfaces",
      "back",
      "since",
      "client_inside",
      "server_inside",
      "fails",
      "tried",
      "tried_from",
      "tried_to",
      "sent_in_all",
      "nth_of_client",
      (
        (tried >= 50)
        AND (tried > served)
        AND (tried_records <= tried * 4)
      )
      AND (fails) AS "is_scan",
      CASE
        WHEN tried_least = tried_most THEN tried_least
        ELSE '-'
      END AS "target"
    FROM
      (
        SELECT
          *,
          sum(
            CASE
              WHEN (nth = 1)
              AND (fails) THEN 1
              ELSE 0
            END
          ) OVER alike AS "tried",
          sum(
            CASE
              WHEN (nth = 1)
              AND (state IN ('answered')) THEN 1
              ELSE 0
            END
          ) OVER alike AS "served",
          sum(
            CASE
              WHEN (nth = 1)
              AND (fails) THEN records
              ELSE 0
            END
          ) OVER alike AS "tried_records",
          min(
            CASE
              WHEN fails THEN first_seen
            END
          ) OVER alike AS "tried_from",
          max(
            CASE
              WHEN fails THEN last_seen
            END
          ) OVER alike AS "tried_to",
          min(
            CASE
              WHEN fails THEN server
            END
          ) OVER alike AS "tried_least",
          max(
            CASE
              WHEN fails THEN server
            END
          ) OVER alike AS "tried_most",
          sum(
            CASE
              WHEN source = "client" THEN bytes
            END
          ) OVER alike AS "sent_in_all",
          row_number() OVER (
            alike
            ORDER BY
              CASE
                WHEN (fails) THEN 0
                ELSE 1
              END,
              server,
              port,
              protocol,
              source,
              action,
              role
          ) AS "nth_of_client"
        FROM
          "level_9"
        WINDOW
          alike AS (
            PARTITION BY
              "matched",
              "client"
          )
      ) AS gathered
  ),
  "level_11" AS (
    SELECT
      "matched",
      "coverage",
      "source",
      "destination",
      "protocol",
      "action",
      "way",
      "role",
      "port",
      "from_a",
      "asks",
      "interface_id",
      "bytes",
      "packets",
      "records",
      "first_seen",
      "last_seen",
      "openings",
      "flagless",
      "reason",
      "resets",
      "client",
      "server",
      "state",
      "since_any",
      "side",
      "last_answer",
      "interfaces",
      "back",
      "since",
      "client_inside",
      "server_inside",
      "tried",
      "tried_from",
      "tried_to",
      "is_scan",
      "target",
      CASE
        WHEN (fails)
        AND (NOT is_scan)
        AND (
          (client_inside)
          OR (last_answer IS NOT NULL)
        ) THEN CASE
          WHEN since IS NULL THEN 5
          ELSE 6
        END
        WHEN (source = "client")
        AND (state IN ('answered'))
        AND (port IN (21, 22, 23, 1433, 3306, 3389, 5432, 5900, 5985, 5986))
        AND (NOT (client_inside))
        AND (openings >= 30)
        AND (openings * 60 > (last_seen - first_seen) * 2)
        AND (bytes BETWEEN openings * 400 AND openings * 5000)
        AND (records * 2 <= openings * 3) THEN 4
        WHEN (source = "client")
        AND (role <> 'unknown')
        AND (action = 'ACCEPT')
        AND (client_inside)
        AND (NOT server_inside)
        AND (bytes >= 500000000)
        AND (bytes >= back * 5)
        AND (bytes * 2 >= sent_in_all) THEN 3
        WHEN is_scan
        AND nth_of_client = 1 THEN 2
        WHEN (state IN ('mixed'))
        AND (client_inside) THEN 1
        ELSE 0
      END AS "weight"
    FROM
      "level_10"
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
          "level_11"
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
  "state",
  "since",
  "bytes",
  "packets",
  "records",
  "first_seen",
  "last_seen",
  "interface_id",
  "resets",
  "reason",
  "weight",
  "client",
  "server",
  "side",
  "last_answer",
  "openings",
  "flagless",
  "tried",
  "tried_from",
  "tried_to",
  "target",
  "back"
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
