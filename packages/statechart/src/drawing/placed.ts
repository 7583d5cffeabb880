// A drawing in which everything has a place: what a layout answers, and what `toSvg` writes.
import type { DrawnArrow, DrawnBox } from './drawing.ts';
import type { BoxText } from './measure.ts';
import type { SizedText } from './text-size.ts';

/** A place, in pixels from the top left corner of the picture. */
export interface Place {
  readonly x: number;
  readonly y: number;
}

/** A rectangle. */
export interface Area extends Place {
  readonly width: number;
  readonly height: number;
}

/** A box with its place and that of everything in it. */
export interface PlacedBox extends Area {
  readonly box: DrawnBox;
  readonly text: BoxText;
  readonly children: readonly PlacedBox[];
  /** A region beside others: its border is dashed. */
  readonly isRegion: boolean;
}

/** An arrow as a line through places, and where its text stands. */
export interface PlacedArrow {
  readonly arrow: DrawnArrow;
  readonly points: readonly Place[];
  readonly text: SizedText;
  /** Top left corner of the text; `undefined` when there is none. */
  readonly label: Place | undefined;
}

/** A chart with its places. */
export interface PlacedChart {
  readonly root: PlacedBox;
  readonly arrows: readonly PlacedArrow[];
}
