// The question of a forecast as the form has it, and as a request says it. Pure.

export interface ForecastWish {
  /** Empty: by the figures. */
  readonly campaign: string;
  readonly agents: string;
  readonly target: string;
  readonly records: string;
  readonly hours: string;
  readonly answerRate: string;
  readonly talk: string;
  readonly wrapUp: string;
}

export const FIRST_WISH: ForecastWish = {
  campaign: '',
  agents: '5..50',
  target: '',
  records: '',
  hours: '8',
  answerRate: '30%',
  talk: '3m',
  wrapUp: '30s',
};

const AGENTS = /^\d{1,3}(\.\.\d{1,3}(:\d{1,3})?)?$/;

export const isTeam = (text: string): boolean => AGENTS.test(text.trim());

/** The address to ask; undefined: there is no team. */
export function forecastPath(wish: ForecastWish): string | undefined {
  if (!isTeam(wish.agents)) return undefined;
  const { campaign, agents, target, records, hours, answerRate, talk, wrapUp } = wish;
  const figures = campaign === '' ? { answerRate, talk, wrapUp } : { campaign };
  const query = new URLSearchParams();
  for (const [key, value] of Object.entries({ agents, target, records, hours, ...figures }))
    if (value.trim() !== '') query.set(key, value.trim());
  return `/api/forecasts?${query.toString()}`;
}
