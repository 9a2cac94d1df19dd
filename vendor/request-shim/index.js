'use strict';
// ari-client asks `request(options, callback)` once, to see whether Asterisk answers.
// Any HTTP answer counts as reachable; a transport error or ten seconds of silence does not.
module.exports = function request(options, callback) {
  const target = typeof options === 'string' ? { url: options } : options;
  fetch(target.url ?? target.uri, { method: target.method ?? 'GET', signal: AbortSignal.timeout(10_000) }).then(
    (response) => callback(null, { statusCode: response.status }),
    (error) => callback(error.cause ?? error),
  );
};
