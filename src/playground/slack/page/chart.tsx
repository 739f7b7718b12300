import type { Chart, ChartSeries, SlackChartBlock } from '../blocks/chart.ts';
import { plainTextOf } from './mrkdwn.tsx';

/** Room that one letter of a label takes; labels that would touch are left out, evenly. */
const LETTER_WIDTH = 8;
const COLOURS = 6;

/** A chart of bars, with a legend for the eye and a table for screen readers. */
export function BarChart({ block }: { readonly block: SlackChartBlock }) {
  const { chart } = block;
  const scale = scaleFor(chart);
  const title = plainTextOf(block.title);
  return (
    <figure class="block-chart">
      <figcaption>{title}</figcaption>
      <svg viewBox={`0 0 ${frame.width} ${frame.height}`} role="img" aria-label={title}>
        <Axes chart={chart} scale={scale} />
        {chart.series.map((series, index) => (
          <Series key={series.name} chart={chart} scale={scale} index={index} />
        ))}
      </svg>
      {chart.series.length > 1 && <Legend chart={chart} />}
      <Numbers chart={chart} title={title} />
    </figure>
  );
}

interface PlotProps {
  readonly chart: Chart;
  readonly scale: Scale;
}

/** The lines, numbers and names around the bars. */
function Axes({ chart, scale }: PlotProps) {
  const { categories, x_label: xLabel, y_label: yLabel } = chart.axis_config;
  const right = frame.width - frame.right;
  const bottom = frame.height - frame.bottom;
  const longest = Math.max(...categories.map((name) => name.length)) + 1;
  const every = Math.max(1, Math.ceil((longest * LETTER_WIDTH) / scale.band(0).width));
  return (
    <>
      {scale.ticks.map((tick) => (
        <g key={tick}>
          <line
            class={tick === 0 ? 'axis' : 'grid'}
            x1={frame.left}
            x2={right}
            y1={scale.y(tick)}
            y2={scale.y(tick)}
          />
          <text class="tick" x={frame.left - 8} y={scale.y(tick) + 4} text-anchor="end">
            {shortNumber(tick)}
          </text>
        </g>
      ))}
      {categories.map((name, index) => {
        const { x, width } = scale.band(index);
        return index % every === 0 ? (
          <text
            key={name}
            class="tick"
            x={x + width / 2}
            y={bottom + 6}
            text-anchor="middle"
            dominant-baseline="hanging"
          >
            {name}
          </text>
        ) : null;
      })}
      {xLabel && (
        <text class="axis-name" x={(frame.left + right) / 2} y={frame.height - 8} text-anchor="middle">
          {xLabel}
        </text>
      )}
      {yLabel && (
        <text
          class="axis-name"
          transform={`translate(12 ${(frame.top + bottom) / 2}) rotate(-90)`}
          text-anchor="middle"
        >
          {yLabel}
        </text>
      )}
    </>
  );
}

/** The bars of one series, each next to those of the others in its category. */
function Series({ chart, scale, index }: PlotProps & { readonly index: number }) {
  const series = chart.series[index];
  return chart.axis_config.categories.map((category, position) => {
    const value = numberOf(series, category) ?? 0;
    const { x, width } = scale.band(position);
    const barWidth = Math.min((width * 0.76) / chart.series.length, 44);
    const left = x + width / 2 - (barWidth * chart.series.length) / 2 + index * barWidth;
    const height = Math.max(Math.abs(scale.y(value) - scale.y(0)), value === 0 ? 0 : 1);
    return (
      <rect
        key={category}
        class={`shape shape-${index % COLOURS}`}
        x={left + 1}
        y={Math.min(scale.y(value), scale.y(0))}
        width={Math.max(barWidth - 2, 1)}
        height={height}
        rx={Math.min(2, height)}
      >
        <title>{`${series?.name}, ${category}: ${shortNumber(value)}`}</title>
      </rect>
    );
  });
}

function Legend({ chart }: { readonly chart: Chart }) {
  return (
    <ul class="legend">
      {chart.series.map(({ name }, index) => (
        <li key={name}>
          <span class={`swatch swatch-${index % COLOURS}`} aria-hidden="true" />
          {plainTextOf(name)}
        </li>
      ))}
    </ul>
  );
}

/** The same numbers as a table, for those who do not see the picture. */
function Numbers({ chart, title }: { readonly chart: Chart; readonly title: string }) {
  return (
    <table class="for-ears">
      <caption>{title}</caption>
      <thead>
        <tr>
          {['Name', ...chart.series.map(({ name }) => name)].map((name) => (
            <th scope="col" key={name}>
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {chart.axis_config.categories.map((category) => (
          <tr key={category}>
            <td>{category}</td>
            {chart.series.map((series) => (
              <td key={series.name}>{numberOf(series, category)}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function numberOf(series: ChartSeries | undefined, category: string): number | undefined {
  return series?.data.find((point) => point.label === category)?.value;
}

/** The canvas, in its own units. */
const frame = { width: 560, height: 240, left: 56, right: 12, top: 12, bottom: 44 } as const;

/** Where values and categories lie on the canvas. */
interface Scale {
  readonly ticks: readonly number[];
  readonly y: (value: number) => number;
  /** Left edge and width of a category's share of the axis. */
  readonly band: (index: number) => { readonly x: number; readonly width: number };
}

/** A scale from zero (or the lowest value below it) to a round number above the highest value. */
function scaleFor(chart: Chart): Scale {
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
function shortNumber(value: number): string {
  return compact.format(value);
}
