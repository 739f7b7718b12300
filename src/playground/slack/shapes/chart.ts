/** One line, area or colour of bars. */
export interface ChartSeries {
  readonly name: string;
  readonly data: readonly { readonly label: string; readonly value: number }[];
}

/** What a chart shows. */
export type Chart =
  | {
      readonly type: 'bar' | 'line' | 'area';
      readonly series: readonly ChartSeries[];
      readonly axis_config: {
        readonly categories: readonly string[];
        readonly x_label?: string;
        readonly y_label?: string;
      };
    }
  | {
      readonly type: 'pie';
      readonly segments: readonly { readonly label: string; readonly value: number }[];
    };

/** A chart. */
export interface ChartBlock {
  readonly type: 'data_visualization';
  readonly block_id?: string;
  readonly title: string;
  readonly chart: Chart;
}
