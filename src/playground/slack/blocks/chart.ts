import { z } from 'zod';
import { PLAYGROUND_LIMITS } from '../limits.ts';
import { blockId } from './elements.ts';

const label = z.string().min(1).max(PLAYGROUND_LIMITS.chartLabel);
const axisLabel = z.string().min(1).max(PLAYGROUND_LIMITS.chartAxisLabel).optional();

const series = z.strictObject({
  name: label,
  data: z
    .array(z.strictObject({ label, value: z.number() }))
    .min(1)
    .max(PLAYGROUND_LIMITS.chartPoints),
});

/** Bars of one colour. */
export type ChartSeries = z.infer<typeof series>;

const bars = z
  .strictObject({
    type: z.literal('bar'),
    series: z.array(series).min(1).max(PLAYGROUND_LIMITS.chartSeries),
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
  .refine((chart) => chart.series.every(({ data }) => haveSameLabels(data, chart.axis_config.categories)), {
    error: 'every series needs a point for every category',
  });

/** What a chart shows. */
export type Chart = z.infer<typeof bars>;

/** A chart; messages only. */
export const dataVisualization = z.strictObject({
  type: z.literal('data_visualization'),
  block_id: blockId,
  title: z.string().min(1).max(PLAYGROUND_LIMITS.chartTitle),
  chart: z.discriminatedUnion('type', [bars]),
});

/** A chart. */
export type SlackChartBlock = z.infer<typeof dataVisualization>;

function areDistinct(names: readonly string[]): boolean {
  return new Set(names).size === names.length;
}

function haveSameLabels(data: ChartSeries['data'], categories: readonly string[]): boolean {
  const labels = data.map((point) => point.label);
  return (
    areDistinct(labels) &&
    labels.length === categories.length &&
    labels.every((one) => categories.includes(one))
  );
}
