// What a picture of a chart shows, before anything has a place: boxes in boxes, and arrows.

/** A line of text, and which transitions of the chart it tells of. */
export interface DrawnLine {
  readonly text: string;
  /** Places in the chart's list of transitions, from 0. */
  readonly transitions: readonly number[];
}

/** A box: a state, the dot where one begins, or a place from which several states' arrow starts. */
export interface DrawnBox {
  /** Unique in its drawing. */
  readonly key: string;
  /** Path of the state; `undefined` for what is no state. */
  readonly path: string | undefined;
  readonly kind: 'atomic' | 'compound' | 'parallel' | 'final' | 'initial' | 'origin';
  readonly label: string;
  /** What happens in it without leaving it. */
  readonly rows: readonly DrawnLine[];
  readonly children: readonly DrawnBox[];
}

/** An arrow from box to box with everything that leads that way. */
export interface DrawnArrow {
  readonly key: string;
  readonly from: string;
  readonly to: string;
  /** None on the arrow that leaves an initial dot. */
  readonly lines: readonly DrawnLine[];
}

/** A chart as a picture shows it, in one language. */
export interface ChartDrawing {
  readonly id: string;
  readonly title: string;
  readonly language: string;
  readonly direction: 'ltr' | 'rtl';
  readonly root: DrawnBox;
  readonly arrows: readonly DrawnArrow[];
}
