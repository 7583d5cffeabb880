// What a display board in the hall may show: a number, a room and a time; never who or what for.
import type { Instant, PartView } from '@himaya/engine';
import type { BookingFacts } from './booking.ts';

/** A line on the board. */
export interface BoardLine {
  readonly number: number;
  readonly roomId: string;
  readonly from: Instant;
}

/** The bookings that are still to come or under way, numbered in the order of their making. */
export function displayBoard(bookings: readonly PartView<BookingFacts>[]): readonly BoardLine[] {
  return bookings.flatMap(({ context: { roomId, from }, states }, place) =>
    states.includes('confirmed') || states.includes('started')
      ? [{ number: place + 1, roomId, from }]
      : [],
  );
}

/** The bookings that need another room, because theirs is out of service or was taken from them. */
export function toRebook(
  bookings: readonly PartView<BookingFacts>[],
  roomsOut: readonly string[],
): readonly string[] {
  return bookings
    .filter(({ context, states }) => {
      const { roomId, careRoomId } = context;
      const isOut = roomsOut.includes(roomId) || roomsOut.includes(careRoomId ?? '');
      return states.includes('released') || (states.includes('confirmed') && isOut);
    })
    .map(({ id }) => id);
}
