// The statements of the PostgreSQL read store that are used more than once or longer than a line.

/** The tables and the place of a version. */
export const TABLES = 'SELECT tables, position FROM @.projections WHERE name = $1 AND version = $2';
/** Who holds a lease: locked, so that nobody takes it before the transaction ends. */
export const HELD = 'SELECT token, holder FROM @.leases WHERE name = $1 FOR SHARE';
/** The version that is read. */
export const LIVE = `SELECT p.version, p.tables FROM @.live AS l
  JOIN @.projections AS p ON p.name = l.name AND p.version = l.version
  WHERE l.name = $1`;
/** A version has come to a place. */
export const MOVE = 'UPDATE @.projections SET position = $3 WHERE name = $1 AND version = $2';
/** Nothing is parked of these streams any more. */
export const RELEASE = `DELETE FROM @.parked
  WHERE name = $1 AND version = $2 AND stream = ANY ($3)`;
/** An event is parked. */
export const PARK = `INSERT INTO @.parked VALUES ($1, $2, $3, $4, $5, $6, false)
  ON CONFLICT (name, version, stream) DO UPDATE SET position = excluded.position,
    type = excluded.type, reason = excluded.reason, retry = false`;
