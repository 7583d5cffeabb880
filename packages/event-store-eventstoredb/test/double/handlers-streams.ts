// The double's streams service: append, batch append, read, subscribe, delete.
import { status, type Metadata, type UntypedServiceImplementation } from '@grpc/grpc-js';
import { denial, refusal, refusalOf, type Refusal } from './answers.ts';
import type { DoubleState } from './state.ts';
import { readHandler } from './handlers-read.ts';
import type { Appended, Expected, Part, Proposed } from './log.ts';
import { identifier, nameIn, uuid, uuidText, type Message } from './protocol.ts';

/** The methods of the streams service. */
export function streamHandlers(state: DoubleState): UntypedServiceImplementation {
  return {
    read: readHandler(state),
    append: (call: Message, callback: Message) => {
      // A connection that breaks under it ends it: there is nobody to answer.
      appendOne(state, call, callback).catch(() => undefined);
    },
    batchAppend: (call: Message) => appendBatches(state, call),
    delete: (call: Message, callback: Message) => deleteStream(state, call, callback, false),
    tombstone: (call: Message, callback: Message) => deleteStream(state, call, callback, true),
  };
}

/** What became of an append: an answer to make, a refusal, or nothing at all. */
type Outcome = Appended | { readonly kind: 'too-large' } | { readonly kind: 'timeout' };
type Hit = { readonly outcome: Outcome } | { readonly refusal: Refusal } | undefined;

/** Appends, or does what a fault has it do. */
export async function appendOrFail(
  state: DoubleState, metadata: Metadata, work: () => Outcome,
): Promise<Hit> {
  const denied = denial(state, metadata);
  if (denied) return { refusal: denied };
  const fault = await state.faults.take('append');
  if (fault === 'silent') return undefined;
  if (fault === 'lie') return { outcome: { kind: 'repeated', revision: 0 } };
  if (fault === 'cut') {
    state.cut();
    return undefined;
  }
  const refused = fault && refusalOf(state, fault);
  if (refused) return { refusal: refused };
  const outcome = work();
  if (fault !== 'lose-answer') return { outcome };
  state.cut();
  return undefined;
}

function judged(state: DoubleState, part: Part): Outcome {
  const bytes = part.events.reduce((sum, { type, data, metadata }) =>
    sum + type.length * 2 + data.byteLength + metadata.byteLength, 0);
  return bytes > state.appendBytesMax ? { kind: 'too-large' } : state.log.append(part);
}

async function appendOne(state: DoubleState, call: Message, callback: Message): Promise<void> {
  const { streams, shared } = state.protocol;
  const events: Proposed[] = [];
  let options: Message;
  for await (const request of call as AsyncIterable<Message>) {
    if (request.hasOptions()) options = request.getOptions();
    else events.push(proposedIn(request.getProposedMessage()));
  }
  const part: Part = {
    stream: nameIn(options.getStreamIdentifier()),
    expected: expectedIn(options, options.hasRevision() && options.getRevision()),
    events,
  };
  const hit = await appendOrFail(state, call.metadata, () => judged(state, part));
  if (hit === undefined) return;
  if ('refusal' in hit) return callback(hit.refusal);
  const { outcome } = hit;
  const response = new streams.AppendResp();
  switch (outcome.kind) {
    case 'appended':
    case 'repeated':
      response.setSuccess(success(state, streams.AppendResp, outcome));
      return callback(null, response);
    case 'wrong': {
      const wrong = new streams.AppendResp.WrongExpectedVersion();
      const { current } = outcome;
      if (current === undefined) wrong.setCurrentNoStream(new shared.Empty());
      else wrong.setCurrentRevision(String(current));
      response.setWrongExpectedVersion(wrong);
      return callback(null, response);
    }
    case 'deleted':
      return callback(refusal(status.FAILED_PRECONDITION, 'Event stream is deleted.', {
        exception: 'stream-deleted', 'stream-name': part.stream,
      }));
    case 'too-large':
      return callback(refusal(status.INVALID_ARGUMENT, 'Maximum Append Size Exceeded.', {
        exception: 'maximum-append-size-exceeded',
        'maximum-append-size': String(state.appendBytesMax),
      }));
    case 'timeout':
      return callback(refusal(status.ABORTED, 'Operation timed out'));
  }
}

/** The shared call of appends: each is answered with its own id, or the whole call ends. */
function appendBatches(state: DoubleState, call: Message): void {
  if (!state.batchAppend) {
    call.emit('error', refusal(status.UNIMPLEMENTED, 'no such method'));
    return;
  }
  state.open.set(call, 'append');
  call.on('close', () => state.open.delete(call));
  call.on('cancelled', () => state.open.delete(call));
  const begun = new Map<string, { options: Message; events: Proposed[] }>();
  call.on('error', () => undefined);
  call.on('end', () => call.end());
  call.on('data', (request: Message) => {
    const id = uuidText(request.getCorrelationId());
    const batch = begun.get(id) ?? { options: request.getOptions(), events: [] };
    begun.set(id, batch);
    batch.events.push(...request.getProposedMessagesList().map(proposedIn));
    if (!request.getIsFinal()) return;
    begun.delete(id);
    void answerBatch(state, call, id, batch);
  });
}

