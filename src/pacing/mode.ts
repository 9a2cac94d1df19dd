// How a campaign's lines are paced.

export type PacingMode = 'progressive' | 'predictive' | 'ratio';
