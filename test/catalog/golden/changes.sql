-- changes last 1h
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
        (
          ("p_account" = '123456789012')
          AND ("p_region" = 'eu-central-1')
          AND ("p_hour" BETWEEN '2026/11/22/10' AND '2026/11/22/11')
        )
        OR (
          ("p_account" = '123456789012')
          AND ("p_region" = 'eu-central-1')
          AND ("p_hour" BETWEEN '2026/11/22/09' AND '2026/11/22/10')
        )
      )
      AND (
        (
          ("end" >= 1795341600)
          AND ("start" < 1795345200)
        )
        OR (
          ("end" >= 1795338000)
          AND ("start" < 1795341600)
        )
      )
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
      END AS "sender_asks",
      CASE
        WHEN start_seconds >= 1795341600
        AND start_seconds < 1795345200 THEN 'asked'
        WHEN start_seconds >= 1795338000
        AND start_seconds < 1795341600 THEN 'before'
        WHEN end_seconds >= 1795341600
        AND start_seconds < 1795345200 THEN 'asked'
        WHEN end_seconds >= 1795338000
        AND start_seconds < 1795341600 THEN 'before'
      END AS "period"
    FROM
      records
  ),
  "asked" AS (
    SELECT
      "bytes",
      "start_seconds",
      "end_seconds",
      "log_status",
      CASE
        WHEN coalesce(sender_asks, TRUE) THEN source
        ELSE destination
      END AS "client",
      CASE
        WHEN coalesce(sender_asks, TRUE) THEN destination
        ELSE source
      END AS "server",
      CASE
        WHEN protocol NOT IN (6, 17, 33, 132, 136) THEN NULL
        WHEN sender_asks THEN dstport
        WHEN NOT sender_asks THEN srcport
        ELSE least(srcport, dstport)
      END AS "port",
      "protocol",
      "interface_id",
      CASE
        WHEN action = 'REJECT'
        AND coalesce(
          bitwise_and(tcp_flags, 2) = 0
          AND protocol = 6,
          FALSE
        ) THEN NULL
        WHEN action = 'REJECT'
        AND coalesce(sender_asks, TRUE) THEN 'rejected'
        WHEN action = 'REJECT' THEN 'unreturned'
        WHEN coalesce(sender_asks, TRUE) THEN 'asked'
        WHEN coalesce(bitwise_and(tcp_flags, 6) = 4, FALSE) THEN 'refused'
        ELSE 'answered'
      END AS "outcome",
      CASE
        WHEN period = 'before' THEN 'before'
        ELSE 'after'
      END AS "times",
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
      "client",
      "server",
      "port",
      "protocol",
      "interface_id",
      "outcome",
      "times",
      min(start_seconds) AS "first_seen",
      max(end_seconds) AS "last_seen",
      sum(CAST(bytes AS decimal(38, 0))) AS "bytes"
    FROM
      asked
    GROUP BY
      GROUPING SETS (("log_status", "client", "server", "port", "protocol", "interface_id", "outcome", "times"), ())
    HAVING
      (grouping (log_status) = 1)
      OR (log_status = 'OK')
  ),
  "level_2" AS (
    SELECT
      "matched",
      "coverage",
      "client",
      "server",
      "port",
      "protocol",
      "interface_id",
      max(
        CASE
          WHEN outcome = 'answered'
          AND times = 'before' THEN last_seen
        END
      ) AS "last_answered_before",
      max(
        CASE
          WHEN outcome = 'answered'
          AND times = 'after' THEN last_seen
        END
      ) AS "last_answered_after",
      max(
        CASE
          WHEN outcome = 'refused'
          AND times = 'before' THEN last_seen
        END
      ) AS "last_refused_before",
      max(
        CASE
          WHEN outcome = 'refused'
          AND times = 'after' THEN last_seen
        END
      ) AS "last_refused_after",
      max(
        CASE
          WHEN outcome = 'rejected'
          AND times = 'before' THEN last_seen
        END
      ) AS "last_rejected_before",
      max(
        CASE
          WHEN outcome = 'rejected'
          AND times = 'after' THEN last_seen
        END
      ) AS "last_rejected_after",
      max(
        CASE
          WHEN outcome = 'unreturned'
          AND times = 'before' THEN last_seen
        END
      ) AS "last_unreturned_before",
      max(
        CASE
          WHEN outcome = 'unreturned'
          AND times = 'after' THEN last_seen
        END
      ) AS "last_unreturned_after",
      max(
        CASE
          WHEN outcome = 'asked'
          AND times = 'before' THEN last_seen
        END
      ) AS "last_asked_before",
      max(
        CASE
          WHEN outcome = 'asked'
          AND times = 'after' THEN last_seen
        END
      ) AS "last_asked_after",
      min(
        CASE
          WHEN outcome = 'answered'
          AND times = 'after' THEN first_seen
        END
      ) AS "first_answered_after",
      min(
        CASE
          WHEN outcome = 'refused'
          AND times = 'after' THEN first_seen
        END
      ) AS "first_refused_after",
      min(
        CASE
          WHEN outcome = 'rejected'
          AND times = 'after' THEN first_seen
        END
      ) AS "first_rejected_after",
      min(
        CASE
          WHEN outcome = 'unreturned'
          AND times = 'after' THEN first_seen
        END
      ) AS "first_unreturned_after",
      min(
        CASE
          WHEN outcome = 'asked'
          AND times = 'after' THEN first_seen
        END
      ) AS "first_asked_after",
      sum(
        CASE
          WHEN times = 'before'
          AND outcome IN ('answered', 'refused', 'asked') THEN bytes
        END
      ) AS "bytes_before",
      sum(
        CASE
          WHEN times = 'after'
          AND outcome IN ('answered', 'refused', 'asked') THEN bytes
        END
      ) AS "bytes_after"
    FROM
      "level_1"
    GROUP BY
      1,
      2,
      3,
      4,
      5,
      6,
      7
  ),
  "level_3" AS (
    SELECT
      "matched",
      "coverage",
      "client",
      "server",
      "port",
      "protocol",
      CASE
        WHEN coalesce(max("last_rejected_before"), 0) > 0
        AND coalesce(max("last_rejected_before"), 0) >= coalesce(max("last_answered_before"), 0) THEN 'rejected'
        WHEN coalesce(max("last_unreturned_before"), 0) > 0
        AND coalesce(max("last_unreturned_before"), 0) >= coalesce(max("last_answered_before"), 0) THEN 'replies rejected'
        WHEN coalesce(max("last_refused_before"), 0) > 0
        AND coalesce(max("last_refused_before"), 0) >= coalesce(max("last_answered_before"), 0) THEN 'refused'
        WHEN coalesce(max("last_answered_before"), 0) > 0
        AND coalesce(max("last_asked_before"), 0) <= coalesce(max("last_answered_before"), 0) + 120 THEN 'answered'
        WHEN coalesce(max("last_asked_before"), 0) > 0 THEN 'unanswered'
        ELSE 'none'
      END AS "was",
      CASE
        WHEN coalesce(max("last_rejected_after"), 0) > 0
        AND coalesce(max("last_rejected_after"), 0) >= coalesce(max("last_answered_after"), 0) THEN 'rejected'
        WHEN coalesce(max("last_unreturned_after"), 0) > 0
        AND coalesce(max("last_unreturned_after"), 0) >= coalesce(max("last_answered_after"), 0) THEN 'replies rejected'
        WHEN coalesce(max("last_refused_after"), 0) > 0
        AND coalesce(max("last_refused_after"), 0) >= coalesce(max("last_answered_after"), 0) THEN 'refused'
        WHEN coalesce(max("last_answered_after"), 0) > 0
        AND coalesce(max("last_asked_after"), 0) <= coalesce(max("last_answered_after"), 0) + 120 THEN 'answered'
        WHEN coalesce(max("last_asked_after"), 0) > 0 THEN 'unanswered'
        ELSE 'none'
      END AS "became",
      greatest(
        greatest(greatest(greatest(coalesce(max("last_answered_before"), 0), coalesce(max("last_refused_before"), 0)), greatest(coalesce(max("last_rejected_before"), 0), coalesce(max("last_unreturned_before"), 0))), coalesce(max("last_asked_before"), 0)),
        greatest(greatest(greatest(coalesce(max("last_answered_after"), 0), coalesce(max("last_refused_after"), 0)), greatest(coalesce(max("last_rejected_after"), 0), coalesce(max("last_unreturned_after"), 0))), coalesce(max("last_asked_after"), 0))
      ) AS "last_seen",
      greatest(greatest(greatest(coalesce(max("last_answered_before"), 0), coalesce(max("last_refused_before"), 0)), greatest(coalesce(max("last_rejected_before"), 0), coalesce(max("last_unreturned_before"), 0))), coalesce(max("last_asked_before"), 0)) AS "last_before",
      greatest(coalesce(max("last_answered_before"), 0), coalesce(max("last_answered_after"), 0)) AS "last_answer",
      min("first_rejected_after") AS "rejected_since",
      min("first_unreturned_after") AS "unreturned_since",
      min("first_refused_after") AS "refused_since",
      min("first_answered_after") AS "answered_since",
      min("first_asked_after") AS "asked_since",
      coalesce(max(bytes_before), 0) AS "bytes_before",
      coalesce(max(bytes_after), 0) AS "bytes_after"
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
      "client",
      "server",
      "port",
      "protocol",
      CASE
        WHEN max(was) = 'none'
        AND max(became) = 'answered' THEN 'new'
        WHEN max(was) = 'none'
        AND max(became) <> 'none' THEN concat('new, ', max(became))
        WHEN max(became) = 'none'
        AND max(was) = 'answered' THEN 'gone'
        WHEN max(became) = 'none' THEN NULL
        WHEN max(became) = 'answered'
        AND max(was) <> 'answered' THEN 'answered again'
        WHEN max(became) <> max(was) THEN max(became)
        WHEN max(became) <> 'answered' THEN NULL
        WHEN max(bytes_after) > max(bytes_before) * 4
        AND max(bytes_after) - max(bytes_before) > 1000000 THEN 'grown'
        WHEN max(bytes_before) > max(bytes_after) * 4
        AND max(bytes_before) - max(bytes_after) > 1000000 THEN 'shrunk'
      END AS "change",
      CASE
        WHEN max(became) = 'rejected' THEN max(rejected_since)
        WHEN max(became) = 'replies rejected' THEN max(unreturned_since)
        WHEN max(became) = 'refused' THEN max(refused_since)
        WHEN max(became) = 'none' THEN max(last_before)
        WHEN max(became) = 'unanswered'
        AND max(was) = 'answered' THEN max(last_answer)
        WHEN max(became) = 'unanswered' THEN max(asked_since)
        WHEN max(was) <> 'answered' THEN max(answered_since)
      END AS "since",
      max("was") AS "was",
      max("last_seen") AS "last_seen",
      max("bytes_before") AS "bytes_before",
      max("bytes_after") AS "bytes_after"
    FROM
      "level_3"
    GROUP BY
      1,
      2,
      3,
      4,
      5,
      6
  ),
  "level_5" AS (
    SELECT
      "matched",
      "coverage",
      "client",
      "server",
      "port",
      "protocol",
      "change",
      CASE
        WHEN max(change) IN ('rejected', 'replies rejected') THEN 9
        WHEN max(change) = 'unanswered' THEN 8
        WHEN max(change) = 'refused' THEN 7
        WHEN max(
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
            ) THEN 1
            ELSE 0
          END
        ) = 0 THEN 1
        WHEN max(change) = 'gone'
        AND max(
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
            ) THEN 1
            ELSE 0
          END
        ) = 1 THEN 6
        WHEN max(change) LIKE 'new, %' THEN 5
        WHEN max(change) IN ('answered again', 'grown') THEN 4
        WHEN max(change) = 'new' THEN 3
        ELSE 2
      END AS "weight",
      max("since") AS "since",
      max("was") AS "was",
      max("last_seen") AS "last_seen",
      max("bytes_before") AS "bytes_before",
      max("bytes_after") AS "bytes_after"
    FROM
      "level_4"
    GROUP BY
      1,
      2,
      3,
      4,
      5,
      6,
      7
    HAVING
      ("matched" IS NOT NULL)
      OR (max(change) IS NOT NULL)
  ),
  "counted" AS (
    SELECT
      *,
      sum(
        CASE
          WHEN ("matched" IS NULL)
          AND (change IN ('rejected', 'replies rejected')) THEN 1
          ELSE 0
        END
      ) OVER () AS "total_rejected",
      sum(
        CASE
          WHEN ("matched" IS NULL)
          AND (change = 'unanswered') THEN 1
          ELSE 0
        END
      ) OVER () AS "total_unanswered",
      sum(
        CASE
          WHEN ("matched" IS NULL)
          AND (change = 'refused') THEN 1
          ELSE 0
        END
      ) OVER () AS "total_refused",
      sum(
        CASE
          WHEN ("matched" IS NULL)
          AND (
            change = 'gone'
            AND weight > 1
          ) THEN 1
          ELSE 0
        END
      ) OVER () AS "total_gone",
      sum(
        CASE
          WHEN ("matched" IS NULL)
          AND (
            change LIKE 'new%'
            AND weight > 1
          ) THEN 1
          ELSE 0
        END
      ) OVER () AS "total_fresh",
      sum(
        CASE
          WHEN ("matched" IS NULL)
          AND (weight = 1) THEN 1
          ELSE 0
        END
      ) OVER () AS "total_outside"
    FROM
      (
        SELECT
          *
        FROM
          "level_5"
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
  "total_rejected",
  "total_unanswered",
  "total_refused",
  "total_gone",
  "total_fresh",
  "total_outside",
  "change",
  "client",
  "server",
  "port",
  "protocol",
  "since",
  "was",
  "bytes_before",
  "bytes_after",
  "last_seen",
  "weight"
FROM
  "counted"
ORDER BY
  "matched" IS NULL,
  "weight" DESC,
  "bytes_before" DESC,
  "bytes_after" DESC,
  "server",
  "port",
  "client",
  "protocol"
LIMIT
  102
