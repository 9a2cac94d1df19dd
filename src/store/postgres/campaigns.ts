// The id that stands for a campaign's name in big tables, as part of a statement.

/** The id of the campaign named by a parameter, made when there is none. */
export function campaignMade(name: string, at: string): string {
  // Touching the row that is there is the way to have its id returned.
  return `INSERT INTO campaigns (name, changed_at) VALUES (${name}, ${at})
    ON CONFLICT (name) DO UPDATE SET name = excluded.name RETURNING id`;
}
