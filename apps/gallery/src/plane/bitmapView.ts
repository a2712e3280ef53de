/** A picture that the worker has coloured. */
export class BitmapView {
  readonly #context: ImageBitmapRenderingContext;

  constructor(canvas: HTMLCanvasElement) {
    const context = canvas.getContext('bitmaprenderer');
    if (context === null) throw new Error('BitmapView: this browser gives no bitmap context for a canvas');
    this.#context = context;
  }

  update(picture: ImageBitmap): void {
    this.#context.transferFromImageBitmap(picture);
  }
}
