// The double's appends of several streams at once, with checks of streams that are only read.
import { status, type UntypedServiceImplementation } from '@grpc/grpc-js';
import { refusal, type Refusal } from './answers.ts';
import type { DoubleState } from './state.ts';
import { appendOrFail } from './handlers-streams.ts';
import type { Expected, Part, Proposed } from './log.ts';
import type { Message } from './protocol.ts';

/** The methods of the newer streams service. */
export function recordHandlers(state: DoubleState): UntypedServiceImplementation {
  return {
    appendSession: (_: Message, callback: Message) =>
      callback(refusal(status.UNIMPLEMENTED, 'no such method')),
    appendRecords: (call: Message, callback: Message) => appendRecords(state, call, callback),
  };
}

async function appendRecords(
  state: DoubleState, call: Message, callback: Message,
): Promise<void> {
  const records: readonly (readonly [string, Proposed])[] = call.request.getRecordsList()
    .map((record: Message) => [record.getStream(), proposedIn(record)]);
  const parts: readonly Part[] = call.request.getChecksList().map((check: Message): Part => {
    const stream = check.getStreamState().getStream() as string;
    const expected = expectedOf(Number(check.getStreamState().getExpectedState()));
    return { stream, expected, events: records.flatMap(([name, one]) =>
      (name === stream ? [one] : [])) };
  });
  let violated: Refusal | undefined;
  const hit = await appendOrFail(state, call.metadata, () => {
    violated = violation(state, parts);
    if (violated) return { kind: 'wrong', current: undefined };
    // In the order of the request, streams mixed as they are.
    const written = records.map(([stream, one]) => state.log.record(stream, one));
    const last = written.at(-1);
    return { kind: 'appended', revision: last?.revision ?? -1, position: last?.position ?? -1n };
  });
  if (hit === undefined) return;
  if ('refusal' in hit) return callback(hit.refusal);
  if (violated) return callback(violated);
  const { outcome } = hit;
  const response = new state.protocol.records.AppendRecordsResponse();
  response.setPosition(String(outcome.kind === 'appended' ? outcome.position : -1));
  for (const { stream } of parts) {
    const revision = new state.protocol.records.StreamRevision();
    revision.setStream(stream);
    revision.setRevision(String(state.log.all(stream).at(-1)?.revision ?? -1));
    response.addRevisions(revision);
  }
  callback(null, response);
}

/** The refusal of an append of which one check fails; a repeated one is no exception. */
function violation(state: DoubleState, parts: readonly Part[]): Refusal | undefined {
  const { recordErrors, status: statuses, Any } = state.protocol;
  const failed = parts.flatMap((part, index) => {
    const current = state.log.all(part.stream).at(-1)?.revision ?? -1;
    const due = part.expected === 'no_stream' ? -1 : part.expected;
    return due === current ? [] : [{ index, stream: part.stream, due, current }];
  });
  if (failed.length === 0) return undefined;
  const details = new recordErrors.AppendConsistencyViolationErrorDetails();
  for (const { index, stream, due, current } of failed) {
    const one = new recordErrors.ConsistencyViolation.StreamStateViolation();
    one.setStream(stream);
    one.setExpectedState(String(due));
    one.setActualState(String(current));
    const violated = new recordErrors.ConsistencyViolation();
    violated.setCheckIndex(index);
    violated.setStreamState(one);
    details.addViolations(violated);
  }
  const any = new Any();
  any.pack(details.serializeBinary(),
    'kurrentdb.protocol.v2.streams.errors.AppendConsistencyViolationErrorDetails');
  const made = new statuses.Status();
  made.setDetails(any);
  const refused = refusal(status.FAILED_PRECONDITION, 'Append failed a consistency check.');
  refused.metadata.set('grpc-status-details-bin', Buffer.from(made.serializeBinary()));
  return refused;
}

/** The event in a record: its properties are what a read shows as metadata. */
function proposedIn(record: Message): Proposed {
  const properties: Record<string, string> = {};
  record.getPropertiesMap().forEach((value: Message, key: string) => {
    properties[key] = value.getStringValue();
  });
  return {
    id: record.getRecordId(),
    type: record.getSchema().getName(),
    contentType: 'application/octet-stream',
    data: record.getData_asU8(),
    metadata: Buffer.from(JSON.stringify(properties)),
  };
}

function expectedOf(state: number): Expected {
  if (state === -1) return 'no_stream';
  if (state === -2) return 'any';
  return state === -4 ? 'stream_exists' : state;
}
