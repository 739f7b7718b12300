import { option, required } from '../core/line/argument.ts';
import { oneOf } from '../core/line/plain-arguments.ts';
import { resourceId } from '../core/line/resource-id.ts';
import { defineOperation } from '../core/operation/operation.ts';
import type { Report } from '../core/operation/report.ts';
import { findSource } from './plan/find-source.ts';
import { siteAt } from './steps/step.ts';

export const integration = defineOperation({
  name: 'integration',
  summary: "AWS's own CloudFormation template for asking a flow log with Athena",
  about:
    'For those who want it instead of `table`: a database, a workgroup, a partitioned table, sixteen named queries and a ' +
    'Lambda that adds partitions. AWS also writes the template to the bucket of the flow log; nothing is created until ' +
    'it is deployed.',
  args: {
    flowlog: required(resourceId('fl')),
    load: option(oneOf('daily', 'weekly', 'monthly', 'none'), 'daily'),
  },

  async act({ flowlog, load }, context): Promise<Report> {
    const source = await findSource(flowlog, { line: 'integration' }, context);
    const { flowLogs } = await siteAt(context.cloud, source, context.signal);
    const { bucket } = source.place;
    const text = await flowLogs.integrationTemplate(
      {
        flowLogId: flowlog,
        templateLocation: `s3://${bucket}/athena-integration/`,
        resultLocation: context.settings.resultLocation ?? `s3://${bucket}/athena-results/`,
        partitionLoad: load,
      },
      context.signal,
    );
    return {
      headline: `AWS's template for ${flowlog}, which loads partitions ${load}`,
      sections: [
        {
          lines: [
            'Deploy it in CloudFormation in the same region; its queries have no time filter until one is written into them.',
            `AWS keeps a copy under s3://${bucket}/athena-integration/.`,
          ],
        },
      ],
      next: [{ label: 'The table of flowlog instead', line: `table ${flowlog}`, press: 'ask' }],
      file: { name: `${flowlog}-athena-integration.yml`, text },
    };
  },
});
