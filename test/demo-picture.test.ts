import { expect, test } from 'vitest';
import { pictureOf } from '../demo/picture.ts';
import { paintFor } from '../src/cli/render/paint.ts';

test('[O-11] the demo’s picture shows each line of the screen in the terminal’s colours, and no control character', () => {
  const paint = paintFor(true, {});
  const picture = pictureOf(`${paint.bold('demo')} runs\n${paint.dim('a <b> & c')}${paint.bad('!')}`, 80);

  expect(picture).toContain('<tspan fill="#f0f6fc" font-weight="700">demo</tspan><tspan fill="#c9d1d9"> runs</tspan>');
  expect(picture).toContain('<tspan fill="#8b949e">a &lt;b&gt; &amp; c</tspan><tspan fill="#ff7b72">!</tspan>');
  expect(picture.match(/<text /g)).toHaveLength(2);
  expect(picture).not.toContain(String.fromCharCode(27));
});
