import type { Chart } from '../../../blocks/chart.ts';

/** The canvas, in its own units. */
export const frame = { width: 560, height: 240, left: 56, right: 12, top: 12, bottom: 44 } as const;

/** Where values and categories lie on the canvas. */
export interface Scale {
  readonly ticks: readonly number[];
  readonly y: (value: number) => number;
  /** Left edge and width of a category's share of the axis. */
  readonly band: (index: number) => { readonly x: number; readonly width: number };
}

type Plot = Exclude<Chart, { type: 'pie' }>;

/** A scale from zero (or the lowest value below it) to a round number above the highest value. */
export function scaleFor(chart: Plot): Scale {
  const values = chart.series.flatMap((series) => series.data.map((point) => point.value));
  const step = roundStep(Math.max(0, ...values) - Math.min(0, ...values));
  const low = Math.floor(Math.min(0, ...values) / step) * step;
  const high = Math.max(Math.ceil(Math.max(0, ...values) / step) * step, low + step);
  const ticks = Array.from({ length: Math.round((high - low) / step) + 1 }, (_, index) => low + index * step);
  const plotHeight = frame.height - frame.top - frame.bottom;
  const bandWidth = (frame.width - frame.left - frame.right) / chart.axis_config.categories.length;
  return {
    ticks,
    y: (value) => frame.top + plotHeight * (1 - (value - low) / (high - low)),
    band: (index) => ({ x: frame.left + index * bandWidth, width: bandWidth }),
  };
}

/** 1, 2 or 5 times a power of ten, so that about four lines divide the range. */
function roundStep(range: number): number {
  if (!(range > 0)) return 1;
  const rough = range / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const factor = [1, 2, 5, 10].find((one) => one * power >= rough) ?? 10;
  return factor * power;
}

const compact = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 2 });

/** A number short enough for an axis: `1.2M`. */
export function shortNumber(value: number): string {
  return compact.format(value);
}
