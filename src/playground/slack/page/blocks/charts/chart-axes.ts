import type { Chart } from '../../../blocks/chart.ts';
import { drawing } from '../../dom/element.ts';
import { frame, type Scale, shortNumber } from './chart-scale.ts';

/** Room that one letter of a label takes; labels that would touch are left out, evenly. */
const letterWidth = 8;

/** Draws the lines, numbers and names around a plot. */
export function drawAxes(chart: Exclude<Chart, { type: 'pie' }>, scale: Scale): readonly SVGElement[] {
  const right = frame.width - frame.right;
  const grid = scale.ticks.flatMap((tick) => {
    const y = scale.y(tick);
    const line = drawing('line', {
      class: tick === 0 ? 'axis' : 'grid',
      x1: frame.left,
      x2: right,
      y1: y,
      y2: y,
    });
    return [line, word(shortNumber(tick), frame.left - 8, y + 4, 'end')];
  });
  const { categories, x_label: xLabel, y_label: yLabel } = chart.axis_config;
  const longest = Math.max(...categories.map((name) => name.length)) + 1;
  const every = Math.max(1, Math.ceil((longest * letterWidth) / scale.band(0).width));
  const names = categories.flatMap((name, index) => {
    const { x, width } = scale.band(index);
    return index % every === 0 ? [word(name, x + width / 2, frame.height - frame.bottom + 16, 'middle')] : [];
  });
  const below = xLabel
    ? [word(xLabel, (frame.left + right) / 2, frame.height - 8, 'middle', 'axis-name')]
    : [];
  return [...grid, ...names, ...below, ...(yLabel ? [sideways(yLabel)] : [])];
}

function word(
  text: string,
  x: number,
  y: number,
  anchor: 'start' | 'middle' | 'end',
  kind = 'tick',
): SVGElement {
  return drawing('text', { class: kind, x, y, 'text-anchor': anchor }, text);
}

function sideways(text: string): SVGElement {
  const y = (frame.top + frame.height - frame.bottom) / 2;
  return drawing(
    'text',
    { class: 'axis-name', transform: `translate(12 ${y}) rotate(-90)`, 'text-anchor': 'middle' },
    text,
  );
}
