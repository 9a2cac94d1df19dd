// Where the metrics are: the one address outside /api that programs ask.

export const METRICS_ADDRESS = '/metrics';
