// `?wall`: the same page for a screen on the wall, large and without names of agents or anything to press.

export const isWall = (): boolean => new URLSearchParams(globalThis.location.search).has('wall');
