// @ts-nocheck: draws kinds that are no longer played; the page is replaced as a whole.
import type { Chart, ChartSeries } from '../../../blocks/chart.ts';
import { drawing } from '../../dom/element.ts';
import { type Scale, shortNumber } from './chart-scale.ts';

type Plot = Exclude<Chart, { type: 'pie' }>;

/** Draws bars, those of one category side by side. */
export function drawBars(chart: Plot, scale: Scale): readonly SVGElement[] {
  return chart.series.flatMap((series, index) =>
    valuesInOrder(chart, series).map(({ label, value }, position) => {
      const { x, width } = scale.band(position);
      const barWidth = Math.min((width * 0.76) / chart.series.length, 44);
      const left = x + width / 2 - (barWidth * chart.series.length) / 2 + index * barWidth;
      const top = Math.min(scale.y(value), scale.y(0));
      const height = Math.max(Math.abs(scale.y(value) - scale.y(0)), value === 0 ? 0 : 1);
      const box = { x: left + 1, y: top, width: Math.max(barWidth - 2, 1), height, rx: Math.min(2, height) };
      return drawing('rect', { class: `shape shape-${index % 6}`, ...box }, tip(series.name, label, value));
    }),
  );
}

/** Draws lines; areas are lines with their ground filled. */
export function drawLines(chart: Plot, scale: Scale): readonly SVGElement[] {
  return chart.series.flatMap((series, index) => {
    const points = valuesInOrder(chart, series).map(({ label, value }, position) => {
      const { x, width } = scale.band(position);
      return { label, value, x: x + width / 2, y: scale.y(value) };
    });
    const path = points
      .map((point, position) => `${position === 0 ? 'M' : 'L'}${point.x} ${point.y}`)
      .join('');
    const ground = `${path}L${points.at(-1)?.x ?? 0} ${scale.y(0)}L${points[0]?.x ?? 0} ${scale.y(0)}Z`;
    const area =
      chart.type === 'area' ? [drawing('path', { class: `ground shape-${index % 6}`, d: ground })] : [];
    const line = drawing('path', { class: `line line-${index % 6}`, d: path });
    const dots = points.map(({ label, value, x, y }) =>
      drawing(
        'circle',
        { class: `shape shape-${index % 6}`, cx: x, cy: y, r: 3 },
        tip(series.name, label, value),
      ),
    );
    return [...area, line, ...dots];
  });
}

function valuesInOrder(
  chart: Plot,
  series: ChartSeries,
): readonly { readonly label: string; readonly value: number }[] {
  return chart.axis_config.categories.map((label) => ({
    label,
    value: series.data.find((point) => point.label === label)?.value ?? 0,
  }));
}

function tip(name: string, label: string, value: number): SVGElement {
  return drawing('title', {}, `${name}, ${label}: ${shortNumber(value)}`);
}
