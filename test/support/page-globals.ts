/** As much of the DOM as the tests use: with the whole library of TypeScript all code would have the globals of a browser. */
export interface PageElement {
  readonly tagName: string;
  readonly textContent: string;
  readonly scrollTop: number;
  readonly scrollWidth: number;
  readonly clientWidth: number;
  open?: boolean;
  getAttribute(name: string): string | null;
  getBoundingClientRect(): Record<'left' | 'right' | 'top' | 'bottom' | 'width', number>;
  closest(selector: string): PageElement | null;
  querySelector(selector: string): PageElement | null;
  querySelectorAll(selector: string): Iterable<PageElement> & { readonly length: number };
}

export interface PageDocument extends PageElement {
  readonly documentElement: PageElement;
  readonly body: PageElement;
  readonly activeElement: PageElement | null;
}
