// How every refusal leaves the API: {error: {code, message, hint, places?}} with an HTTP code that fits.
// Numbers in what goes to the log are masked here.

import type { FastifyError } from 'fastify';
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import { OperationalError, renderError, type RenderedError } from '../base/errors.ts';
import { maskNumber } from '../base/log.ts';

export interface Refusal {
  readonly httpCode: number;
  readonly body: { readonly error: RenderedError };
  /** A fault of ours that belongs in the log, not a refusal of the request. */
  readonly fault: boolean;
}

const FASTIFY_REFUSALS: Readonly<Record<string, { code: string; message: string; hint: string }>> = {
  FST_ERR_CTP_INVALID_MEDIA_TYPE: {
    code: 'unsupported-content',
    message: 'The API takes JSON only.',
    hint: 'Send the body as application/json.',
  },
  FST_ERR_CTP_BODY_TOO_LARGE: {
    code: 'body-too-large',
    message: 'The body is larger than the API takes.',
    hint: 'Send at most 1 MiB; long lists are imported from a file.',
  },
  FST_ERR_CTP_EMPTY_JSON_BODY: {
    code: 'invalid-json',
    message: 'The body is empty.',
    hint: 'Send a JSON object, at least {}.',
  },
};

function refuse(httpCode: number, error: RenderedError): Refusal {
  return { httpCode, body: { error }, fault: false };
}

function invalidRequest(error: FastifyError & { validation: readonly { instancePath: string; message?: string }[] }) {
  const faults = error.validation.map((fault) => {
    const key = fault.instancePath.replace(/^\//, '').replaceAll('/', '.');
    return `${error.validationContext ?? 'body'}${key === '' ? '' : `.${key}`}: ${fault.message ?? 'not valid'}`;
  });
  return refuse(400, {
    code: 'invalid-request',
    message: faults.join('; '),
    hint: 'See /api/openapi.json for what the route takes.',
  });
}

/** The answer to a request that threw `error`. */
export function refusalOf(error: FastifyError): Refusal {
  if (error instanceof OperationalError) return refuse(error.httpCode, renderError(error));
  if (hasZodFastifySchemaValidationErrors(error)) return invalidRequest(error);
  const known = FASTIFY_REFUSALS[error.code];
  const httpCode = error.statusCode ?? 500;
  if (known) return refuse(httpCode, known);
  if (httpCode >= 500) return { httpCode: 500, body: { error: renderError(error) }, fault: true };
  const json = error instanceof SyntaxError || error.code === 'FST_ERR_CTP_INVALID_JSON_BODY';
  return refuse(httpCode, {
    code: json ? 'invalid-json' : 'invalid-request',
    message: json ? 'The body is not JSON.' : error.message,
    hint: 'See /api/openapi.json for what the route takes.',
  });
}

interface Unreadable {
  readonly status: string;
  readonly code: string;
  readonly message: string;
  readonly hint: string;
}

const UNREADABLE: Readonly<Record<string, Unreadable>> = {
  HPE_HEADER_OVERFLOW: {
    status: '431 Request Header Fields Too Large',
    code: 'headers-too-large',
    message: 'The address and the headers of the request are longer than the API takes.',
    hint: 'Send at most 16 KiB of them; long values belong in the body.',
  },
  ERR_HTTP_REQUEST_TIMEOUT: {
    status: '408 Request Timeout',
    code: 'request-too-slow',
    message: 'The request did not arrive in time.',
    hint: 'Send it again, at once.',
  },
};
const NO_HTTP: Unreadable = {
  status: '400 Bad Request',
  code: 'invalid-request',
  message: 'The request is not HTTP.',
  hint: 'Check what sends it: the API speaks HTTP/1.1, without TLS.',
};

/** The whole answer to bytes that are no request: sent as it is, then the connection ends. */
export function answerToUnreadable(fault: Error & { readonly code?: string }): string {
  const { status, ...error } = UNREADABLE[fault.code ?? ''] ?? NO_HTTP;
  const body = JSON.stringify({ error });
  const length = Buffer.byteLength(body);
  return `HTTP/1.1 ${status}\r\nContent-Type: application/json; charset=utf-8\r\nContent-Length: ${length}\r\nConnection: close\r\n\r\n${body}`;
}

/** `text` with everything in it that may be a telephone number masked. */
export function maskNumbers(text: string): string {
  return text.replace(/\+?\d{7,15}/g, (number) => maskNumber(number));
}
