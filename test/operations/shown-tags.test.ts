import { describe, expect, it } from 'vitest';
import { givenSample, linesOf, SUBNET } from '../support/given-sample.ts';

const FORMAT = 'format=start,end,log-status,srcaddr';

describe('a format whose fields show tags', () => {
  it('is created with the keys of the tags, for each kind that is tagged', async () => {
    const given = await givenSample();
    const line = `setup ${SUBNET} ${FORMAT},instance-tag,instance-tag-2,interface-tag tagkeys=Name,Team`;
    const { plan } = await given.planned(line);
    expect(plan.steps.flatMap(({ calls }) => calls).join()).toContain(
      // biome-ignore lint/suspicious/noTemplateCurlyInString: it is AWS's notation
      '${interface-tag} TagFieldSpecifications={instance=[Name,Team],network-interface=[Name]} Tags=',
    );
    expect(linesOf(plan)).toContain(
      'Records show the tag Name and Team of the instance, Name of the network interface. In the first hour it may be missing or old.',
    );
    expect((await given.done(line)).headline).toMatch(/^Done: /);
  });

  it.each([
    [
      'instance-tag',
      'shows a tag, and AWS wants to know which.',
      'Add `tagkeys=` with its key, as `tagkeys=Name`.',
    ],
    [
      'asg-tag,asg-tag-2 tagkeys=Name',
      'shows a tag, and AWS wants to know which.',
      'Add `tagkeys=` with two keys, as `tagkeys=Name,Team`.',
    ],
    [
      'interface-tag-2 tagkeys=Name',
      'shows a second tag, and there is no `interface-tag` for the first.',
      'Name `interface-tag` in `format=` instead, or both.',
    ],
    [
      'bytes tagkeys=Name',
      'needs a field that shows a tag, and the format has none.',
      'List the fields in `format=`, and among them `instance-tag`, `interface-tag` or `asg-tag`.',
    ],
  ])('is refused without what AWS needs: %s', async (words, problem, next) => {
    const given = await givenSample();
    const refusal = await given.refused(`setup ${SUBNET} ${FORMAT},${words}`);
    expect(refusal.problem).toContain(problem);
    expect(refusal.next).toBe(next);
  });
});
