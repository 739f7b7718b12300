import { createHash } from 'node:crypto';
import type { S3 } from '@aws-sdk/client-s3';
import { REGION } from '../../../aws/given-aws.ts';
import type { AwsReply, AwsRequest } from './aws-request.ts';

/** Where flow logs deliver to, which moto does not know: it takes `bucket/prefix/` for the name of a bucket. */
interface Place {
  readonly arn: string;
  /** What moto forgets, as DescribeFlowLogs tells it. */
  readonly options: string;
  /** Whether moto has the bucket that represents it. */
  made: boolean;
}

/** What bridging needs: the buckets as the walk has them, and as moto has them. */
export interface FlowLogBuckets {
  readonly ours: S3;
  readonly ofMoto: S3;
}

/** Rewrites calls for moto and its answers for us. */
export interface FlowLogBridge {
  toMoto(request: AwsRequest): Promise<AwsRequest>;
  fromMoto(reply: AwsReply): AwsReply;
}

/**
 * moto judges that a flow log's resource is there, that nothing is recorded twice to one place, its fields, tags and
 * filters. For a place with a prefix it is given a bucket that represents it, made where the real one is there, so that
 * it also judges that one is missing; the prefix and `DestinationOptions` come back from here, and are not judged.
 */
export function bridgeFlowLogs({ ours, ofMoto }: FlowLogBuckets): FlowLogBridge {
  const places = new Map<string, Place>();
  return {
    async toMoto(request) {
      if (request.action !== 'CreateFlowLogs') return request;
      const form = new URLSearchParams(String(request.body));
      const arn = form.get('LogDestination');
      if (arn === null) return request;
      const standIn = `place-${createHash('sha256')
        .update(request.account + arn)
        .digest('hex')
        .slice(0, 20)}`;
      const bucket = arn.slice(arn.lastIndexOf(':') + 1).split('/')[0] ?? '';
      if (!places.has(standIn)) places.set(standIn, { arn, options: optionsOf(form), made: false });
      const place = places.get(standIn);
      if (place?.made === false && (await isThere(ours, bucket))) {
        await ofMoto.createBucket(here(standIn));
        place.made = true;
      }
      form.set('LogDestination', `arn:aws:s3:::${standIn}`);
      return { ...request, body: Buffer.from(form.toString()) };
    },
    fromMoto(reply) {
      let body = String(reply.body);
      for (const [standIn, { arn, options }] of places)
        body = body
          .replaceAll(`arn:aws:s3:::${standIn}</logDestination>`, `${arn}</logDestination>${options}`)
          .replaceAll(standIn, arn.slice(arn.lastIndexOf(':') + 1));
      const { 'content-length': _, ...headers } = reply.headers;
      return { ...reply, headers, body };
    },
  };
}

async function isThere(s3: S3, Bucket: string): Promise<boolean> {
  return s3.headBucket({ Bucket }).then(
    () => true,
    () => false,
  );
}

/** moto finds a bucket wherever it is, and the client makes it in its own region only. */
function here(Bucket: string) {
  return { Bucket, CreateBucketConfiguration: { LocationConstraint: REGION } } as const;
}

function optionsOf(form: URLSearchParams): string {
  const of = (name: string) => form.get(`DestinationOptions.${name}`) ?? '';
  const options = [
    ['fileFormat', of('FileFormat')],
    ['hiveCompatiblePartitions', of('HiveCompatiblePartitions')],
    ['perHourPartition', of('PerHourPartition')],
  ];
  return `<destinationOptions>${options.map(([name, value]) => `<${name}>${value}</${name}>`).join('')}</destinationOptions>`;
}
