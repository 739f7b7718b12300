import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { CloudError } from '../../../../src/core/lake/cloud.ts';
import { bucketFolder } from '../../../../src/playground/aws/cloud/sample-buckets.ts';
import { createSampleCloud } from '../../../../src/playground/aws/cloud/sample-cloud.ts';
import { createStateFile } from '../../../../src/playground/aws/cloud/sample-state.ts';
import { describeCloud } from '../../../contract/cloud.ts';
import { BUILT_IN, ENI, newId, SUBNET, VPC } from '../../../support/given-sample.ts';
import { tempFolder } from '../../../support/open-local-lake.ts';
import { STARTED } from '../../../support/sample-template.ts';

const { signal } = new AbortController();

function openIn(folder: string) {
  return createSampleCloud({ folder, state: createStateFile(folder), now: () => STARTED, newId });
}

describeCloud('of the sample network', async () => {
  const folder = await tempFolder('cloud');
  return {
    cloud: openIn(folder),
    vpcId: VPC,
    subnetId: SUBNET,
    interfaceId: ENI,
    instanceId: 'i-0f10f10f10f10f001',
    address: '10.0.11.21',
    async put(bucket, key, content) {
      const path = join(folder, bucketFolder(bucket), key);
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, content);
    },
  };
});

it('keeps what was set up across restarts', async () => {
  const folder = await tempFolder('cloud');
  const [site] = await openIn(folder).sites(signal);
  await site?.buckets.create('my-logs', signal);
  const [again] = await openIn(folder).sites(signal);
  expect(await again?.buckets.find('my-logs', signal)).toMatchObject({ name: 'my-logs' });
});

it.each(['{"flowLogs": 3}', '{"flo'])('begins anew where what was kept is damaged: %s', async (damaged) => {
  const folder = await tempFolder('cloud');
  await writeFile(join(folder, '.sample-cloud.json'), damaged);
  const [site] = await openIn(folder).sites(signal);
  expect((await site?.flowLogs.describe({}, signal))?.map(({ id }) => id)).toEqual([BUILT_IN]);
});

it('says that its own template is nowhere to be had', async () => {
  const [site] = await openIn(await tempFolder('cloud')).sites(signal);
  const wanted = {
    flowLogId: BUILT_IN,
    templateLocation: '',
    resultLocation: '',
    partitionLoad: 'none',
  } as const;
  await expect(site?.flowLogs.integrationTemplate(wanted, signal)).rejects.toThrow(CloudError);
});
