import { UserError } from '../core/errors.ts';
import { contains } from '../core/lake/choose-sources.ts';
import { type CloudSource, isOnS3 } from '../core/lake/log-source.ts';
import type { Resource } from '../core/lake/network.ts';
import { required } from '../core/line/argument.ts';
import { resourceId } from '../core/line/resource-id.ts';
import { defineOperation } from '../core/operation/operation.ts';
import type { Plan } from '../core/operation/plan.ts';
import { SETUP_ARGS } from './arguments/setup-arguments.ts';
import { locateResource } from './plan/find-source.ts';
import { bucketSteps } from './plan/plan-bucket.ts';
import { creatingStep, endsWords, otherSourcesWords, waitingStep } from './plan/plan-flow-log.ts';
import { fieldCount, filesFor, tagWords, wantedFlowLog } from './plan/wanted-settings.ts';
import { wantedOf } from './steps/flow-log-steps.ts';

export const setup = defineOperation({
  name: 'setup',
  summary: 'Create a flow log on a VPC, a subnet or a network interface, with its bucket',
  about:
    'Without options: all traffic, every field that helps an investigation, Parquet files by the hour, records every ' +
    '60 seconds, in a bucket of flowlog. `for=2h` deletes it again. Nothing is changed before a person with that right has ' +
    'confirmed the plan.',
  args: { on: required(resourceId('vpc', 'subnet', 'eni', 'tgw')), ...SETUP_ARGS },

  async act({ on, ...args }, context): Promise<Plan> {
    refuseGateway(on);
    const { site, resource } = await locateResource(on, context);
    const { sources, logGroups } = await context.book.found(context.signal, { fresh: true });
    const settings = {
      resourceId: on,
      account: site.account,
      region: site.region,
      sources,
      now: context.now(),
    };
    const files = filesFor(args, settings);
    const wanted = wantedFlowLog(args, files, settings);
    const toS3 = wanted.destination.kind === 's3';
    const bucket = toS3 ? await bucketSteps(site, files, args.expire, context.signal) : NO_BUCKET;
    await site.flowLogs.mayCreate(wantedOf(wanted), context.signal);
    const there = [...sources, ...logGroups].filter(
      ({ resource: other }) =>
        other !== undefined && (contains(other, resource) || contains(resource, other)),
    );
    return {
      headline: `Set up a flow log on ${on}${resource.name === '' ? '' : ` (${resource.name})`} in ${site.region} of ${site.account}`,
      sections: [
        ...there.map((source) => alreadyRecorded(source, resource)),
        ...(toS3 ? otherSourcesWords(files, sources) : []),
        ...endsWords(wanted.tags),
        ...tagWords(wanted.shownTags),
        ...bucket.sections,
        ...(toS3 ? [] : [CLOUDWATCH]),
      ],
      steps: [
        ...bucket.steps,
        creatingStep(site, wanted, fieldCount(args)),
        ...(toS3 ? [waitingStep(site, files)] : []),
      ],
      instead: there.slice(0, 2).map(({ name }) => ({ label: `Status of ${name}`, line: `status ${name}` })),
    };
  },
});

const NO_BUCKET = { steps: [], sections: [] };

const CLOUDWATCH = {
  lines: [
    'Questions about it are answered from its events, which are fetched, free, and kept; first ones come after some five minutes. ' +
      'It has no table, and Athena does not read it.',
  ],
};

function refuseGateway(id: string): void {
  if (!id.startsWith('tgw-')) return;
  throw new UserError(`\`${id}\` is a transit gateway, whose records flowlog does not read.`, {
    hint: 'Set up the VPCs that are attached to it: `setup vpc-…`.',
  });
}

function alreadyRecorded(source: CloudSource, wanted: Resource) {
  const { name, resource, trafficType } = source;
  const where = isOnS3(source) ? source.place.bucket : source.place.logGroup;
  const what = resource !== undefined && contains(resource, wanted) ? 'it' : 'a part of it';
  return {
    lines: [
      `${name} on ${resource?.id} records ${what} already (${trafficType?.toLowerCase() ?? 'all'} traffic, to ${where}): ` +
        'two flow logs are paid for twice.',
    ],
  };
}
