// Spans and metrics through OpenTelemetry's API: names and outcomes, never inputs or people.
import { metrics, SpanStatusCode, trace, type Span } from '@opentelemetry/api';

const SCOPE = '@himaya/engine';

/** What the engine measures of itself. Without an SDK all of it does nothing. */
export interface Telemetry {
  /** Runs one command in a span `himaya.execute` and counts its outcome. */
  command<Result extends { readonly kind: string }>(
    name: string,
    run: () => Promise<Result>,
    monotonicMs: () => number,
  ): Promise<Result>;
  conflict(command: string): void;
  deadlinesReached(count: number): void;
  alert(code: string): void;
}

/** The engine's telemetry; takes the providers that are registered when it is made. */
export function engineTelemetry(): Telemetry {
  const tracer = trace.getTracer(SCOPE);
  const meter = metrics.getMeter(SCOPE);
  const commands = meter.createCounter('himaya.commands', { description: 'Commands by outcome' });
  const duration = meter.createHistogram('himaya.command.duration', {
    description: 'Time from the call to the outcome',
    unit: 'ms',
  });
  const conflicts = meter.createCounter('himaya.conflicts', { description: 'Appends that lost' });
  const deadlines = meter.createCounter('himaya.deadlines.reached', {
    description: 'Deadlines reached and escalated',
  });
  const alerts = meter.createCounter('himaya.alerts', { description: 'Alerts by code' });
  const finish = (span: Span, outcome: string, command: string, tookMs: number): void => {
    span.setAttribute('himaya.outcome', outcome);
    span.end();
    commands.add(1, { command, outcome });
    duration.record(tookMs, { command, outcome });
  };
  return {
    conflict: (command) => conflicts.add(1, { command }),
    deadlinesReached: (count) => deadlines.add(count),
    alert: (code) => alerts.add(1, { code }),
    command: async (name, run, monotonicMs) => {
      const span = tracer.startSpan('himaya.execute', { attributes: { 'himaya.command': name } });
      const startedMs = monotonicMs();
      try {
        const result = await run();
        finish(span, result.kind, name, monotonicMs() - startedMs);
        return result;
      } catch (error) {
        span.setStatus({ code: SpanStatusCode.ERROR });
        finish(span, 'fault', name, monotonicMs() - startedMs);
        throw error;
      }
    },
  };
}
