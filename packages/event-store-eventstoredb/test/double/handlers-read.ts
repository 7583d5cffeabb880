// The double's reads: pages of a stream and of `$all`, and subscriptions to `$all`.
import { status } from '@grpc/grpc-js';
import { denial, refusal, refusalOf } from './answers.ts';
import type { DoubleState } from './state.ts';
import type { DoubleEvent } from './log.ts';
import { identifier, nameIn, readEvent, type Message } from './protocol.ts';

/** The `read` method: what is asked for is in its options. */
export function readHandler(state: DoubleState): (call: Message) => void {
  return (call) => {
    const isSubscription = call.request.getOptions().hasSubscription();
    state.open.set(call, isSubscription ? 'subscribe' : 'read');
    const closed = (): void => void state.open.delete(call);
    call.on('cancelled', closed);
    call.on('close', closed);
    call.on('finish', closed);
    call.on('error', () => undefined);
    void answer(state, call);
  };
}

async function answer(state: DoubleState, call: Message): Promise<void> {
  const options = call.request.getOptions();
  const denied = denial(state, call.metadata);
  if (denied) return void call.emit('error', denied);
  const fault = await state.faults.take(options.hasSubscription() ? 'subscribe' : 'read');
  if (fault === 'silent') return;
  if (fault === 'cut' || fault === 'lose-answer') return state.cut();
  const refused = fault && refusalOf(state, fault);
  if (refused) return void call.emit('error', refused);
  if (options.hasSubscription()) return subscribe(state, call, options);
  const forwards = options.getReadDirection() === 0;
  const count = Number(options.getCount());
  const found = options.hasAll()
    ? fromAll(state, options.getAll(), forwards)
    : fromStream(state, options.getStream(), forwards, call);
  if (found === undefined) return;
  const page = found.slice(0, count);
  state.sent.events += page.length;
  for (const event of page) call.write(readEvent(state.protocol, event));
  call.end();
}

function fromAll({ log }: DoubleState, all: Message, forwards: boolean): readonly DoubleEvent[] {
  if (!forwards) return log.events.toReversed();
  if (all.hasStart()) return log.events;
  const from = BigInt(all.getPosition().getCommitPosition());
  return log.events.filter(({ position }) => position >= from);
}

/** What a stream shows; `undefined` where the call was answered that there is none. */
function fromStream(
  state: DoubleState, options: Message, forwards: boolean, call: Message,
): readonly DoubleEvent[] | undefined {
  const { log, protocol: { streams, shared } } = state;
  const stream = nameIn(options.getStreamIdentifier());
  if (log.isTombstoned(stream)) {
    call.emit('error', refusal(status.FAILED_PRECONDITION, 'Event stream is deleted.', {
      exception: 'stream-deleted', 'stream-name': stream,
    }));
    return undefined;
  }
  const shown = log.shown(stream);
  if (shown.length === 0) {
    const missing = new streams.ReadResp.StreamNotFound();
    missing.setStreamIdentifier(identifier(shared, stream));
    const response = new streams.ReadResp();
    response.setStreamNotFound(missing);
    call.write(response);
    call.end();
    return undefined;
  }
  if (!forwards) return shown.toReversed();
  const from = options.hasStart() ? 0 : Number(options.getRevision());
  return shown.filter(({ revision }) => revision >= from);
}

/** A subscription to `$all` with a filter by the beginning of stream names. */
function subscribe(state: DoubleState, call: Message, options: Message): void {
  const { log, protocol } = state;
  const { streams } = protocol;
  const all = options.getAll();
  const after = all.hasEnd()
    ? (log.events.at(-1)?.position ?? -1n)
    : all.hasStart() ? -1n : BigInt(all.getPosition().getCommitPosition());
  state.subscribedFrom.push(all.hasEnd() ? 'end' : after);
  const prefixes: string[] = options.getFilter().getStreamIdentifier().getPrefixList();
  const tell = (event: DoubleEvent): void => {
    if (prefixes.some((prefix) => event.stream.startsWith(prefix))) {
      call.write(readEvent(protocol, event));
      return;
    }
    const checkpoint = new streams.ReadResp.Checkpoint();
    checkpoint.setCommitPosition(String(event.position));
    checkpoint.setPreparePosition(String(event.position));
    const response = new streams.ReadResp();
    response.setCheckpoint(checkpoint);
    call.write(response);
  };
  const confirmation = new streams.ReadResp.SubscriptionConfirmation();
  confirmation.setSubscriptionId('double');
  const confirmed = new streams.ReadResp();
  confirmed.setConfirmation(confirmation);
  call.write(confirmed);
  for (const event of log.events) if (event.position > after) tell(event);
  const stop = log.listen(tell);
  call.on('cancelled', stop);
  call.on('close', stop);
}
