/**
 * Every number that AWS imposes, in one place. Names, never digits, appear elsewhere. A quota that AWS raises on
 * request is listed here with its default.
 *
 * @see https://docs.aws.amazon.com/athena/latest/ug/service-limits.html
 * @see https://docs.aws.amazon.com/general/latest/gr/athena.html
 * @see https://docs.aws.amazon.com/athena/latest/APIReference
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference
 */
export const AWS_LIMITS = {
  /** Of a query string, in UTF-8: "Service Quotas". */
  statementBytes: 262_144,
  /** Of an execution parameter, its quotes included: StartQueryExecution. */
  parameterCharacters: 1_024,
  /** Queued or running SELECTs in the regions that have the fewest: "Amazon Athena endpoints and quotas". */
  activeQueries: 20,
  /**
   * Calls a second of one account in one region: "Service Quotas". Bursts may be higher, which is left to others who
   * call as the same account.
   */
  athenaCallsPerSecond: {
    StartQueryExecution: 20,
    StopQueryExecution: 20,
    BatchGetQueryExecution: 20,
    GetQueryExecution: 100,
    GetQueryResults: 100,
  },
  /** Whose states one call returns: BatchGetQueryExecution. */
  executionsPerCall: 50,
  /** The names of the columns included: GetQueryResults. */
  resultRowsPerPage: 1_000,
  /** After which a workgroup can stop a query, at least: WorkGroupConfiguration. */
  leastCutoffBytes: 10_000_000,
  /** CreateWorkGroup. */
  workgroupName: 128,
  /** Of a database, table or column. @see https://docs.aws.amazon.com/glue/latest/dg/aws-glue-api-catalog-tables.html */
  catalogName: 255,

  /** What the aggregation interval may be, the shorter first: CreateFlowLogs. */
  intervalsSeconds: [60, 600],
  /** How often files come. @see https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-s3-path.html */
  slotSeconds: 5 * 60,
  /** Values of one filter: Filter. */
  filterValues: 200,
  /** DescribeNetworkInterfaces. */
  interfacesPerPage: 1_000,
  /** DescribeTags. */
  tagsPerPage: 1_000,
  /** @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/Using_Tags.html */
  tagKey: 128,
  tagValue: 256,
  /** Tags of one kind that records show: CreateFlowLogs. */
  shownTags: 2,

  /** @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html */
  bucketNameLeast: 3,
  bucketName: 63,
  /** @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-policies.html */
  bucketPolicyBytes: 20 * 1_024,
  /** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_LifecycleRule.html */
  lifecycleRuleId: 255,
  /** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObjects.html */
  objectsPerDelete: 1_000,

  /** @see https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html */
  roleSessionName: 64,
  externalIdLeast: 2,
  /** @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html */
  rolePath: 512,
  /**
   * Calls of FilterLogEvents a second of one account in one region; `usual` in those that have none of their own.
   * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/cloudwatch_limits_cwl.html
   */
  filterLogEventsPerSecond: {
    usual: 10,
    'us-east-1': 25,
    'ap-northeast-3': 5,
    'ap-southeast-3': 5,
    'ca-west-1': 5,
    'eu-central-1': 5,
    'il-central-1': 5,
  },
  /**
   * Calls of Logs Insights a second of one account in one region: "CloudWatch Logs quotas"; of the two that it does not list, as
   * many as of the others of their kind.
   */
  insightsCallsPerSecond: { StartQuery: 10, GetQueryResults: 10, DescribeQueries: 5, StopQuery: 5 },
  /**
   * Of one query, and of one page of its result. @see
   * https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_GetQueryResults.html
   */
  insightsRows: 100_000,
  insightsRowsPerPage: 10_000,
  /** @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateLogGroup.html */
  logGroupName: 512,
} as const;

/** Calls of FilterLogEvents a second of one account in a region. */
export function filterLogEventsPerSecond(region: string): number {
  const perSecond: Readonly<Record<string, number>> = AWS_LIMITS.filterLogEventsPerSecond;
  return perSecond[region] ?? AWS_LIMITS.filterLogEventsPerSecond.usual;
}
