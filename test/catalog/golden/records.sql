-- records last 1h
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
      "instance_tag",
      "interface_tag",
      "asg_tag",
      "interface_type"
    FROM
      records
  ),
  "level_1" AS (
    SELECT
      CASE
        WHEN log_status IS NULL
        OR log_status NOT IN ('OK', 'NODATA', 'NOT RECORDED') THEN 0
      END AS "matched",
      CASE
        WHEN log_status = 'SKIPDATA' THEN 1
        WHEN log_status IS NULL
        OR log_status NOT IN ('OK', 'NODATA', 'NOT RECORDED') THEN 0
      END AS "skip_data",
      CASE
        WHEN log_status = 'SKIPDATA' THEN coalesce(interface_id, '-')
      END AS "skipped_at",
      CAST(NULL AS bigint) AS "no_data",
      CASE
        WHEN log_status = 'SKIPDATA' THEN 0
        WHEN log_status IS NULL
        OR log_status NOT IN ('OK', 'NODATA', 'NOT RECORDED') THEN 1
      END AS "other_status",
      end_seconds AS "newest_end",
      coalesce(
        coalesce(
          CASE
            WHEN flow_direction = 'egress'
            AND coalesce(pkt_srcaddr, srcaddr) = srcaddr THEN srcaddr
            WHEN flow_direction = 'ingress'
            AND coalesce(pkt_dstaddr, dstaddr) = dstaddr THEN dstaddr
          END,
          '-'
        ) || ' ' || coalesce(interface_id, '-') || ' ' || coalesce(instance_id, '-') || ' ' || coalesce(interface_type, '-') || ' ' || coalesce(ecs_service_name, '-') || ' ' || coalesce(ecs_task_definition_arn, '-') || ' ' || coalesce(ecs_task_id, '-') || ' ' || coalesce(replace(replace(replace(interface_tag, ' ', '%20'), ',', '%2C'), ';', '%3B'), '-') || ' ' || coalesce(replace(replace(replace(instance_tag, ' ', '%20'), ',', '%2C'), ';', '%3B'), '-') || ' ' || coalesce(replace(replace(replace(asg_tag, ' ', '%20'), ',', '%2C'), ';', '%3B'), '-'),
        ''
      ) || ';' || coalesce(coalesce(coalesce(pkt_dstaddr, dstaddr) || ' ' || pkt_dst_aws_service, coalesce(pkt_srcaddr, srcaddr) || ' ' || pkt_src_aws_service), '') AS "named",
      "end_seconds",
      "srcaddr",
      "dstaddr",
      "protocol",
      "action",
      "packets",
      "bytes",
      "tcp_flags",
      "interface_id",
      "start_seconds",
      "pkt_srcaddr",
      "pkt_dstaddr",
      CASE
        WHEN protocol NOT IN (6, 17, 33, 132, 136) THEN NULL
        ELSE srcport
      END AS "srcport",
      CASE
        WHEN protocol NOT IN (6, 17, 33, 132, 136) THEN NULL
        ELSE dstport
      END AS "dstport"
    FROM
      "flows"
    WHERE
      (
        log_status IS NULL
        OR log_status NOT IN ('OK', 'NODATA', 'NOT RECORDED')
      )
      OR (
        (log_status = 'OK')
        AND ((TRUE))
      )
  )
SELECT
  "matched",
  "skip_data",
  "skipped_at",
  "no_data",
  "other_status",
  "newest_end",
  "named",
  "end_seconds",
  "srcaddr",
  "srcport",
  "dstaddr",
  "dstport",
  "protocol",
  "action",
  "packets",
  "bytes",
  "tcp_flags",
  "interface_id",
  "start_seconds",
  "pkt_srcaddr",
  "pkt_dstaddr"
FROM
  "level_1"
ORDER BY
  "matched" IS NOT NULL,
  "end_seconds" DESC,
  "start_seconds" DESC,
  "interface_id",
  "srcaddr",
  "srcport",
  "dstaddr",
  "dstport",
  "protocol",
  "action",
  "packets" DESC,
  "bytes" DESC,
  "tcp_flags",
  "pkt_srcaddr",
  "pkt_dstaddr"
LIMIT
  201
