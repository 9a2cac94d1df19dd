'use strict';
// ari-client's HTTP library asks sprintf for one thing: to put strings and numbers into the `%s` of a URL.
exports.sprintf = require('node:util').format;
