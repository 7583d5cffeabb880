// Spans and metrics through OpenTelemetry's API: names and outcomes, never inputs or people.
import {
  context,
  metrics,
  SpanKind,
  SpanStatusCode,
  trace,
  type Attributes,
} from '@opentelemetry/api';
import { isFault } from '@himaya/event-store';
import { kindOf } from '../authored.ts';

const SCOPE = '@himaya/engine';

/** Calls of the engine that have a span of their own. */
export type TracedCall = 'execute' | 'preview' | 'options' | 'replay';

/** What the engine measures of itself. Without an SDK all of it does nothing. */
export interface Telemetry {
  /**
   * Runs one command in a span `himaya.execute` and counts its outcome. Spans that the store or the
   * host start meanwhile are its children.
   */
  command<Result extends { readonly kind: string }>(
    name: string,
    run: () => Promise<Result>,
  ): Promise<Result>;
  /** Runs a call that is no command in a span of its name. */
  call<Result>(name: Exclude<TracedCall, 'execute'>, run: () => Promise<Result>): Promise<Result>;
  conflict(command: string): void;
  deadlinesReached(count: number): void;
  alert(code: string): void;
}

/**
 * The engine's telemetry; takes the providers that are registered when it is made. Names follow the
 * semantic conventions: a namespace of their own, seconds, counts in braces, `error.type`.
 */
export function engineTelemetry(monotonicMs: () => number): Telemetry {
  const tracer = trace.getTracer(SCOPE);
  const meter = metrics.getMeter(SCOPE);
  const duration = meter.createHistogram('himaya.command.duration', {
    description: 'Time from the call of a command to its outcome',
    unit: 's',
  });
  const count = (name: string, description: string, unit: string) =>
    meter.createCounter(name, { description, unit });
  const conflicts = count('himaya.append.conflicts', 'Appends that lost', '{conflict}');
  const deadlines = count('himaya.deadlines.reached', 'Deadlines reached', '{deadline}');
  const alerts = count('himaya.alerts', 'Alerts by code', '{alert}');

  const traced = async <Result>(
    name: TracedCall,
    attributes: Attributes,
    outcomeOf: (result: Result) => Attributes,
    run: () => Promise<Result>,
  ): Promise<Result> => {
    const span = tracer.startSpan(`himaya.${name}`, { kind: SpanKind.INTERNAL, attributes });
    try {
      const result = await context.with(trace.setSpan(context.active(), span), run);
      span.setAttributes(outcomeOf(result));
      return result;
    } catch (error) {
      // The code of a fault or the kind of an error; its message may quote a case.
      span.setAttribute('error.type', errorType(error));
      span.setStatus({ code: SpanStatusCode.ERROR });
      throw error;
    } finally {
      span.end();
    }
  };

  return {
    conflict: (name) => conflicts.add(1, { 'himaya.command.name': name }),
    deadlinesReached: (reached) => deadlines.add(reached),
    alert: (code) => alerts.add(1, { 'himaya.alert.code': code }),
    call: (name, run) => traced(name, {}, () => ({}), run),
    command: async (name, run) => {
      const startedMs = monotonicMs();
      const attributes: Attributes = { 'himaya.command.name': name };
      const took = (of: string, value: string): Attributes => {
        const all: Attributes = { 'himaya.command.name': name, [of]: value };
        duration.record((monotonicMs() - startedMs) / 1_000, all);
        return { [of]: value };
      };
      const outcomeOf = ({ kind }: { readonly kind: string }): Attributes =>
        took('himaya.command.outcome', kind);
      try {
        return await traced('execute', attributes, outcomeOf, run);
      } catch (error) {
        took('error.type', errorType(error));
        throw error;
      }
    },
  };
}

function errorType(error: unknown): string {
  return isFault(error) ? error.code : kindOf(error);
}
