// The public face of the auditor: the command as a function, and steps of scenarios on paper.
export { EXIT, type ExitCode } from './exit-codes.ts';
export { main, type Surroundings } from './main.ts';
export { Output, type Sink } from './output.ts';
export { sinkOf } from './process-sink.ts';
export { showStep, type StepStyle } from './show-step.ts';
export type { Definitions } from './definitions.ts';
export type { Language } from './language.ts';