async function answerBatch(
  state: DoubleState,
  call: Message,
  id: string,
  { options, events }: { options: Message; events: readonly Proposed[] },
): Promise<void> {
  const { streams, shared } = state.protocol;
  const stream = nameIn(options.getStreamIdentifier());
  const expected = expectedIn(options, options.hasStreamPosition() && options.getStreamPosition());
  const hit = await appendOrFail(state, call.metadata, () =>
    judged(state, { stream, expected, events }));
  if (hit === undefined) return;
  if ('refusal' in hit && hit.refusal.code !== status.DEADLINE_EXCEEDED) {
    call.emit('error', hit.refusal);
    return;
  }
  const outcome: Outcome = 'outcome' in hit ? hit.outcome : { kind: 'timeout' };
  const response = new streams.BatchAppendResp();
  response.setCorrelationId(uuid(shared, id));
  response.setStreamIdentifier(identifier(shared, stream));
  if (outcome.kind === 'appended' || outcome.kind === 'repeated') {
    response.setSuccess(success(state, streams.BatchAppendResp, outcome));
  } else {
    response.setError(failureStatus(state, stream, outcome));
  }
  call.write(response);
}

/** An error inside an answer: a status that holds what went wrong as a message of its own. */
function failureStatus(
  { protocol: { shared, status: statuses, Any }, appendBytesMax }: DoubleState,
  stream: string,
  outcome: Exclude<Outcome, { kind: 'appended' | 'repeated' }>,
): Message {
  const [name, detail] = ((): [string, Message] => {
    switch (outcome.kind) {
      case 'wrong': {
        const wrong = new shared.WrongExpectedVersion();
        if (outcome.current === undefined) wrong.setCurrentNoStream(new shared.Empty());
        else wrong.setCurrentStreamRevision(String(outcome.current));
        return ['WrongExpectedVersion', wrong];
      }
      case 'deleted': {
        const deleted = new shared.StreamDeleted();
        deleted.setStreamIdentifier(identifier(shared, stream));
        return ['StreamDeleted', deleted];
      }
      case 'too-large': {
        const large = new shared.MaximumAppendSizeExceeded();
        large.setMaxappendsize(appendBytesMax);
        return ['MaximumAppendSizeExceeded', large];
      }
      case 'timeout':
        return ['Timeout', new shared.Timeout()];
    }
  })();
  const details = new Any();
  details.pack(detail.serializeBinary(), `event_store.client.${name}`);
  const failure = new statuses.Status();
  failure.setDetails(details);
  return failure;
}

/** What a server says of a success: of a repeated one this double does not tell the place. */
function success(
  { protocol: { shared } }: DoubleState,
  response: Message,
  outcome: Extract<Appended, { kind: 'appended' | 'repeated' }>,
): Message {
  const made = new response.Success();
  made.setCurrentRevision(String(outcome.revision));
  if (outcome.kind === 'repeated') made.setNoPosition(new shared.Empty());
  else {
    const Position = response.Position ?? shared.AllStreamPosition;
    const position = new Position();
    position.setCommitPosition(String(outcome.position));
    position.setPreparePosition(String(outcome.position));
    made.setPosition(position);
  }
  return made;
}

/** The event that a client proposes. */
export function proposedIn(message: Message): Proposed {
  return {
    id: uuidText(message.getId()),
    type: message.getMetadataMap().get('type'),
    contentType: message.getMetadataMap().get('content-type'),
    data: message.getData_asU8(),
    metadata: message.getCustomMetadata_asU8(),
  };
}

function expectedIn(options: Message, revision: string | false): Expected {
  if (options.hasNoStream()) return 'no_stream';
  if (options.hasStreamExists()) return 'stream_exists';
  return options.hasAny() || revision === false ? 'any' : Number(revision);
}

function deleteStream(
  state: DoubleState, call: Message, callback: Message, forGood: boolean,
): void {
  const denied = denial(state, call.metadata);
  if (denied) return callback(denied);
  if (!state.deletes) return callback(refusalOf(state, 'denied'));
  const stream = nameIn(call.request.getOptions().getStreamIdentifier());
  state.log.delete(stream, forGood);
  const { streams, shared } = state.protocol;
  const response = new (forGood ? streams.TombstoneResp : streams.DeleteResp)();
  response.setNoPosition(new shared.Empty());
  callback(null, response);
}
