// The two cookies of a browser: the session, and that somebody has signed in here before. Over TLS both are `__Host-`
// cookies, which no other host can set; without it (a browser on this machine) they have plain names.

interface Cookie {
  readonly name: string;
  readonly secure: boolean;
}

export interface Cookies {
  readonly session: Cookie;
  readonly device: Cookie;
}

export const SECURE_COOKIES: Cookies = {
  session: { name: '__Host-outdial', secure: true },
  device: { name: '__Host-outdial-device', secure: true },
};
export const PLAIN_COOKIES: Cookies = {
  session: { name: 'outdial', secure: false },
  device: { name: 'outdial-device', secure: false },
};

const ID = /^[\w-]{43}$/;

/** What a cookie holds; undefined when it is absent, no id of ours, or there twice: then somebody else has set one. */
export function readCookie(header: string | undefined, { name }: Cookie): string | undefined {
  const values = (header ?? '').split(';').flatMap((part) => {
    const [key = '', ...value] = part.split('=');
    return key.trim() === name ? [value.join('=').trim()] : [];
  });
  const [value = ''] = values;
  return values.length === 1 && ID.test(value) ? value : undefined;
}

/** A Set-Cookie header; `maxAgeMs` 0 takes the cookie away. */
export function cookieHeader({ name, secure }: Cookie, value: string, maxAgeMs: number): string {
  const seconds = Math.floor(maxAgeMs / 1000);
  return `${name}=${value}; Path=/; Max-Age=${seconds}; HttpOnly; SameSite=Strict${secure ? '; Secure' : ''}`;
}
