/** Paths on a grid of 20, drawn with a line. */
const paths = {
  eye: 'M1.7 10S4.7 4.5 10 4.5 18.3 10 18.3 10 15.3 15.5 10 15.5 1.7 10 1.7 10ZM10 12.3a2.3 2.3 0 1 0 0-4.6 2.3 2.3 0 0 0 0 4.6Z',
  close: 'M5 5l10 10M15 5L5 15',
  more: 'M4.5 10h.01M10 10h.01M15.5 10h.01',
  send: 'M3 10l14-6.5L12.5 17l-3-5.5L3 10Zm6.5 1.5L17 3.5',
  menu: 'M3 5.5h14M3 10h14M3 14.5h14',
  lock: 'M5 9.2h10v7H5zM7 9V6.6a3 3 0 0 1 6 0V9',
  file: 'M5.5 2.5h6l4 4v11h-10zM11.2 2.7v4.1h4.1M8 11h5M8 14h5',
  sun: 'M10 13.3a3.3 3.3 0 1 0 0-6.6 3.3 3.3 0 0 0 0 6.6ZM10 1.8v1.7M10 16.5v1.7M1.8 10h1.7M16.5 10h1.7M4.2 4.2l1.2 1.2M14.6 14.6l1.2 1.2M15.8 4.2l-1.2 1.2M5.4 14.6l-1.2 1.2',
  moon: 'M16.5 12.2A7 7 0 0 1 7.8 3.5a7 7 0 1 0 8.7 8.7Z',
  chevron: 'M7 4.5l6 5.5-6 5.5',
  down: 'M4.5 7l5.5 6 5.5-6',
  download: 'M10 3v9M6.2 8.6L10 12.4l3.8-3.8M3.5 16.5h13',
  bolt: 'M11 2.5L4.5 11.5H10L9 17.5l6.5-9H10z',
  lamp: 'M4 8.5a6 6 0 0 1 12 0zM10 8.5v6.2M6.5 17h7M10 14.7V17',
} as const;

/** A small drawing next to words; it says nothing on its own. */
export function Icon({ name }: { readonly name: keyof typeof paths }) {
  return (
    <svg class={`icon icon-${name}`} viewBox="0 0 20 20" aria-hidden="true" focusable="false">
      <path d={paths[name]} />
    </svg>
  );
}
