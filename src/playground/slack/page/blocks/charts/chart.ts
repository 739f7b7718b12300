// @ts-nocheck: draws kinds that are no longer played; the page is replaced as a whole.
import type { Chart, ChartBlock } from '../../../blocks/chart.ts';
import { drawing, element } from '../../dom/element.ts';
import { plain } from '../../mrkdwn/render-mrkdwn.ts';
import type { BlockContext } from '../block-context.ts';
import { drawAxes } from './chart-axes.ts';
import { drawPie } from './chart-pie.ts';
import { frame, scaleFor } from './chart-scale.ts';
import { drawBars, drawLines } from './chart-series.ts';

/** Draws a chart, with a legend for the eye and a table for the ear. */
export function renderChart(block: ChartBlock, context: BlockContext): HTMLElement {
  const titleId = context.newDomId();
  const title = plain(block.title);
  const picture = drawing(
    'svg',
    { viewBox: `0 0 ${frame.width} ${frame.height}`, role: 'img', 'aria-labelledby': titleId },
    ...(block.chart.type === 'pie' ? drawPie(block.chart.segments) : drawPlot(block.chart)),
  );
  return element(
    'figure',
    { class: 'block-chart' },
    element('figcaption', { id: titleId }, title),
    picture,
    renderLegend(block.chart),
    renderNumbers(block.chart, title),
  );
}

function drawPlot(chart: Exclude<Chart, { type: 'pie' }>): readonly SVGElement[] {
  const scale = scaleFor(chart);
  const shapes = chart.type === 'bar' ? drawBars(chart, scale) : drawLines(chart, scale);
  return [...drawAxes(chart, scale), ...shapes];
}

function renderLegend(chart: Chart): HTMLElement | null {
  const names =
    chart.type === 'pie' ? chart.segments.map((one) => one.label) : chart.series.map((one) => one.name);
  if (names.length < 2) return null;
  const entries = names.map((name, index) =>
    element(
      'li',
      {},
      element('span', { class: `swatch swatch-${index % 6}`, 'aria-hidden': 'true' }),
      plain(name),
    ),
  );
  return element('ul', { class: 'legend' }, ...entries);
}

/** The same numbers as a table, for those who do not see the picture. */
function renderNumbers(chart: Chart, title: string): HTMLElement {
  const rows =
    chart.type === 'pie'
      ? chart.segments.map((one) => [one.label, String(one.value)])
      : chart.axis_config.categories.map((category) => [
          category,
          ...chart.series.map((series) =>
            String(series.data.find((point) => point.label === category)?.value ?? ''),
          ),
        ]);
  const names = chart.type === 'pie' ? ['Value'] : chart.series.map((series) => series.name);
  return element(
    'table',
    { class: 'for-ears' },
    element('caption', {}, title),
    element(
      'thead',
      {},
      element('tr', {}, ...['', ...names].map((name) => element('th', { scope: 'col' }, name || 'Name'))),
    ),
    element(
      'tbody',
      {},
      ...rows.map((row) => element('tr', {}, ...row.map((cell) => element('td', {}, cell)))),
    ),
  );
}
