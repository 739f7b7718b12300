import { drawing } from '../../dom/element.ts';
import { frame, shortNumber } from './chart-scale.ts';

interface Segment {
  readonly label: string;
  readonly value: number;
}

const radius = 96;
const hole = 54;

/** Draws a ring of segments, the first from twelve o'clock on, with the total in its middle. */
export function drawPie(segments: readonly Segment[]): readonly SVGElement[] {
  const total = segments.reduce((sum, segment) => sum + segment.value, 0);
  let turned = 0;
  const slices = segments.map((segment, index) => {
    const from = turned;
    turned += segment.value / total;
    const share = Math.round((100 * segment.value) / total);
    const words = `${segment.label}: ${shortNumber(segment.value)} (${share} %)`;
    return drawing(
      'path',
      { class: `shape shape-${index % 6}`, d: slicePath(from, turned) },
      drawing('title', {}, words),
    );
  });
  const middle = { x: frame.width / 2, y: frame.height / 2 + 7, 'text-anchor': 'middle', class: 'pie-total' };
  return [...slices, drawing('text', middle, shortNumber(total))];
}

/** A full turn is drawn as a little less, because an arc from a point to itself is nothing. */
function slicePath(from: number, to: number): string {
  const end = Math.min(to, from + 0.9999);
  const large = end - from > 0.5 ? 1 : 0;
  const outer = `M${at(from, radius)}A${radius} ${radius} 0 ${large} 1 ${at(end, radius)}`;
  return `${outer}L${at(end, hole)}A${hole} ${hole} 0 ${large} 0 ${at(from, hole)}Z`;
}

function at(turn: number, distance: number): string {
  const angle = 2 * Math.PI * turn - Math.PI / 2;
  const x = frame.width / 2 + distance * Math.cos(angle);
  const y = frame.height / 2 + distance * Math.sin(angle);
  return `${x.toFixed(2)} ${y.toFixed(2)}`;
}
