// The address of a PostgreSQL database as a person may see it.

/** The address without the password. */
export function addressOf(url: string): string {
  return url.replace(/^(\w+:\/\/[^/@]*?):[^@/]*@/, '$1@');
}
