/** A density that the worker has coloured. */
export class DensityView {
  readonly #context: ImageBitmapRenderingContext;

  constructor(canvas: HTMLCanvasElement) {
    const context = canvas.getContext('bitmaprenderer');
    if (context === null) throw new Error('DensityView: this browser gives no bitmap context for a canvas');
    this.#context = context;
  }

  update(density: ImageBitmap): void {
    this.#context.transferFromImageBitmap(density);
  }
}
