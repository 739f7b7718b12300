import { z } from 'zod';
import { PLAYGROUND_LIMITS } from '../../limits.ts';
import { blockId } from '../elements/ids.ts';

const label = z.string().min(1).max(PLAYGROUND_LIMITS.chartLabel);
const axisLabel = z.string().min(1).max(PLAYGROUND_LIMITS.chartAxisLabel).optional();

const points = z
  .array(z.strictObject({ label, value: z.number() }))
  .min(1)
  .max(PLAYGROUND_LIMITS.chartPoints);

function areDistinct(names: readonly string[]): boolean {
  return new Set(names).size === names.length;
}

function chartOf<T extends 'bar' | 'line' | 'area'>(type: T) {
  return z
    .strictObject({
      type: z.literal(type),
      series: z
        .array(z.strictObject({ name: label, data: points }))
        .min(1)
        .max(PLAYGROUND_LIMITS.chartSeries),
      axis_config: z.strictObject({
        categories: z
          .array(label)
          .min(1)
          .max(PLAYGROUND_LIMITS.chartPoints)
          .refine(areDistinct, { error: 'categories must be unique' }),
        x_label: axisLabel,
        y_label: axisLabel,
      }),
    })
    .refine(
      (chart) => chart.series.every((series) => haveSameLabels(series.data, chart.axis_config.categories)),
      { error: 'every series needs a point for every category' },
    );
}

function haveSameLabels(data: readonly { readonly label: string }[], categories: readonly string[]): boolean {
  const labels = data.map((point) => point.label);
  return (
    areDistinct(labels) &&
    labels.length === categories.length &&
    labels.every((one) => categories.includes(one))
  );
}

const pie = z.strictObject({
  type: z.literal('pie'),
  segments: z
    .array(z.strictObject({ label, value: z.number().gt(0) }))
    .min(1)
    .max(PLAYGROUND_LIMITS.pieSegments),
});

/** A chart; messages only. */
export const dataVisualization = z.strictObject({
  type: z.literal('data_visualization'),
  block_id: blockId,
  title: z.string().min(1).max(PLAYGROUND_LIMITS.chartTitle),
  chart: z.discriminatedUnion('type', [chartOf('bar'), chartOf('line'), chartOf('area'), pie]),
});
