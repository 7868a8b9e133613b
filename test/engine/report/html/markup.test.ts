import { expect } from 'chai';
import fc from 'fast-check';
import { html } from '../../../../engine/report/html/markup.ts';
import { displayText, pathMark } from '../../../../engine/report/html/words.ts';

const decode = (text: string): string =>
  text.replace(
    /&(amp|lt|gt|quot|#39);/g,
    (_, name: string) => ({ amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" })[name] ?? '',
  );

describe('markup', () => {
  it('takes any text, between tags and in attributes, as text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const { text: made } = html`<a title="${text}">${text}</a>`;
        const match = /^<a title="([^"<>]*)">([^"<>']*)<\/a>$/.exec(made);
        expect([match?.[1], match?.[2]].map((part) => decode(part ?? '<'))).to.deep.equal([text, text]);
      }),
    );
  });

  it('writes nothing for what is not there, and 0 for 0', () => {
    expect(html`${undefined}${null}${false}${''}${0}${1.005}${[1, ['<', html`<b></b>`]]}`.text).to.equal(
      '011&lt;<b></b>',
    );
  });

  it('shows names so that they change nothing around them', () => {
    expect(displayText('a\u202egnp.exe\n\u0000')).to.equal('a␛E2␛80␛AEgnp.exe␛0A␛00');
    expect(pathMark('<b>').text).to.equal('<bdi class="path">&lt;b&gt;</bdi>');
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(displayText(text)).to.not.match(/[\p{Cc}\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]/u);
      }),
    );
  });
});
