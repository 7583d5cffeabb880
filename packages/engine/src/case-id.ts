// The two names of a case: its stream, and the id that people and commands use.

/** The id of the case in a stream: without the category `case-`, whole with any other. */
export function caseIdOf(stream: string): string {
  return stream.startsWith('case-') ? stream.slice('case-'.length) : stream;
}
