import type { Athena } from '@aws-sdk/client-athena';
import type { EC2 } from '@aws-sdk/client-ec2';
import type { Glue } from '@aws-sdk/client-glue';
import type { S3 } from '@aws-sdk/client-s3';
import type { STS } from '@aws-sdk/client-sts';
import { type ClientPlace, clientSettings } from './client-settings.ts';

/** The services of one region, called as one account; each is loaded when it is first asked for. */
export interface AwsClients {
  athena(): Promise<Athena>;
  ec2(): Promise<EC2>;
  glue(): Promise<Glue>;
  s3(): Promise<S3>;
  sts(): Promise<STS>;
}

/** Loading EC2's client alone takes 200 ms and 70 MB, which a start that only answers questions can do without. */
export function createAwsClients(place: ClientPlace): AwsClients {
  const settings = clientSettings(place);
  return {
    athena: lazily(async () => new (await import('@aws-sdk/client-athena')).Athena(settings)),
    ec2: lazily(async () => new (await import('@aws-sdk/client-ec2')).EC2(settings)),
    glue: lazily(async () => new (await import('@aws-sdk/client-glue')).Glue(settings)),
    s3: lazily(async () => {
      const { S3 } = await import('@aws-sdk/client-s3');
      // Buckets of other regions are found by the redirect; a test's address has no name for each bucket.
      return new S3({
        ...settings,
        followRegionRedirects: true,
        forcePathStyle: place.endpoint !== undefined,
      });
    }),
    sts: lazily(async () => new (await import('@aws-sdk/client-sts')).STS(settings)),
  };
}

function lazily<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
